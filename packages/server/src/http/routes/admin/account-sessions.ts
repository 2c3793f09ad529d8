/** Staff: where somebody is signed in, and how to end that. */
import { endOtherSessions } from '../../../flows/end-other-sessions.ts'
import { endSession } from '../../../flows/end-session.ts'
import { listSessions } from '../../../flows/list-sessions.ts'
import type { Operation } from '../../endpoint.ts'
import { done, ok } from '../../endpoint.ts'
import { answerLanguage } from '../../messages/say.ts'
import { publicSession } from '../sessions.ts'
import type { AdminContext } from './context.ts'
import { staffOperation, work } from './context.ts'

/** `GET` and `DELETE admin/users/<id>/sessions/`. */
export const accountSessionsOperations = (context: AdminContext) => ({
  GET: staffOperation({
    id: 'listAccountSessions',
    summary: 'List somebody’s sessions',
    success: { status: 200, description: 'Where the person is signed in.', schema: context.answers.sessions },
    errors: ['not_found'],
    handle: async (request) => {
      const { target: user, caller } = await work(context, request)
      const sessions = await listSessions(context, { user })
      const language = answerLanguage(context.settings, request.headers)
      return ok(sessions.map((session) => publicSession(session, caller.sessionId, language)))
    },
  }),
  DELETE: staffOperation({
    id: 'endAccountSessions',
    summary: 'Sign somebody out everywhere',
    success: { status: 200, description: 'How many sessions ended.', schema: context.answers.ended },
    errors: ['not_found', 'own_account'],
    handle: async (request) => {
      const { target: user, ...by } = await work(context, request)
      const sessions = { user, keep: null, reason: 'revoked_by_staff', proof: null }
      return ok({ ended: await endOtherSessions(context, { ...by, ...sessions }) })
    },
  }),
})

/** `DELETE admin/users/<id>/sessions/<session>/`. */
export const endAccountSessionOperation = (context: AdminContext): Operation =>
  staffOperation({
    id: 'endAccountSession',
    summary: 'Sign one of somebody’s devices out',
    success: {
      status: 204,
      description: 'The session has ended; its access tokens are refused from now on.',
    },
    errors: ['not_found', 'own_account'],
    handle: async (request) => {
      const { target: user, ...by } = await work(context, request)
      await endSession(context, { ...by, user, sessionId: request.params.session ?? '', proof: null })
      return done
    },
  })
