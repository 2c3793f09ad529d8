/** Staff mail the activation link again to somebody who waits for it. Earlier links stay good. */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import { accountState } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'
import { record } from './record.ts'

/** Queues the mail. Throws `no_activation_pending`. */
export async function sendActivation(
  deps: Pick<Deps, 'store' | 'clock' | 'compose'>,
  input: { readonly caller: Caller; readonly target: User; readonly origin: Origin },
): Promise<void> {
  const { caller, target, origin } = input
  if (accountState(target) !== 'pending') throw fail('no_activation_pending')
  await deps.store.transaction(async (store) => {
    await store.outbox.add(deps.compose({ kind: 'activation', user: target }))
    await record(deps, store, {
      action: 'activation_requested',
      user: target.id,
      actor: caller.user.id,
      origin,
    })
  })
}
