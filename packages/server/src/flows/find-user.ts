/** Beside the story: read an account. Others' accounts do not exist for those without staff rights. */
import { fail } from '../domain/errors.ts'
import { pythonInteger } from '../domain/python-number.ts'
import type { User } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'

/** What the caller wants to do with the account. */
export type UserAction = 'read' | 'update' | 'delete'

/** The account with this id as the caller may see it. Throws `not_found`, `permission_denied`. */
export async function findUser(
  deps: Pick<Deps, 'store' | 'settings'>,
  input: { readonly caller: Caller; readonly id: string; readonly action: UserAction },
): Promise<User> {
  const { caller, action } = input
  const id = pythonInteger(input.id) ?? 0
  if (id === caller.user.id) return caller.user
  const user = id > 0 ? await deps.store.users.byId(id) : null
  if (!user) throw fail('not_found')
  if (caller.user.isStaff) return user
  const { hideOthers } = deps.settings.users
  const hidden = hideOthers === 'always' || (hideOthers === 'reading' && action !== 'delete')
  throw fail(hidden ? 'not_found' : 'permission_denied')
}
