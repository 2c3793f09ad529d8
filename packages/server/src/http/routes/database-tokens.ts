/** DRF's database tokens: the second way of authentication that the tutorial compares. */
import { signInWithDatabaseToken } from '../../flows/sign-in-with-database-token.ts'
import { signOutDatabaseToken } from '../../flows/sign-out-database-token.ts'
import type { Operation } from '../endpoint.ts'
import { callerOf, done, ok } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

/** `POST token/login/`. */
export const databaseSignInOperation = (context: RouteContext): Operation => ({
  id: 'signInWithDatabaseToken',
  summary: 'Sign in for a database token',
  description: 'The account has one such token, the same at each sign-in until it signs out.',
  tag: 'Database tokens',
  permission: context.permissions.signIn,
  throttle: 'signIn',
  input: context.schemas.databaseSignIn,
  success: { status: 200, description: 'Signed in.', schema: context.answers.databaseToken },
  errors: ['invalid_credentials', 'overloaded'],
  handle: async (request) => {
    const input = await request.read(context.schemas.databaseSignIn)
    const credentials = { email: input.email, password: input.password, origin: request.origin }
    return ok({ auth_token: await signInWithDatabaseToken(context, credentials) })
  },
})

/** `POST token/logout/`. */
export const databaseSignOutOperation = (context: RouteContext): Operation => ({
  id: 'signOutDatabaseToken',
  summary: 'End the database token',
  tag: 'Database tokens',
  permission: context.permissions.signOutDatabaseToken,
  success: { status: 204, description: 'The token is gone.' },
  errors: [],
  handle: async (request) => {
    await signOutDatabaseToken(context, { caller: callerOf(request), origin: request.origin })
    return done
  },
})
