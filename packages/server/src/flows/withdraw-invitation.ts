/** Staff take an invitation back: the account that nobody has used is gone, and its link with it. */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'
import { record } from './record.ts'

/** Deletes the account. Throws `no_open_invitation`, also when its owner accepted a moment ago. */
export async function withdrawInvitation(
  deps: Pick<Deps, 'store' | 'clock'>,
  input: { readonly caller: Caller; readonly target: Pick<User, 'id'>; readonly origin: Origin },
): Promise<void> {
  const { caller, target, origin } = input
  await deps.store.transaction(async (store) => {
    if (!(await store.users.withdrawInvitation(target.id))) throw fail('no_open_invitation')
    await record(deps, store, {
      action: 'invitation_withdrawn',
      user: target.id,
      actor: caller.user.id,
      origin,
    })
  })
}
