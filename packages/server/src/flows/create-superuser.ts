/** Before the story: the first person with staff rights. Called by the command line and the set-up page. */
import type { Origin } from '../domain/audit.ts'
import { fail, failField, refuse } from '../domain/errors.ts'
import { givenProfileIssues } from '../domain/roles.ts'
import type { Secret } from '../domain/secret.ts'
import type { Profile, User } from '../domain/user.ts'
import { checkNewPassword } from './check-new-password.ts'
import type { Deps } from './deps.ts'
import { newAddress } from './new-address.ts'
import { record } from './record.ts'

/**
 * Makes an active account with staff rights; no mail is sent. Throws `max_length`, `invalid_choice` (role), the password
 * policy's codes, `invalid_email`, `email_taken`, and `not_found` where only the first such account may be made and there is one.
 */
export async function createSuperuser(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords' | 'commonPasswords' | 'breachedPasswords'>,
  input: {
    readonly email: string
    readonly profile: Profile
    readonly password: Secret
    readonly origin: Origin
    readonly onlyFirst?: boolean
  },
): Promise<User> {
  const { password, profile } = input
  refuse(givenProfileIssues(profile, deps.settings.users))
  await checkNewPassword(deps, { password, retyped: undefined, path: 'password', about: input })
  const passwordHash = await deps.passwords.hash(password)
  return deps.store.transaction(async (store) => {
    if (input.onlyFirst && (await store.users.hasStaffForUpdate())) throw fail('not_found')
    const user = await store.users.insert({
      email: newAddress(deps, input.email),
      profile,
      passwordHash,
      isActive: true,
      isStaff: true,
      locale: null,
      createdAt: deps.clock.now(),
    })
    if (!user) throw failField('email', 'email_taken')
    const { origin } = input
    await record(deps, store, { action: 'superuser_created', user: user.id, actor: null, origin })
    return user
  })
}
