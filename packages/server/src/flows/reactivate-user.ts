/** Staff switches an account on again, or activates one whose mail never came. */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import { hasUsablePassword } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'
import { record } from './record.ts'

/** Makes an account active; one whose invitation is open waits for it again. Throws `not_found` if it is gone. */
export async function reactivateUser(
  deps: Pick<Deps, 'store' | 'clock'>,
  input: { readonly caller: Caller | null; readonly target: User; readonly origin: Origin },
): Promise<User> {
  const { id, invitedAt } = input.target
  const isActive = invitedAt === null || hasUsablePassword(input.target)
  const actor = input.caller?.user.id ?? null
  return deps.store.transaction(async (store) => {
    const user = await store.users.update(id, {
      isActive,
      deactivatedAt: null,
      deactivationReason: null,
    })
    if (!user || user === 'taken') throw fail('not_found')
    await record(deps, store, { action: 'reactivated', user: id, actor, origin: input.origin })
    return user
  })
}
