/** Beside the story: a person deletes the own account, or staff somebody's. */
import type { Secret } from '../domain/secret.ts'
import type { User } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { proveIdentity } from './prove-identity.ts'

/** Deletes an account with all that hangs on it. Throws `invalid_password` unless it is the caller's own password. */
export async function deleteUser(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords' | 'revocations'>,
  input: { readonly caller: Caller; readonly target: User; readonly currentPassword: Secret | undefined },
): Promise<void> {
  await proveIdentity(deps, input)
  const ended = await deps.store.transaction(async (store) => {
    const revocations = await endSessions(deps, store, { userId: input.target.id, reason: 'account_deleted' })
    await store.users.delete(input.target.id)
    return revocations
  })
  deps.revocations.apply(ended)
}
