/** `@doorward/server/hono`: ask for a signed-in person in a Hono app. */
import { DoorwardError } from '../domain/errors.ts'
import { refusal } from './refusal.ts'
import type { UserPolicy, Verified, Verifier } from './verifier.ts'

/** The part of Hono's context that is used. */
interface Context {
  readonly req: { header(name: string): string | undefined }
  set(name: 'user', value: Verified): void
}

/**
 * Middleware that lets a request pass with a good token and puts the person into `c.get('user')`; otherwise it
 * answers 401, 403 or 503.
 *
 *     app.get('/reports', requireUser(verifier, { role: 'manager' }), (c) => c.json(c.get('user')))
 */
export const requireUser =
  (verifier: Verifier, policy: UserPolicy = {}) =>
  async (c: Context, next: () => Promise<void>): Promise<Response | undefined> => {
    try {
      c.set('user', await verifier.check(c.req.header('authorization'), policy))
    } catch (error) {
      if (error instanceof DoorwardError) return refusal(error, verifier.scheme)
      throw error
    }
    await next()
    return undefined
  }
