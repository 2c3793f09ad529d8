/** `@doorward/server/next`: ask for a signed-in person in route handlers and the proxy of a Next app. */
import { DoorwardError } from '../domain/errors.ts'
import { refusal } from './refusal.ts'
import type { UserPolicy, Verified, Verifier } from './verifier.ts'

/** A route handler that also gets the person. */
export type UserHandler<Rest extends readonly unknown[]> = (
  request: Request,
  user: Verified,
  ...rest: Rest
) => Response | Promise<Response>

/**
 * Wraps a route handler: `export const GET = requireUser(verifier, { role: 'manager' }, (request, user) => …)`.
 * It answers 401, 403 or 503 by itself. Next's handlers are web-standard, so the whole API is mounted by
 * `export const GET = (request: Request) => doorward.fetch(request)`, and the same for the other methods.
 */
export const requireUser =
  <Rest extends readonly unknown[]>(verifier: Verifier, policy: UserPolicy, handler: UserHandler<Rest>) =>
  async (request: Request, ...rest: Rest): Promise<Response> => {
    try {
      const user = await verifier.check(request.headers.get('authorization'), policy)
      return await handler(request, user, ...rest)
    } catch (error) {
      if (error instanceof DoorwardError) return refusal(error, verifier.scheme)
      throw error
    }
  }
