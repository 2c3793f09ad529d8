/** What the audit log records: one closed table of everything that happens to accounts, and to Doorward itself. */

/** One row of the table of actions. */
export interface AuditSpec {
  /** Whether what was asked for was done, or refused. */
  readonly result: 'success' | 'failure'
  /** What happened, as a person reads it. */
  readonly message: string
}

const done = (message: string): AuditSpec => ({ result: 'success', message })
const refused = (message: string): AuditSpec => ({ result: 'failure', message })

/** The table of actions. Codes are API: they are never renamed. */
export const AUDIT_ACTIONS = {
  // an account begins and ends
  registered: done('The account was registered.'),
  registration_repeated: refused('Somebody registered again with the address of the account.'),
  superuser_created: done('The account was made, with staff rights.'),
  created: done('The account was made by staff.'),
  invited: done('The account was made by staff, and its owner was invited by mail.'),
  invited_again: done('Staff mailed the invitation again.'),
  invitation_withdrawn: done('Staff withdrew the invitation, and the account is gone.'),
  invitation_accepted: done('The invitation was accepted, and a password chosen.'),
  activation_requested: done('Another activation link was mailed.'),
  activated: done('The account was activated.'),
  deactivated: done('Staff switched the account off.'),
  reactivated: done('Staff switched the account on.'),
  deleted: done('The account was deleted.'),

  // signing in and out
  signed_in: done('Signed in.'),
  sign_in_failed: refused('A sign-in was refused.'),
  many_sign_ins_failed: refused('So many sign-ins were refused that the owner was told by mail.'),
  current_password_refused: refused('The current password was asked for, and a wrong one was given.'),
  reauthenticated: done('The current password was given again.'),
  signed_out: done('Signed out.'),
  session_ended: done('A session was ended.'),
  sessions_ended: done('Several sessions were ended.'),
  refresh_token_reused: refused('A spent refresh token came back, so its session was ended.'),

  // what an account hangs on
  password_changed: done('The password was changed.'),
  password_reset_requested: done('A link that sets a new password was mailed.'),
  password_reset: done('A new password was set by a mailed link.'),
  email_changed: done('The address was changed.'),
  email_change_requested: done('A link that confirms a new address was asked for.'),
  email_change_undone: done('A change of the address was taken back by the link in the mail about it.'),
  mail_to_nobody: refused('A mail was asked for, for an address that can get none.'),
  email_reset_requested: done('A link that sets a new address was mailed.'),
  email_reset: done('A new address was set by a mailed link.'),
  profile_changed: done('The profile was changed.'),
  role_changed: done('The role was changed.'),
  staff_rights_given: done('The account was given staff rights.'),
  staff_rights_taken: done('Staff rights were taken from the account.'),
  data_exported: done('The data of the account was taken home.'),

  // work on the installation
  users_imported: done('Accounts were imported.'),
  users_exported: done('Accounts were exported.'),
  audit_exported: done('The audit log was exported.'),
  mail_retried: done('Mails that were given up are tried again.'),
  key_rotated: done('Tokens are signed with a new key.'),
  key_retired: done('A key was retired: what it signed is refused.'),
} as const satisfies Record<string, AuditSpec>

/** The closed union of everything that is recorded. */
export type AuditAction = keyof typeof AUDIT_ACTIONS

/** All actions, in the order of the table. */
export const AUDIT_ACTION_CODES = Object.keys(AUDIT_ACTIONS) as readonly AuditAction[]

/**
 * Where a request came from. Nobody is known by it: all of it is what the other side says, but for the address as
 * far as the connection and trusted proxies tell it.
 */
export interface Origin {
  /** The IP address; empty when the request came from no network. */
  readonly address: string
  /** The User-Agent header, or which program it was. */
  readonly userAgent: string
  /** The id under which the log knows the request. */
  readonly requestId: string
}

/** Small things to know about an event, such as a role before and after. Never a secret, an address or a name. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>

/** Something that happened, before it has a number. Persons are ids alone, so that a deleted one stays unknown. */
export interface NewAuditEntry extends Origin {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly action: AuditAction
  /** Who did it; null when that is not known, or was the command line. */
  readonly actorId: number | null
  /** Whose account it was about, if it was about one. */
  readonly userId: number | null
  readonly details: AuditDetails
}

/** Something that happened. */
export interface AuditEntry extends NewAuditEntry {
  /** Counts up; pages go by it. */
  readonly id: number
}
