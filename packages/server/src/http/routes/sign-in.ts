/** Step 3 of the story on the wire: `POST jwt/create/`. */
import { signIn } from '../../flows/sign-in.ts'
import { inCookie, refuseOtherSites } from '../cookies.ts'
import type { Operation } from '../endpoint.ts'
import { ok } from '../endpoint.ts'
import { deviceCookie, knownDevice } from '../known-device.ts'
import type { RouteContext } from './context.ts'

/** The operation. */
export const signInOperation = (context: RouteContext): Operation => ({
  id: 'signIn',
  summary: 'Sign in',
  description: 'Gives an access token for calls and a refresh token for the next access token.',
  tag: 'Story',
  permission: context.permissions.signIn,
  throttle: 'signIn',
  input: context.schemas.signIn,
  success: { status: 200, description: 'Signed in.', schema: context.answers.signedIn },
  errors: ['no_active_account', 'too_many_sessions', 'overloaded'],
  handle: async (request) => {
    const input = await request.read(context.schemas.signIn)
    const { email, password } = input
    if (input.token_delivery === 'cookie') refuseOtherSites(request.headers, context.settings)
    const isKnownDevice = knownDevice(context, request.headers, email) !== null
    const issued = await signIn(context, { email, password, origin: request.origin, isKnownDevice })
    const answer = input.token_delivery === 'cookie' ? inCookie(issued, context.settings) : ok(issued)
    const device = deviceCookie(context, request.headers, email)
    return { ...answer, cookies: [...(answer.cookies ?? []), ...device] }
  },
})
