/** Step 5 of the story on the wire: `POST jwt/refresh/`. */
import { failField } from '../../domain/errors.ts'
import { refresh } from '../../flows/refresh.ts'
import { refreshSliding } from '../../flows/refresh-sliding.ts'
import { inCookie, refreshFromCookie } from '../cookies.ts'
import type { ApiRequest, Operation } from '../endpoint.ts'
import { ok } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

/**
 * `POST jwt/refresh/`: step 5 of the story. The refresh token comes in the body or in the cookie, and its successor
 * goes the same way. A refused refresh leaves the cookie alone: the loser of a race must not sign the winner out.
 */
export const refreshOperation = (context: RouteContext): Operation => {
  const { schemas, settings } = context
  const { sliding } = settings.tokens
  const inBody = settings.sessions.cookieDelivery ? schemas.optionalRefresh : schemas.refresh
  return {
    id: 'refresh',
    summary: 'Refresh',
    description: 'Gives a new access token; where refresh tokens rotate, also the next refresh token.',
    tag: 'Story',
    permission: 'anyone',
    throttle: 'refresh',
    input: sliding ? schemas.token : inBody,
    success: { status: 200, description: 'Refreshed.', schema: context.answers.refreshed },
    errors: ['token_invalid', 'refresh_token_expired', 'refresh_token_reused', 'session_ended'],
    handle: async (request) =>
      sliding
        ? ok(await refreshSliding(context, await request.read(schemas.token)))
        : answer(context, request),
  }
}

async function answer(context: RouteContext, request: ApiRequest) {
  const { settings, schemas } = context
  const { origin } = request
  if (!settings.sessions.cookieDelivery)
    return ok(await refresh(context, { ...(await request.read(schemas.refresh)), origin }))
  const input = await request.read(schemas.optionalRefresh)
  if (input.refresh !== undefined) return ok(await refresh(context, { refresh: input.refresh, origin }))
  const cookie = refreshFromCookie(request.headers, settings)
  if (cookie === null) throw failField('refresh', 'required')
  return inCookie(await refresh(context, { refresh: cookie, origin }), settings)
}
