/** SimpleJWT's sign-out on the wire: `POST jwt/blacklist/`. */
import { blacklist } from '../../flows/blacklist.ts'
import type { Operation } from '../endpoint.ts'
import { ok } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

/** The operation. */
export const blacklistOperation = (context: RouteContext): Operation => ({
  id: 'blacklist',
  summary: 'Put a refresh token on the blacklist',
  tag: 'Sessions',
  permission: 'anyone',
  input: context.schemas.refresh,
  success: { status: 200, description: 'The token is refused from now on.', schema: context.answers.nothing },
  errors: ['token_invalid', 'token_blacklisted'],
  handle: async (request) => {
    const { origin } = request
    await blacklist(context, { ...(await request.read(context.schemas.refresh)), origin })
    return ok({})
  },
})
