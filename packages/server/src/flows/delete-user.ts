/** Beside the story: a person deletes the own account, or staff somebody's. */
import type { Origin } from '../domain/audit.ts'
import type { Secret } from '../domain/secret.ts'
import type { User } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { keepAdministrator } from './keep-administrator.ts'
import { proveIdentity } from './prove-identity.ts'
import { record } from './record.ts'

/**
 * Deletes an account with all that hangs on it. Throws `invalid_password` unless it is the caller's own password, and
 * `last_administrator`.
 */
export async function deleteUser(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords' | 'revocations'>,
  input: {
    readonly caller: Caller | null
    readonly target: User
    readonly currentPassword: Secret | undefined
    readonly origin: Origin
  },
): Promise<void> {
  await proveIdentity(deps, input)
  const { caller, target, origin } = input
  const ended = await deps.store.transaction(async (store) => {
    await keepAdministrator(deps, store, target)
    // who signs in at this moment has done so by now, or will not: else their session would go without being ended
    await store.users.update(target.id, { isActive: false })
    const revocations = await endSessions(deps, store, { userId: target.id, reason: 'account_deleted' })
    await store.users.delete(target.id)
    await record(deps, store, { action: 'deleted', user: target.id, actor: caller?.user.id ?? null, origin })
    return revocations
  })
  deps.revocations.apply(ended)
}
