/** `@doorward/server/fastify`: mount the whole API in a Fastify app, and ask for a signed-in person. */
import type { FastifyPluginCallback, FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify'
import type { Mountable } from '../create-doorward.ts'
import { DoorwardError } from '../domain/errors.ts'
import { credentialOf } from './credential.ts'
import { isOurs, ownPaths } from './mounting.ts'
import { refusal } from './refusal.ts'
import type { Guarded } from './user-of.ts'
import type { UserPolicy, Verifier } from './verifier.ts'

export { userOf } from './user-of.ts'

/**
 * The whole API as a plugin: `app.register(mountDoorward(doorward))`. It answers at the paths of `api.authPath`, and
 * reads bodies itself, whatever parsers the app around it has.
 */
export const mountDoorward =
  (doorward: Mountable): FastifyPluginCallback =>
  (app, _options, done) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, payload, parsed) => parsed(null, payload))
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      if (!isOurs(doorward.settings, request.url)) return reply.callNotFound()
      return pass(await doorward.fetch(toRequest(request, doorward), { incoming: request.raw }), reply)
    }
    for (const path of ownPaths(doorward.settings)) {
      app.all(path, handler)
      if (path.endsWith('/')) {
        app.all(path.slice(0, -1), handler)
        app.all(`${path}*`, handler)
      }
    }
    done()
  }

/** A `preHandler` after which `userOf(request)` is the person; without a good token it answers 401, 403 or 503. */
export const requireUser =
  (verifier: Verifier, policy: UserPolicy = {}): preHandlerAsyncHookHandler =>
  async (request, reply) => {
    try {
      const { headers, raw } = request
      const user = await verifier.check(
        credentialOf({ headers, rawHeaders: raw.rawHeaders }, verifier),
        policy,
      )
      Object.assign(request, { user } satisfies Guarded)
      return undefined
    } catch (error) {
      if (!(error instanceof DoorwardError)) throw error
      return pass(refusal(error, verifier.scheme), reply)
    }
  }

function toRequest({ raw, url, method }: FastifyRequest, { settings }: Mountable): Request {
  const headers = new Headers()
  for (const [name, values] of Object.entries(raw.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  const init = { method, headers, duplex: 'half' }
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(new URL(url, settings.server.publicUrl), {
    ...init,
    ...(hasBody && { body: raw }),
  } as RequestInit)
}

async function pass(answered: Response, reply: FastifyReply): Promise<FastifyReply> {
  reply.code(answered.status)
  for (const [name, value] of answered.headers) if (name !== 'content-length') reply.header(name, value)
  return reply.send(answered.body === null ? undefined : Buffer.from(await answered.arrayBuffer()))
}
