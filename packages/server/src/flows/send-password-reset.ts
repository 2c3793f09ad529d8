/** Staff mail somebody the link that sets a new password; they never see or set it themselves. */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import { hasUsablePassword } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'
import { record } from './record.ts'

/** Queues the mail to the account's own address. Throws `no_password_to_reset`. */
export async function sendPasswordReset(
  deps: Pick<Deps, 'store' | 'clock' | 'compose'>,
  input: { readonly caller: Caller; readonly target: User; readonly origin: Origin },
): Promise<void> {
  const { caller, target, origin } = input
  if (!target.isActive || !hasUsablePassword(target)) throw fail('no_password_to_reset')
  const action = 'password_reset_requested'
  await deps.store.transaction(async (store) => {
    await store.outbox.add(deps.compose({ kind: 'password_reset', user: target }))
    await record(deps, store, { action, user: target.id, actor: caller.user.id, origin })
  })
}
