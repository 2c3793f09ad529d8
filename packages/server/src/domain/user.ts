/** What an account is, and what of it may be shown. */

/** A value of a profile field as it is stored and shown. */
export type FieldValue = string | number | boolean | null

/** Names and values of the profile: `first_name`, `last_name`, `role` and what the project declares. */
export type Profile = Readonly<Record<string, FieldValue>>

/** An account. Times are milliseconds since 1970. */
export interface User {
  /** Counts up from 1; the `uid` of mailed links is its base64url. */
  readonly id: number
  /** The login field, in the form that comparisons use (see `normalizeEmail`). */
  readonly email: string
  readonly profile: Profile
  /** An argon2id PHC string or a Django hash; `!…` marks an account without a usable password. */
  readonly passwordHash: string
  readonly isActive: boolean
  readonly isStaff: boolean
  /** Language of the mails, or null for the site's. */
  readonly locale: string | null
  readonly lastLogin: number | null
  readonly createdAt: number
  /** When staff switched the account off; an activation link does not undo that. */
  readonly deactivatedAt: number | null
  /** Why, in the words of staff. */
  readonly deactivationReason: string | null
  /** When staff invited the person; null for those who registered. */
  readonly invitedAt: number | null
}

/** What is known of an account before it has an id. */
export type NewUser = Omit<User, 'id' | 'lastLogin' | 'deactivatedAt' | 'deactivationReason' | 'invitedAt'> &
  Partial<Pick<User, 'invitedAt'>>

/** How an account stands: in use, waiting for its activation link, waiting for its invitation, switched off. */
export const ACCOUNT_STATES = ['active', 'pending', 'invited', 'deactivated'] as const

/** How an account stands. */
export type AccountState = (typeof ACCOUNT_STATES)[number]

/** How the account stands. */
export function accountState(user: Pick<User, 'isActive' | 'deactivatedAt' | 'invitedAt'>): AccountState {
  if (user.deactivatedAt !== null) return 'deactivated'
  if (user.isActive) return 'active'
  return user.invitedAt === null ? 'pending' : 'invited'
}

/** The role of an account, as a claim or a policy reads it. */
export const roleOf = (user: Pick<User, 'profile'>): string => String(user.profile.role ?? '')

/** Whether the account has a password at all (Django marks those without by a leading `!`). */
export const hasUsablePassword = (user: Pick<User, 'passwordHash'>): boolean =>
  user.passwordHash !== '' && !user.passwordHash.startsWith('!')

/** The account as the wire shows it. */
export function publicUser(user: Pick<User, 'id' | 'email' | 'profile'>): Record<string, FieldValue> {
  return { ...user.profile, id: user.id, email: user.email }
}
