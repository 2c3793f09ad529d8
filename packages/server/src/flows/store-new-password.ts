/** The common end of changing and resetting a password: store, end sessions, tell the owner. */
import type { Origin } from '../domain/audit.ts'
import type { Secret } from '../domain/secret.ts'
import type { User } from '../domain/user.ts'
import type { Revocation, Store, UserChanges } from '../store/store.ts'
import type { Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { record } from './record.ts'

type StoreDeps = Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords' | 'compose' | 'revocations'>

/** Whose password, which, and which session stays. */
export interface PasswordToStore {
  /** The account as it was read: if it changed since, nothing is stored. */
  readonly user: User
  readonly password: Secret
  readonly changes?: UserChanges
  /** The session that made the change, which stays. */
  readonly keepSession: string | null
  /** Which way it was set. */
  readonly action: 'password_changed' | 'password_reset'
  readonly origin: Origin
}

/** Stores a new password in one conditional UPDATE; false when somebody else was faster. */
export async function storeNewPassword(deps: StoreDeps, input: PasswordToStore): Promise<boolean> {
  const { user, action, origin } = input
  const passwordHash = await deps.passwords.hash(input.password)
  const ended = await deps.store.transaction(async (store) => {
    const changed = await store.users.updateIfUnchanged(user, { ...input.changes, passwordHash })
    if (!changed || changed === 'taken') return null
    await record(deps, store, { action, user: user.id, actor: user.id, origin })
    if (deps.settings.mails.passwordChanged) {
      await store.outbox.add(deps.compose({ kind: 'password_changed', user: changed }))
    }
    return endCredentials(deps, store, input)
  })
  if (ended) deps.revocations.apply(ended)
  return ended !== null
}

async function endCredentials(
  deps: StoreDeps,
  store: Store,
  { user, keepSession }: PasswordToStore,
): Promise<readonly Revocation[]> {
  const { sessions, databaseTokens } = deps.settings
  if (databaseTokens.endOnPasswordChange) await store.databaseTokens.deleteOf(user.id)
  if (!sessions.endOnPasswordChange || sessions.mode === 'stateless') return []
  return endSessions(deps, store, { userId: user.id, except: keepSession, reason: 'password_changed' })
}
