/** Staff switches an account on again, or activates one whose mail never came. */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'
import { record } from './record.ts'

/** Makes an account active. Throws `not_found` if it is gone. */
export async function reactivateUser(
  deps: Pick<Deps, 'store' | 'clock'>,
  input: { readonly caller: Caller | null; readonly target: Pick<User, 'id'>; readonly origin: Origin },
): Promise<User> {
  const { id } = input.target
  const actor = input.caller?.user.id ?? null
  return deps.store.transaction(async (store) => {
    const user = await store.users.update(id, { isActive: true, deactivatedAt: null })
    if (!user || user === 'taken') throw fail('not_found')
    await record(deps, store, { action: 'reactivated', user: id, actor, origin: input.origin })
    return user
  })
}
