/** Ends the account's database token. Access tokens are not touched. */
import type { Origin } from '../domain/audit.ts'
import type { Caller, Deps } from './deps.ts'
import { record } from './record.ts'

/** Deletes the caller's database token, with whatever credential the caller came. */
export async function signOutDatabaseToken(
  deps: Pick<Deps, 'store' | 'clock'>,
  input: { readonly caller: Caller; readonly origin: Origin },
): Promise<void> {
  const { id } = input.caller.user
  const { origin } = input
  await deps.store.transaction(async (store) => {
    await store.databaseTokens.deleteOf(id)
    const details = { credential: 'database_token' }
    await record(deps, store, { action: 'signed_out', user: id, actor: id, origin, details })
  })
}
