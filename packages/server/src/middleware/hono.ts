/** `@doorward/server/hono`: mount the whole API in a Hono app, and ask for a signed-in person. */
import type { HonoRequest, MiddlewareHandler } from 'hono'
import type { Mountable } from '../create-doorward.ts'
import { DoorwardError } from '../domain/errors.ts'
import { isOurs } from './mounting.ts'
import { refusal } from './refusal.ts'
import type { Guarded } from './user-of.ts'
import type { UserPolicy, Verifier } from './verifier.ts'

/**
 * The whole API: `app.use(mountDoorward(doorward))`. It answers at the paths of `api.authPath`; other requests go on
 * to the next handler. A body that something read before is given once more.
 */
export const mountDoorward =
  (doorward: Mountable): MiddlewareHandler =>
  async (c, next) => {
    if (isOurs(doorward.settings, c.req.path)) return doorward.fetch(await unread(c.req), c.env)
    await next()
    return undefined
  }

/**
 * Lets a request pass with a good token, after which `c.get('user')` is the person; else 401, 403 or 503.
 *
 *     app.get('/reports', requireUser(verifier, { role: 'manager' }), (c) => c.json(c.get('user')))
 */
export const requireUser =
  (verifier: Verifier, policy: UserPolicy = {}): MiddlewareHandler<{ Variables: Guarded }> =>
  async (c, next) => {
    try {
      c.set('user', await verifier.check(c.req.header(verifier.headerName), policy))
    } catch (error) {
      if (error instanceof DoorwardError) return refusal(error, verifier.scheme)
      throw error
    }
    await next()
    return undefined
  }

/** The request with its body, also where a validator or a log has taken it: Hono remembers what it read. */
async function unread(request: HonoRequest): Promise<Request> {
  const { raw } = request
  if (!raw.bodyUsed) return raw
  const headers = new Headers(raw.headers)
  headers.delete('content-length')
  const form = await request.bodyCache.formData
  // another boundary goes with the form once it is written again
  if (form) headers.delete('content-type')
  const body = form ?? (await request.arrayBuffer())
  return new Request(raw.url, { method: raw.method, headers, body })
}
