/** The invitation did not come or has expired: staff mail it again. Earlier links of it end. */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import { accountState } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'
import { record } from './record.ts'
import { unusablePassword } from './unusable-password.ts'

/** Mails a new link. Throws `no_open_invitation` for an account that was not invited, or whose owner has accepted. */
export async function inviteAgain(
  deps: Pick<Deps, 'store' | 'clock' | 'compose'>,
  input: { readonly caller: Caller; readonly target: User; readonly origin: Origin },
): Promise<User> {
  const { caller, target, origin } = input
  if (accountState(target) !== 'invited') throw fail('no_open_invitation')
  const changes = { passwordHash: unusablePassword(), invitedAt: deps.clock.now() }
  return deps.store.transaction(async (store) => {
    const user = await store.users.updateIfUnchanged(target, changes)
    if (!user || user === 'taken') throw fail('no_open_invitation')
    await store.outbox.add(deps.compose({ kind: 'invitation', user }))
    await record(deps, store, { action: 'invited_again', user: user.id, actor: caller.user.id, origin })
    return user
  })
}
