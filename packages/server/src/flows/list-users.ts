/** Beside the story: staff read all accounts; everybody else finds only the own one in the list. */
import type { User } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'

/** A page of accounts by id. */
export async function listUsers(
  deps: Pick<Deps, 'store' | 'settings'>,
  input: { readonly caller: Caller; readonly afterId: number; readonly limit: number },
): Promise<readonly User[]> {
  const { caller, afterId, limit } = input
  const seesAll = caller.user.isStaff || deps.settings.users.hideOthers === 'never'
  return seesAll ? deps.store.users.list({ afterId, limit }) : [caller.user]
}
