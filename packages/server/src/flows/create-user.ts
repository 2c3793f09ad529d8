/** Staff make an account with a password that they choose, for people without a mailbox at hand. It is active at once. */
import { failField, refuse } from '../domain/errors.ts'
import { givenProfileIssues } from '../domain/roles.ts'
import type { Secret } from '../domain/secret.ts'
import type { User } from '../domain/user.ts'
import { checkNewPassword } from './check-new-password.ts'
import type { Deps } from './deps.ts'
import type { NewAccount } from './invite-user.ts'
import { proveForStaffRights } from './invite-user.ts'
import { newAddress } from './new-address.ts'
import { record } from './record.ts'

/**
 * Makes the account; no mail is sent. Throws `invalid_email`, `email_taken`, `max_length`, `invalid_choice` (role), the password
 * policy's codes, and what `proveIdentity` throws when the account gets staff rights.
 */
export async function createUser(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords' | 'commonPasswords' | 'breachedPasswords'>,
  input: NewAccount & { readonly password: Secret },
): Promise<User> {
  const { caller, email, profile, password, isStaff, locale, origin } = input
  await proveForStaffRights(deps, input)
  refuse(givenProfileIssues(profile, deps.settings.users))
  await checkNewPassword(deps, { password, retyped: undefined, path: 'password', about: { email, profile } })

  const passwordHash = await deps.passwords.hash(password)
  return deps.store.transaction(async (store) => {
    const user = await store.users.insert({
      email: newAddress(deps, email),
      profile,
      passwordHash,
      isActive: true,
      isStaff,
      locale,
      createdAt: deps.clock.now(),
    })
    if (!user) throw failField('email', 'email_taken')
    const details = { staff: isStaff }
    await record(deps, store, {
      action: 'created',
      user: user.id,
      actor: caller?.user.id ?? null,
      origin,
      details,
    })
    return user
  })
}
