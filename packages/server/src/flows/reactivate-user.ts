/** Staff switches an account on again, or activates one whose mail never came. */
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import type { Deps } from './deps.ts'

/** Makes an account active. Throws `not_found` if it is gone. */
export async function reactivateUser(
  deps: Pick<Deps, 'store'>,
  input: { readonly target: Pick<User, 'id'> },
): Promise<User> {
  const user = await deps.store.users.update(input.target.id, { isActive: true, deactivatedAt: null })
  if (!user || user === 'taken') throw fail('not_found')
  return user
}
