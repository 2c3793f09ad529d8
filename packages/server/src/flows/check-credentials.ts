/** Address and password, checked with the same work whether or not the address has an account. */
import type { Origin } from '../domain/audit.ts'
import { lookupEmail } from '../domain/email-address.ts'
import type { Secret } from '../domain/secret.ts'
import type { User } from '../domain/user.ts'
import type { Deps } from './deps.ts'
import { record } from './record.ts'

/** What a person signs in with. */
export interface Credentials {
  readonly email: string
  readonly password: Secret
  readonly origin: Origin
}

/**
 * The active account that the credentials belong to, or null. A hash of an old algorithm or cost is replaced on
 * the way. Throws `overloaded` when too many passwords wait to be hashed.
 */
export async function checkCredentials(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords'>,
  credentials: Credentials,
): Promise<User | null> {
  const { email, password, origin } = credentials
  const address = lookupEmail(email, deps.settings.users.emailComparison)
  const user = await deps.store.users.byEmail(address)
  const { ok, rehash } = await deps.passwords.verify(password, user?.passwordHash ?? null, address)
  // also for an account that is not active: a wrong password costs as much
  const passwordHash = rehash ? await deps.passwords.hash(password) : null
  if (!user || !ok || !user.isActive) {
    // written for every refusal alike, so that the time it takes says nothing about the address
    const details = { reason: reasonOf(user, ok) }
    await record(deps, deps.store, {
      action: 'sign_in_failed',
      user: user?.id ?? null,
      actor: null,
      origin,
      details,
    })
    return null
  }
  if (passwordHash === null) return user

  const upgraded = await deps.store.users.updateIfUnchanged(user, { passwordHash })
  // somebody was faster: another sign-in with the same upgrade, or a new password
  return upgraded && upgraded !== 'taken' ? upgraded : checkCredentials(deps, credentials)
}

const reasonOf = (user: User | null, ok: boolean): string => {
  if (!user) return 'no_account'
  return ok ? 'not_active' : 'wrong_password'
}
