/** The common end of changing and resetting the address: store, end sessions, tell both addresses. */
import type { Origin } from '../domain/audit.ts'
import { failField } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import type { UserChanges } from '../store/store.ts'
import type { Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { record } from './record.ts'

/** Whose address, which, and which session stays. */
export interface EmailToStore {
  /** The account as it was read: if it changed since, nothing is stored. */
  readonly user: User
  readonly email: string
  readonly changes: UserChanges
  readonly keepSession: string | null
  /** Which way it was changed. */
  readonly action: 'email_changed' | 'email_reset'
  readonly origin: Origin
}

/** Stores a new address in one conditional UPDATE; false when the account changed meanwhile. Throws `email_taken`. */
export async function storeNewEmail(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'compose' | 'revocations'>,
  { user, email, changes, keepSession, action, origin }: EmailToStore,
): Promise<boolean> {
  const { mails, sessions } = deps.settings
  const ended = await deps.store.transaction(async (store) => {
    const changed = await store.users.updateIfUnchanged(user, { ...changes, email })
    if (changed === 'taken') throw failField('new_email', 'email_taken')
    if (!changed) return null
    await record(deps, store, { action, user: user.id, actor: user.id, origin })
    if (mails.emailChanged) await store.outbox.add(deps.compose({ kind: 'email_changed', user: changed }))
    if (mails.emailChangedToOldAddress) {
      await store.outbox.add(deps.compose({ kind: 'email_changed_notice', user: changed, to: user.email }))
    }
    if (sessions.mode === 'stateless') return []
    return endSessions(deps, store, { userId: user.id, except: keepSession, reason: 'email_changed' })
  })
  if (ended) deps.revocations.apply(ended)
  return ended !== null
}
