/** The person's own sessions: look at them, end one, end all others, prove again who one is. */

import { describeDevice } from '../../domain/device.ts'
import { authenticate } from '../../flows/authenticate.ts'
import { endOtherSessions } from '../../flows/end-other-sessions.ts'
import { endSession } from '../../flows/end-session.ts'
import { listSessions } from '../../flows/list-sessions.ts'
import { reauthenticate } from '../../flows/reauthenticate.ts'
import { signOut } from '../../flows/sign-out.ts'
import type { Session } from '../../store/store.ts'
import { clearRefreshCookie, refreshFromCookie } from '../cookies.ts'
import type { Operation } from '../endpoint.ts'
import { callerOf, done, ok } from '../endpoint.ts'
import { answerLanguage } from '../messages/say.ts'
import type { RouteContext } from './context.ts'

const time = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** A session as the wire shows it; `current` is the caller's own. */
export const publicSession = (session: Session, current: string | null, language?: string) => ({
  id: session.id,
  current: session.id === current,
  device: describeDevice(session.userAgent, language),
  user_agent: session.userAgent,
  address: session.address,
  created_at: time(session.createdAt),
  last_used_at: time(session.lastUsedAt),
  authenticated_at: time(session.authenticatedAt),
  expires_at: time(session.expiresAt),
  amr: [session.amr],
})

/** `GET sessions/`. */
export const listSessionsOperation = (context: RouteContext): Operation => ({
  id: 'listSessions',
  summary: 'List the own sessions',
  tag: 'Sessions',
  permission: 'signedIn',
  success: { status: 200, description: 'Where the person is signed in.', schema: context.answers.sessions },
  errors: [],
  handle: async (request) => {
    const caller = callerOf(request)
    const sessions = await listSessions(context, { user: caller.user })
    const language = answerLanguage(context.settings, request.headers)
    return ok(sessions.map((session) => publicSession(session, caller.sessionId, language)))
  },
})

/** `DELETE sessions/<id>/`. */
export const endSessionOperation = (context: RouteContext): Operation => ({
  id: 'endSession',
  summary: 'Sign a device out',
  description: 'Another session than the one in use needs `current_password` or a recent sign-in.',
  tag: 'Sessions',
  permission: 'signedIn',
  throttle: 'currentPassword',
  input: context.schemas.proofIfAsked,
  success: { status: 204, description: 'The session has ended; its access tokens are refused from now on.' },
  errors: ['not_found', 'invalid_password', 'overloaded'],
  handle: async (request) => {
    const caller = callerOf(request)
    const input = await request.read(context.schemas.proofIfAsked)
    await endSession(context, {
      caller,
      user: caller.user,
      sessionId: request.params.id ?? '',
      proof: { currentPassword: input.current_password },
      origin: request.origin,
    })
    return done
  },
})

/** `POST sessions/revoke_others/`. */
export const endOtherSessionsOperation = (context: RouteContext): Operation => ({
  id: 'endOtherSessions',
  summary: 'Sign all other devices out',
  description: 'Needs `current_password` or a recent sign-in.',
  tag: 'Sessions',
  permission: 'signedIn',
  throttle: 'currentPassword',
  input: context.schemas.proof,
  success: { status: 200, description: 'How many sessions ended.', schema: context.answers.ended },
  errors: ['invalid_password', 'overloaded'],
  handle: async (request) => {
    const caller = callerOf(request)
    const { user, sessionId: keep } = caller
    const { origin } = request
    const input = await request.read(context.schemas.proof)
    const proof = { currentPassword: input.current_password }
    return ok({
      ended: await endOtherSessions(context, { user, keep, reason: 'signed_out', proof, caller, origin }),
    })
  },
})

/** `POST jwt/logout/`. */
export const signOutOperation = (context: RouteContext): Operation => ({
  id: 'signOut',
  summary: 'Sign out',
  description:
    'Ends the session of the refresh token in the body or the cookie or, without one, of the access token.',
  tag: 'Sessions',
  permission: 'anyone',
  input: context.schemas.optionalRefresh,
  success: { status: 204, description: 'Signed out.' },
  errors: ['not_authenticated', 'access_token_not_valid', 'cross_site_refused'],
  handle: async (request) => {
    const input = await request.read(context.schemas.optionalRefresh)
    const cookie = input.refresh === undefined ? refreshFromCookie(request.headers, context.settings) : null
    const refresh = input.refresh ?? cookie ?? undefined
    // an access token that has expired in the meantime must not keep anybody from signing out by refresh token
    const authorization = request.headers.get(context.settings.api.headerName)
    const caller = refresh === undefined ? await authenticate(context, { authorization }) : null
    await signOut(context, { caller, refresh, origin: request.origin })
    return cookie === null ? done : { ...done, cookies: [clearRefreshCookie(context.settings)] }
  },
})

/** `POST jwt/reauthenticate/`. */
export const reauthenticateOperation = (context: RouteContext): Operation => ({
  id: 'reauthenticate',
  summary: 'Prove again who one is',
  description: 'Gives an access token that counts as a recent sign-in.',
  tag: 'Sessions',
  permission: 'signedIn',
  throttle: 'currentPassword',
  input: context.schemas.reauthenticate,
  success: { status: 200, description: 'Proven.', schema: context.answers.access },
  errors: ['invalid_password', 'session_ended', 'overloaded'],
  handle: async (request) => {
    const caller = callerOf(request)
    const input = await request.read(context.schemas.reauthenticate)
    return ok(
      await reauthenticate(context, {
        caller,
        currentPassword: input.current_password,
        origin: request.origin,
      }),
    )
  },
})
