/** Beside step 4, on the wire: `POST jwt/verify/`. */
import { verify } from '../../flows/verify.ts'
import type { Operation } from '../endpoint.ts'
import { ok } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

/** The operation. */
export const verifyOperation = (context: RouteContext): Operation => ({
  id: 'verify',
  summary: 'Check a token',
  tag: 'Story',
  permission: 'anyone',
  input: context.schemas.token,
  success: { status: 200, description: 'The token is good.', schema: context.answers.nothing },
  errors: ['token_invalid', 'token_wrong_type', 'token_revoked'],
  handle: async (request) => {
    await verify(context, await request.read(context.schemas.token))
    return ok({})
  },
})
