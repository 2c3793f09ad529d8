/** Address and password, checked with the same work whether or not the address has an account. */
import { lookupEmail } from '../domain/email-address.ts'
import type { Secret } from '../domain/secret.ts'
import type { User } from '../domain/user.ts'
import type { Deps } from './deps.ts'

/** What a person signs in with. */
export interface Credentials {
  readonly email: string
  readonly password: Secret
}

/**
 * The active account that the credentials belong to, or null. A hash of an old algorithm or cost is replaced on
 * the way. Throws `overloaded` when too many passwords wait to be hashed.
 */
export async function checkCredentials(
  deps: Pick<Deps, 'store' | 'settings' | 'passwords'>,
  { email, password }: Credentials,
): Promise<User | null> {
  const address = lookupEmail(email, deps.settings.users.emailComparison)
  const user = await deps.store.users.byEmail(address)
  const { ok, rehash } = await deps.passwords.verify(password, user?.passwordHash ?? null)
  if (!user || !ok || !user.isActive) return null
  if (!rehash) return user

  const passwordHash = await deps.passwords.hash(password)
  const upgraded = await deps.store.users.updateIfUnchanged(user, { passwordHash })
  return upgraded === 'taken' ? user : (upgraded ?? user)
}
