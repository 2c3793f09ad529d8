import { refresh } from '../../flows/refresh.ts'
import { refreshSliding } from '../../flows/refresh-sliding.ts'
import type { Operation } from '../endpoint.ts'
import { ok } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

/** `POST jwt/refresh/`: step 5 of the story. */
export const refreshOperation = (context: RouteContext): Operation => {
  const { schemas, settings } = context
  const input = settings.tokens.sliding ? schemas.token : schemas.refresh
  return {
    id: 'refresh',
    summary: 'Refresh',
    description: 'Gives a new access token; where refresh tokens rotate, also the next refresh token.',
    tag: 'Story',
    permission: 'anyone',
    input,
    success: { status: 200, description: 'Refreshed.', schema: context.answers.refreshed },
    errors: ['token_invalid', 'refresh_token_expired', 'refresh_token_reused', 'session_ended'],
    handle: async (request) =>
      ok(
        settings.tokens.sliding
          ? await refreshSliding(context, await request.read(schemas.token))
          : await refresh(context, await request.read(schemas.refresh)),
      ),
  }
}
