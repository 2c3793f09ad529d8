/** The map of the staff API, all of it under `admin/`. */
import { createForms, createViews } from './admin-schemas.ts'
import type { Operation, Resource } from './endpoint.ts'
import {
  deactivateAccountOperation,
  invitationOperations,
  reactivateAccountOperation,
  sendActivationOperation,
  sendPasswordResetOperation,
} from './routes/admin/account-actions.ts'
import { accountSessionsOperations, endAccountSessionOperation } from './routes/admin/account-sessions.ts'
import type { AdminContext } from './routes/admin/context.ts'
import { listKeysOperation, retireKeyOperation, rotateKeysOperation } from './routes/admin/keys.ts'
import { listMailsOperation, readMailOperation, retryMailOperation } from './routes/admin/mails.ts'
import { readStatisticsOperation } from './routes/admin/statistics.ts'
import {
  accountOperations,
  createUserOperation,
  inviteUserOperation,
  searchUsersOperation,
} from './routes/admin/users.ts'
import type { RouteContext } from './routes/context.ts'

const staffOnly = (path: string, operations: Resource['operations']): Resource => ({
  path: `admin/${path}`,
  heedsCredentials: true,
  otherMethods: 'staff',
  operations,
})

const post = (path: string, operation: Operation): Resource => staffOnly(path, { POST: operation })

/** Accounts and what is done to them. */
const accountResources = (context: AdminContext): readonly Resource[] => [
  staffOnly('users/', { GET: searchUsersOperation(context), POST: createUserOperation(context) }),
  post('users/invite/', inviteUserOperation(context)),
  staffOnly('users/:id/', accountOperations(context)),
  post('users/:id/deactivate/', deactivateAccountOperation(context)),
  post('users/:id/reactivate/', reactivateAccountOperation(context)),
  post('users/:id/resend_activation/', sendActivationOperation(context)),
  post('users/:id/send_password_reset/', sendPasswordResetOperation(context)),
  staffOnly('users/:id/invitation/', invitationOperations(context)),
]

/** Where somebody is signed in; not where sessions are not stored. */
const sessionResources = (context: AdminContext): readonly Resource[] =>
  context.settings.sessions.mode === 'stateless'
    ? []
    : [
        staffOnly('users/:id/sessions/', accountSessionsOperations(context)),
        staffOnly('users/:id/sessions/:session/', { DELETE: endAccountSessionOperation(context) }),
      ]

/** All resources of the staff API; none where the settings switch it off. */
export function createAdminResources(shared: RouteContext): readonly Resource[] {
  const { settings } = shared
  if (!settings.api.administration) return []
  const context = { ...shared, forms: createForms(settings), views: createViews(settings) }
  return [
    ...accountResources(context),
    ...sessionResources(context),
    staffOnly('mails/', { GET: listMailsOperation(context) }),
    staffOnly('mails/:id/', { GET: readMailOperation(context) }),
    post('mails/:id/retry/', retryMailOperation(context)),
    staffOnly('keys/', { GET: listKeysOperation(context) }),
    post('keys/rotate/', rotateKeysOperation(context)),
    post('keys/:kid/retire/', retireKeyOperation(context)),
    staffOnly('statistics/', { GET: readStatisticsOperation(context) }),
  ]
}
