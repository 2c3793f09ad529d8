/** From the claims of a token to the account. */
import type { Awaitable } from '../domain/awaitable.ts'
import type { User } from '../domain/user.ts'
import { userReference } from '../tokens/claims.ts'
import type { Claims } from '../tokens/jwt.ts'
import type { Deps } from './deps.ts'

/** The account that a token's claims name, or null. One read. */
export function userOfClaims(deps: Pick<Deps, 'store' | 'settings'>, claims: Claims): Awaitable<User | null> {
  const reference = userReference(claims, deps.settings)
  if (reference === null) return null
  return 'id' in reference ? deps.store.users.byId(reference.id) : deps.store.users.byEmail(reference.email)
}
