/** Staff switches an account off: its sessions and database token end, and old links bring it back no more. */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { keepAdministrator, refuseOwnAccount } from './keep-administrator.ts'
import { record } from './record.ts'

/** Deactivates an account. Throws `not_found` if it is gone, `own_account`, `last_administrator`. */
export async function deactivateUser(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'revocations'>,
  input: {
    readonly caller: Caller | null
    readonly target: User
    /** Why, for whoever looks at the account later. */
    readonly reason: string | null
    readonly origin: Origin
  },
): Promise<User> {
  const { caller, target, reason } = input
  const { id } = target
  const actor = caller?.user.id ?? null
  refuseOwnAccount(caller, target)
  const changes = { isActive: false, deactivatedAt: deps.clock.now(), deactivationReason: reason }
  const { user, ended } = await deps.store.transaction(async (store) => {
    await keepAdministrator(deps, store, target)
    const user = await store.users.update(id, changes)
    if (!user || user === 'taken') throw fail('not_found')
    await record(deps, store, { action: 'deactivated', user: id, actor, origin: input.origin })
    await store.databaseTokens.deleteOf(id)
    const ended = await endSessions(deps, store, { userId: id, reason: 'deactivated' })
    return { user, ended }
  })
  deps.revocations.apply(ended)
  return user
}
