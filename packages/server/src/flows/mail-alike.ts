/** A mail that a stranger caused: the same work whether or not there is an account to write to. */
import type { AuditAction, Origin } from '../domain/audit.ts'
import type { User } from '../domain/user.ts'
import type { MailKind } from '../mail/kinds.ts'
import type { Store } from '../store/store.ts'
import type { Deps } from './deps.ts'
import { record } from './record.ts'

/** Longest address that is looked at (RFC 3696 §3). */
const MAX_ADDRESS = 320

/** What a mail to an address is made of where nobody has an account under it. */
const nobody = (email: string) => ({
  id: 0,
  email: email.slice(0, MAX_ADDRESS),
  profile: {},
  passwordHash: '!',
  lastLogin: null,
  locale: null,
})

/** A mail, for the account of an address if there is one that may get it. */
export interface AlikeMail {
  readonly kind: MailKind
  readonly user: User | null
  readonly email: string
  /** What is recorded when there is one. */
  readonly action: AuditAction
  readonly origin: Origin
}

/**
 * Queues the mail in the caller's transaction if there is an account, and else leaves nothing, after the same
 * statements: how long the answer takes says nothing about the address (OWASP ASVS 5.0, V6.3.8).
 */
export async function mailAlike(
  deps: Pick<Deps, 'compose' | 'clock'>,
  store: Pick<Store, 'outbox' | 'audit'>,
  { kind, user, email, action, origin }: AlikeMail,
): Promise<void> {
  await store.outbox.addAlike(deps.compose({ kind, user: user ?? nobody(email) }), user !== null)
  const happening = { user: user?.id ?? null, actor: null, origin }
  await record(deps, store, { action: user ? action : 'mail_to_nobody', ...happening })
}
