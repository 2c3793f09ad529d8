/** Staff switches an account off: its sessions and database token end, and old links bring it back no more. */
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import type { Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'

/** Deactivates an account. Throws `not_found` if it is gone. */
export async function deactivateUser(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'revocations'>,
  input: { readonly target: Pick<User, 'id'> },
): Promise<User> {
  const { id } = input.target
  const { user, ended } = await deps.store.transaction(async (store) => {
    const user = await store.users.update(id, { isActive: false, deactivatedAt: deps.clock.now() })
    if (!user || user === 'taken') throw fail('not_found')
    await store.databaseTokens.deleteOf(id)
    const ended = await endSessions(deps, store, { userId: id, reason: 'deactivated' })
    return { user, ended }
  })
  deps.revocations.apply(ended)
  return user
}
