/**
 * Next's own settings.
 *
 * @type {import('next').NextConfig}
 */
const config = {
  // Node runs Doorward as it is: it opens a database and hashes passwords with native code
  serverExternalPackages: ['@doorward/server'],
  // the same for this repository, where the package is no installed one but a folder beside the app
  webpack: (webpack) => {
    webpack.externals.push(({ request }, done) =>
      request.startsWith('@doorward/server') ? done(null, `import ${request}`) : done(),
    )
    return webpack
  },
  // the API's paths end with a slash, and answer without one as well
  skipTrailingSlashRedirect: true,
  // the repository's own check of types covers this folder, too
  typescript: { ignoreBuildErrors: true },
}

// biome-ignore lint/style/noDefaultExport: Next asks for it
export default config
