import { signIn } from '../../flows/sign-in.ts'
import type { Operation } from '../endpoint.ts'
import { ok } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

/** `POST jwt/create/`: step 3 of the story. */
export const signInOperation = (context: RouteContext): Operation => ({
  id: 'signIn',
  summary: 'Sign in',
  description: 'Gives an access token for calls and a refresh token for the next access token.',
  tag: 'Story',
  permission: context.permissions.signIn,
  input: context.schemas.signIn,
  success: { status: 200, description: 'Signed in.', schema: context.answers.signedIn },
  errors: ['no_active_account', 'overloaded'],
  handle: async (request) => {
    const { email, password } = await request.read(context.schemas.signIn)
    return ok(await signIn(context, { email, password, device: request.device }))
  },
})
