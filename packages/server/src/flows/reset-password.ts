/** Step 7 of the story: the link from the mail sets a new password. The next step is `signIn` again. */
import type { Origin } from '../domain/audit.ts'
import { failField } from '../domain/errors.ts'
import type { Secret } from '../domain/secret.ts'
import type { User } from '../domain/user.ts'
import type { LinkInput } from './activate.ts'
import { checkNewPassword } from './check-new-password.ts'
import type { Deps } from './deps.ts'
import { findLinkedUser } from './find-linked-user.ts'
import { storeNewPassword } from './store-new-password.ts'

/**
 * Sets a new password by a mailed link, once, ends the sessions, and gives the address that signs in with it. The
 * order of refusals is the wire's: password rules, equality, uid, token. Rules that look at the account come last,
 * for only the owner of the link may learn what its name resembles.
 *
 * Throws the password policy's codes, `password_mismatch`, `invalid_uid`, `invalid_link_token`.
 */
export async function resetPassword(
  deps: Pick<
    Deps,
    | 'store'
    | 'clock'
    | 'settings'
    | 'passwords'
    | 'commonPasswords'
    | 'breachedPasswords'
    | 'links'
    | 'compose'
    | 'revocations'
  >,
  input: LinkInput & {
    readonly newPassword: Secret
    readonly reNewPassword: Secret | undefined
    readonly origin: Origin
  },
): Promise<Pick<User, 'email'>> {
  const wanted = { password: input.newPassword, retyped: input.reNewPassword, path: 'new_password' }
  await checkNewPassword(deps, { ...wanted, about: null })
  const user = await findLinkedUser(deps, 'password_reset', input)
  await checkNewPassword(deps, { ...wanted, about: user })

  const changed = await storeNewPassword(deps, {
    user,
    password: input.newPassword,
    changes: { lastLogin: deps.clock.now() },
    keepSession: null,
    action: 'password_reset',
    origin: input.origin,
  })
  if (!changed) throw failField('token', 'invalid_link_token')
  return user
}
