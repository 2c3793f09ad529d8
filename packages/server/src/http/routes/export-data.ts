/** `GET users/me/export/`. */
import type { AuditEntry } from '../../domain/audit.ts'
import { exportData } from '../../flows/export-data.ts'
import type { Operation } from '../endpoint.ts'
import { callerOf } from '../endpoint.ts'
import { accountView } from './admin/context.ts'
import type { RouteContext } from './context.ts'
import { publicSession } from './sessions.ts'

const activityView = ({ at, action, address, userAgent, details }: AuditEntry) => ({
  at: new Date(at).toISOString(),
  action,
  address,
  user_agent: userAgent,
  details,
})

/** The operation. */
export const exportDataOperation = (context: RouteContext): Operation => ({
  id: 'exportData',
  summary: 'Take home what is stored about the own account',
  description: 'The account, where it is signed in, and what happened to it. It holds no hash of a secret.',
  tag: 'Account',
  permission: 'signedIn',
  success: { status: 200, description: 'The data.', schema: context.answers.personalData },
  errors: [],
  handle: async (request) => {
    const caller = callerOf(request)
    const { account, sessions, activity } = await exportData(context, { caller, origin: request.origin })
    const body = {
      account: accountView(account),
      sessions: sessions.map((session) => publicSession(session, caller.sessionId)),
      activity: activity.map(activityView),
    }
    const headers = { 'content-disposition': 'attachment; filename="account.json"' }
    return { status: 200, body, headers }
  },
})
