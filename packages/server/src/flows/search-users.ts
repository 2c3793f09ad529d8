/** Staff look for accounts among many: by what they begin with and by how they stand, page by page. */
import { normalizeEmail } from '../domain/email-address.ts'
import type { User } from '../domain/user.ts'
import type { UserQuery } from '../store/user-query.ts'
import type { Deps } from './deps.ts'

/** A page, and whether another one follows. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly more: boolean
}

/** Makes a page of what was read with one more than its length, which shows whether there is more. */
export const pageOf = <T>(found: readonly T[], limit: number): Page<T> => ({
  items: found.slice(0, limit),
  more: found.length > limit,
})

/** The accounts that match. What looks like a whole address is looked for in the form in which it is stored. */
export async function searchUsers(
  deps: Pick<Deps, 'store' | 'settings'>,
  input: UserQuery,
): Promise<Page<User>> {
  const { search, limit } = input
  const whole = search?.includes('@') && !search.includes(' ')
  const text = whole ? normalizeEmail(search ?? '', deps.settings.users.emailComparison) : search
  return pageOf(await deps.store.users.search({ ...input, search: text, limit: limit + 1 }), limit)
}
