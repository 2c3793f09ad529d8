/**
 * The tutorial's other way: one database token for each account, looked up at every request. It has no end of its
 * own; signing out deletes it.
 */
import { randomBytes } from 'node:crypto'
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { Sealer } from '../tokens/seal.ts'
import { SealFault } from '../tokens/seal.ts'
import { hashDatabaseToken } from './authenticate.ts'
import type { Credentials } from './check-credentials.ts'
import { checkCredentials } from './check-credentials.ts'
import type { Deps } from './deps.ts'
import { record } from './record.ts'

/** Signs in and returns the account's database token, the same until sign-out. Throws `invalid_credentials`. */
export async function signInWithDatabaseToken(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords' | 'sealer'>,
  input: Partial<Credentials> & { readonly origin: Origin },
): Promise<string> {
  const { email, password, origin } = input
  if (email === undefined || password === undefined) throw fail('invalid_credentials')
  const user = await checkCredentials(deps, { email, password, origin })
  if (!user) throw fail('invalid_credentials')

  const fresh = randomBytes(20).toString('hex')
  const now = deps.clock.now()
  const offered = { hash: hashDatabaseToken(fresh), sealed: deps.sealer.seal(fresh), createdAt: now }
  const sealed = await deps.store.transaction(async (store) => {
    // hashing takes long enough for the owner to change the password meanwhile
    if (!(await store.users.holdIfUnchanged(user, now))) throw fail('invalid_credentials')
    const details = { credential: 'database_token' }
    await record(deps, store, { action: 'signed_in', user: user.id, actor: user.id, origin, details })
    const kept = await store.databaseTokens.getOrCreate(user.id, offered)
    if (isReadable(deps.sealer, kept)) return kept
    await store.databaseTokens.deleteOf(user.id)
    return store.databaseTokens.getOrCreate(user.id, offered)
  })
  return deps.sealer.unseal(sealed)
}

/** A token whose secret was dropped cannot be told again, so there is a new one. */
function isReadable(sealer: Pick<Sealer, 'unseal'>, sealed: string): boolean {
  try {
    sealer.unseal(sealed)
    return true
  } catch (error) {
    if (error instanceof SealFault && error.reason === 'unknown_key') return false
    throw error
  }
}
