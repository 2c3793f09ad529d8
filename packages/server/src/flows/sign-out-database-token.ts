/** Ends the account's database token. Access tokens are not touched. */
import type { Caller, Deps } from './deps.ts'

/** Deletes the caller's database token, with whatever credential the caller came. */
export async function signOutDatabaseToken(
  deps: Pick<Deps, 'store'>,
  input: { readonly caller: Caller },
): Promise<void> {
  await deps.store.databaseTokens.deleteOf(input.caller.user.id)
}
