/** Somebody stays in charge: asked, inside the transaction, before an account with staff rights goes or loses them. */
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import type { Store } from '../store/store.ts'
import type { Caller, Deps } from './deps.ts'

/** Throws `last_administrator` when nobody else is left; two who go at the same time take turns. */
export async function keepAdministrator(
  deps: Pick<Deps, 'settings'>,
  store: Pick<Store, 'users'>,
  target: Pick<User, 'id' | 'isStaff' | 'isActive'>,
): Promise<void> {
  if (!deps.settings.users.keepAdministrator || !target.isStaff || !target.isActive) return
  if ((await store.users.otherAdministrators(target.id)) === 0) throw fail('last_administrator')
}

/** Throws `own_account`: what staff do to others, they do not do to themselves by mistake. */
export function refuseOwnAccount(caller: Caller | null, target: Pick<User, 'id'>): void {
  if (caller?.user.id === target.id) throw fail('own_account')
}
