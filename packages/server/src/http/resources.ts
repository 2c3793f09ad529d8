/** The map of the API: every path, and the operation behind each of its methods. */
import { createAdminResources } from './admin-resources.ts'
import type { Operation, Resource } from './endpoint.ts'
import { ok } from './endpoint.ts'
import { acceptInvitationOperation } from './routes/accept-invitation.ts'
import { activateOperation } from './routes/activate.ts'
import { listActivityOperation, listAuditOperation } from './routes/audit.ts'
import { blacklistOperation } from './routes/blacklist.ts'
import {
  changeEmailOperation,
  confirmEmailChangeOperation,
  undoEmailChangeOperation,
} from './routes/change-email.ts'
import { changePasswordOperation } from './routes/change-password.ts'
import type { RouteContext } from './routes/context.ts'
import { databaseSignInOperation, databaseSignOutOperation } from './routes/database-tokens.ts'
import { exportDataOperation } from './routes/export-data.ts'
import { refreshOperation } from './routes/refresh.ts'
import { registerOperation } from './routes/register.ts'
import { requestEmailResetOperation } from './routes/request-email-reset.ts'
import { requestPasswordResetOperation } from './routes/request-password-reset.ts'
import { resendActivationOperation } from './routes/resend-activation.ts'
import { resetEmailOperation } from './routes/reset-email.ts'
import { resetPasswordOperation } from './routes/reset-password.ts'
import { revocationsOperation } from './routes/revocations.ts'
import {
  endOtherSessionsOperation,
  endSessionOperation,
  listSessionsOperation,
  reauthenticateOperation,
  signOutOperation,
} from './routes/sessions.ts'
import { readLanguageOperation, setLanguageOperation } from './routes/set-language.ts'
import { signInOperation } from './routes/sign-in.ts'
import { deactivateUserOperation, reactivateUserOperation, revokeSessionsOperation } from './routes/staff.ts'
import { accountOperations, listUsersOperation, ownAccountOperations } from './routes/users.ts'
import { verifyOperation } from './routes/verify.ts'

/** `GET /`: where to find the accounts. The staff API shows to staff alone, who learn here that they are. */
const rootOperation = ({ answers, settings }: RouteContext): Operation => ({
  id: 'root',
  summary: 'Where things are',
  description: settings.api.administration ? '`admin` is there for staff alone.' : '',
  tag: 'Account',
  permission: 'anyone',
  success: { status: 200, description: 'Links.', schema: answers.root },
  errors: [],
  handle: async ({ caller }) => {
    // never from the request: whoever writes the Host header must not write our links
    const root = `${settings.server.publicUrl}${settings.api.authPath}`
    const isForStaff = settings.api.administration && caller?.user.isStaff === true
    return ok({ users: `${root}/users/`, ...(isForStaff && { admin: `${root}/admin/users/` }) })
  },
})

const action = (path: string, operation: Operation): Resource => ({
  path,
  heedsCredentials: true,
  otherMethods: 'signedIn',
  operations: { POST: operation },
})

const open = (path: string, operation: Operation, heedsCredentials: boolean): Resource => ({
  ...action(path, operation),
  otherMethods: 'anyone',
  heedsCredentials,
})

/** What Djoser lacks. A patch of the map of its own, for where sessions are not stored none of it exists. */
function sessionResources(context: RouteContext): readonly Resource[] {
  const { sessions, tokens } = context.settings
  const blacklist = tokens.blacklistEndpoint
    ? [open('jwt/blacklist/', blacklistOperation(context), false)]
    : []
  if (sessions.mode === 'stateless') return blacklist
  const signedIn = { heedsCredentials: true, otherMethods: 'signedIn' } as const
  const feed: Resource = {
    path: 'revocations/',
    heedsCredentials: false,
    otherMethods: 'anyone',
    operations: { GET: revocationsOperation(context) },
  }
  return [
    ...blacklist,
    { ...signedIn, path: 'sessions/', operations: { GET: listSessionsOperation(context) } },
    action('sessions/revoke_others/', endOtherSessionsOperation(context)),
    { ...signedIn, path: 'sessions/:id/', operations: { DELETE: endSessionOperation(context) } },
    open('jwt/logout/', signOutOperation(context), false),
    action('jwt/reauthenticate/', reauthenticateOperation(context)),
    feed,
    action('users/:id/deactivate/', deactivateUserOperation(context)),
    action('users/:id/reactivate/', reactivateUserOperation(context)),
    action('users/:id/revoke_sessions/', revokeSessionsOperation(context)),
  ]
}

/** What happened: to oneself, and for staff to all. */
const auditResources = (context: RouteContext): readonly Resource[] => [
  {
    path: 'activity/',
    heedsCredentials: true,
    otherMethods: 'signedIn',
    operations: { GET: listActivityOperation(context) },
  },
  {
    path: 'admin/audit/',
    heedsCredentials: true,
    otherMethods: 'staff',
    operations: { GET: listAuditOperation(context) },
  },
]

/** The links of a change of address; each exists where the mail with it does. */
function emailChangeResources(context: RouteContext): readonly Resource[] {
  const { emailChange, mails } = context.settings
  return [
    ...(emailChange.confirmNewAddress
      ? [open('users/set_email_confirm/', confirmEmailChangeOperation(context), false)]
      : []),
    ...(mails.emailChangedToOldAddress
      ? [open('users/set_email_undo/', undoEmailChangeOperation(context), false)]
      : []),
  ]
}

/** All resources. Longer paths come before patterns that would swallow them. */
export function createResources(context: RouteContext): readonly Resource[] {
  const shared = { heedsCredentials: true, otherMethods: 'signedIn' } as const
  return [
    { ...shared, path: '', otherMethods: 'anyone', operations: { GET: rootOperation(context) } },
    {
      ...shared,
      path: 'users/',
      operations: { GET: listUsersOperation(context), POST: registerOperation(context) },
    },
    action('users/activation/', activateOperation(context)),
    action('users/resend_activation/', resendActivationOperation(context)),
    action('users/set_password/', changePasswordOperation(context)),
    action('users/reset_password/', requestPasswordResetOperation(context)),
    action('users/reset_password_confirm/', resetPasswordOperation(context)),
    action('users/set_email/', changeEmailOperation(context)),
    action('users/reset_email/', requestEmailResetOperation(context)),
    action('users/reset_email_confirm/', resetEmailOperation(context)),
    ...emailChangeResources(context),
    ...(context.settings.api.administration
      ? [action('users/accept_invitation/', acceptInvitationOperation(context))]
      : []),
    ...(context.settings.users.dataExport
      ? [{ ...shared, path: 'users/me/export/', operations: { GET: exportDataOperation(context) } }]
      : []),
    { ...shared, path: 'users/me/', operations: ownAccountOperations(context) },
    ...(context.settings.api.translated
      ? [
          {
            ...shared,
            path: 'users/me/language/',
            operations: { GET: readLanguageOperation(context), PUT: setLanguageOperation(context) },
          },
        ]
      : []),
    { ...shared, path: 'users/:id/', operations: accountOperations(context) },
    open('jwt/create/', signInOperation(context), false),
    open('jwt/refresh/', refreshOperation(context), false),
    open('jwt/verify/', verifyOperation(context), false),
    ...sessionResources(context),
    ...(context.settings.audit.endpoints ? auditResources(context) : []),
    ...createAdminResources(context),
    ...(context.settings.databaseTokens.enabled
      ? [
          open('token/login/', databaseSignInOperation(context), true),
          { ...action('token/logout/', databaseSignOutOperation(context)) },
        ]
      : []),
  ]
}
