/** What staff do to accounts beside reading and changing them: switch off and on, sign out. */
import type { User } from '../../domain/user.ts'
import { publicUser } from '../../domain/user.ts'
import { deactivateUser } from '../../flows/deactivate-user.ts'
import { endOtherSessions } from '../../flows/end-other-sessions.ts'
import { findUser } from '../../flows/find-user.ts'
import { reactivateUser } from '../../flows/reactivate-user.ts'
import type { ApiRequest, Operation } from '../endpoint.ts'
import { callerOf, ok } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

const targetOf = (context: RouteContext, request: ApiRequest): Promise<User> =>
  findUser(context, { caller: callerOf(request), id: request.params.id ?? '', action: 'update' })

const work = async (context: RouteContext, request: ApiRequest) => ({
  caller: callerOf(request),
  target: await targetOf(context, request),
  origin: request.origin,
})

/** `POST users/<id>/deactivate/`. */
export const deactivateUserOperation = (context: RouteContext): Operation => ({
  id: 'deactivateUser',
  summary: 'Switch an account off',
  description: 'Its sessions end, and it cannot sign in until staff switch it on again.',
  tag: 'Staff',
  permission: 'staff',
  success: { status: 200, description: 'The account.', schema: context.answers.user },
  errors: ['not_found', 'own_account', 'last_administrator'],
  handle: async (request) =>
    ok(publicUser(await deactivateUser(context, { ...(await work(context, request)), reason: null }))),
})

/** `POST users/<id>/reactivate/`. */
export const reactivateUserOperation = (context: RouteContext): Operation => ({
  id: 'reactivateUser',
  summary: 'Switch an account on',
  tag: 'Staff',
  permission: 'staff',
  success: { status: 200, description: 'The account.', schema: context.answers.user },
  errors: ['not_found'],
  handle: async (request) => ok(publicUser(await reactivateUser(context, await work(context, request)))),
})

/** `POST users/<id>/revoke_sessions/`. */
export const revokeSessionsOperation = (context: RouteContext): Operation => ({
  id: 'revokeSessions',
  summary: 'Sign somebody out everywhere',
  tag: 'Staff',
  permission: 'staff',
  success: { status: 200, description: 'How many sessions ended.', schema: context.answers.ended },
  errors: ['not_found', 'own_account'],
  handle: async (request) => {
    const { target: user, caller, origin } = await work(context, request)
    const sessions = { user, keep: null, reason: 'revoked_by_staff', proof: null }
    return ok({ ended: await endOtherSessions(context, { ...sessions, caller, origin }) })
  },
})
