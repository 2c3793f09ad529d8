/** A new address has to be proven: the link goes there. The next step is `confirmEmailChange`. */
import type { Origin } from '../domain/audit.ts'
import { lookupEmail } from '../domain/email-address.ts'
import type { User } from '../domain/user.ts'
import { hasUsablePassword } from '../domain/user.ts'
import type { CredentialState, EmailChange, Store } from '../store/store.ts'
import type { Deps } from './deps.ts'
import { record } from './record.ts'

/** Whose address, and which it shall be. */
export interface WantedEmail {
  readonly user: User
  readonly newEmail: string
  /** The session that asks, which the change will not end. */
  readonly sessionId: string | null
  readonly origin: Origin
}

/**
 * Notes the change and mails the link to the new address, in the caller's transaction. An address that has an
 * account gets the same answer after the same statements; its owner is told by mail instead of whoever asked.
 */
export async function startEmailChange(
  deps: Pick<Deps, 'clock' | 'settings' | 'compose'>,
  store: Store,
  { user, newEmail, sessionId, origin }: WantedEmail,
): Promise<void> {
  const address = lookupEmail(newEmail, deps.settings.users.emailComparison)
  const owner = await store.users.byEmail(address)
  const change = await store.emailChanges.add({
    userId: user.id,
    oldEmail: user.email,
    newEmail: address,
    sessionId,
    requestedAt: deps.clock.now(),
    confirmedAt: null,
  })
  const mail =
    owner && !waitsForActivation(owner)
      ? deps.compose({ kind: 'email_change_taken', user: owner })
      : deps.compose({ kind: 'email_change', user, to: address, subject: confirmationOf(user, change) })
  await store.outbox.add(mail)
  await record(deps, store, { action: 'email_change_requested', user: user.id, actor: user.id, origin })
}

/** Somebody registered with the address, and nobody has proven it yet. */
const waitsForActivation = (user: User): boolean =>
  !user.isActive && user.deactivatedAt === null && hasUsablePassword(user)

/** What the link to the new address hangs on: a new password ends it, a sign-in in the meantime does not. */
export const confirmationOf = (
  { id, passwordHash }: Pick<User, 'id' | 'passwordHash'>,
  change: Pick<EmailChange, 'newEmail' | 'requestedAt'>,
): CredentialState => ({ id, email: change.newEmail, passwordHash, lastLogin: change.requestedAt })

/**
 * What the link to the old address hangs on: the change alone. Whoever took the account must not be able to end it
 * by another change of whatever there is.
 */
export const undoingOf = ({ id, userId, oldEmail, newEmail }: EmailChange): CredentialState => ({
  id: userId,
  email: oldEmail,
  passwordHash: `${id} ${newEmail}`,
  lastLogin: null,
})

/** Makes room where an address is about to be proven that somebody registered with and has not proven until now. */
export async function removeUnproven(store: Store, email: string): Promise<void> {
  const squatter = await store.users.byEmail(email)
  if (squatter && waitsForActivation(squatter)) await store.users.deleteWaiting(squatter)
}
