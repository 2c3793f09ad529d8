/** `@doorward/server/next`: mount the whole API in a Next app, and ask for a signed-in person. */
import type { Mountable } from '../create-doorward.ts'
import { DoorwardError } from '../domain/errors.ts'
import { refusal } from './refusal.ts'
import type { UserPolicy, Verified, Verifier } from './verifier.ts'

/** A route handler that also gets the person. */
export type UserHandler<Rest extends readonly unknown[]> = (
  request: Request,
  user: Verified,
  ...rest: Rest
) => Response | Promise<Response>

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/**
 * The whole API as the route handlers of `app/auth/[[...path]]/route.ts` and of `app/.well-known/jwks.json/route.ts`:
 * `export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = mountDoorward(open)`. `open` is called at the first
 * request, so that building the app opens no database.
 */
export function mountDoorward(
  open: () => Promise<Pick<Mountable, 'fetch'>>,
): Record<(typeof METHODS)[number], (request: Request) => Promise<Response>> {
  const handler = async (request: Request) => (await open()).fetch(request)
  return Object.fromEntries(METHODS.map((method) => [method, handler])) as ReturnType<typeof mountDoorward>
}

/**
 * Wraps a route handler: `export const GET = requireUser(verifier, { role: 'manager' }, (request, user) => …)`.
 * Without a good token it answers 401, 403 or 503. A verifier that is opened late may be given as a function.
 */
export const requireUser =
  <Rest extends readonly unknown[]>(
    verifier: Verifier | (() => Promise<Verifier>),
    policy: UserPolicy,
    handler: UserHandler<Rest>,
  ) =>
  async (request: Request, ...rest: Rest): Promise<Response> => {
    const checked = await check(verifier, policy, request)
    return checked instanceof Response ? checked : handler(request, checked, ...rest)
  }

/**
 * For the whole of a section in `proxy.ts`: `export const proxy = refuseStrangers(verifier, { role: 'manager' })`.
 * It answers 401, 403 or 503, or lets the request go on.
 */
export const refuseStrangers =
  (verifier: Verifier | (() => Promise<Verifier>), policy: UserPolicy = {}) =>
  async (request: Request): Promise<Response | undefined> => {
    const checked = await check(verifier, policy, request)
    return checked instanceof Response ? checked : undefined
  }

async function check(
  verifier: Verifier | (() => Promise<Verifier>),
  policy: UserPolicy,
  request: Request,
): Promise<Verified | Response> {
  const opened = typeof verifier === 'function' ? await verifier() : verifier
  try {
    return await opened.check(request.headers.get(opened.headerName), policy)
  } catch (error) {
    if (error instanceof DoorwardError) return refusal(error, opened.scheme)
    throw error
  }
}
