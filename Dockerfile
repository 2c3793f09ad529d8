# Doorward as a container: the packages are built and packed as they are published, and installed without the rest.

FROM node:26-bookworm-slim AS build
WORKDIR /source
COPY package.json package-lock.json tsconfig.json LICENSE README.md ./
COPY packages packages
COPY apps apps
COPY examples examples
COPY conformance/package.json conformance/package.json
COPY bench/package.json bench/package.json
COPY scripts scripts
RUN npm ci --no-audit --no-fund --ignore-scripts
RUN node scripts/build-packages.ts
WORKDIR /srv
# the lock file of the workspace: what is installed is what was tested, to the last dependency
RUN cp /source/package-lock.json . && echo '{"private":true,"type":"module"}' > package.json
RUN npm install --no-audit --no-fund --ignore-scripts --omit=dev \
      /source/dist/packages/doorward-server-*.tgz \
      /source/dist/packages/doorward-portal-*.tgz \
      /source/dist/packages/doorward-[0-9]*.tgz

FROM node:26-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8000
# a project's doorward.config.ts goes to /srv, beside the packages that it imports; the database and the signing keys
# are written to /srv/data, nothing else
WORKDIR /srv
COPY --from=build /srv ./
RUN ln -s /srv/node_modules/.bin/doorward /usr/local/bin/ && mkdir data && chown node:node data
VOLUME /srv/data
USER node
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "/srv/node_modules/doorward/bin/doorward.js"]
CMD ["start"]
