/** The common end of changing and resetting the address: store, end sessions, tell both addresses. */
import type { Origin } from '../domain/audit.ts'
import type { DoorwardError } from '../domain/errors.ts'
import { failField } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import type { EmailChange, Store, UserChanges } from '../store/store.ts'
import type { Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { record } from './record.ts'
import { undoingOf } from './start-email-change.ts'

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
  /** Thrown when the account is not as it was read any more. */
  readonly lost: DoorwardError
  /**
   * The change that this completes, noted in the same transaction; null: it was completed before. Left out: the
   * change is made at once, and noted here.
   */
  readonly note?: (store: Store) => Promise<EmailChange | null>
}

/** Stores a new address in one conditional UPDATE. Throws `email_taken`, and `lost` when the account changed meanwhile. */
export async function storeNewEmail(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'compose' | 'revocations'>,
  input: EmailToStore,
): Promise<void> {
  const { user, email, changes, keepSession, action, origin } = input
  const ended = await deps.store.transaction(async (store) => {
    const change = await (input.note ?? noteAtOnce(deps, input))(store)
    const changed = change && (await store.users.updateIfUnchanged(user, { ...changes, email }))
    if (!changed) throw input.lost
    if (changed === 'taken') throw failField('new_email', 'email_taken')
    await record(deps, store, { action, user: user.id, actor: user.id, origin })
    await tellBoth(deps, store, { changed, change })
    if (deps.settings.sessions.mode === 'stateless') return []
    return endSessions(deps, store, { userId: user.id, except: keepSession, reason: 'email_changed' })
  })
  deps.revocations.apply(ended)
}

async function tellBoth(
  { compose, settings }: Pick<Deps, 'compose' | 'settings'>,
  store: Store,
  { changed, change }: { readonly changed: User; readonly change: EmailChange },
): Promise<void> {
  const { emailChanged, emailChangedToOldAddress } = settings.mails
  if (emailChanged) await store.outbox.add(compose({ kind: 'email_changed', user: changed }))
  if (!emailChangedToOldAddress) return
  const old = { to: change.oldEmail, subject: undoingOf(change) }
  await store.outbox.add(compose({ kind: 'email_changed_notice', user: changed, ...old }))
}

const noteAtOnce =
  ({ clock }: Pick<Deps, 'clock'>, { user, email, keepSession }: EmailToStore) =>
  (store: Store): Promise<EmailChange> => {
    const now = clock.now()
    const times = { requestedAt: now, confirmedAt: now }
    return store.emailChanges.add({
      ...{ userId: user.id, oldEmail: user.email, newEmail: email, sessionId: keepSession },
      ...times,
    })
  }
