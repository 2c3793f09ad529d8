/** The link of an invitation sets the first password and makes the account active. The next step is `signIn`. */
import type { Origin } from '../domain/audit.ts'
import { failField } from '../domain/errors.ts'
import type { Secret } from '../domain/secret.ts'
import type { User } from '../domain/user.ts'
import { accountState } from '../domain/user.ts'
import type { LinkInput } from './activate.ts'
import { checkNewPassword } from './check-new-password.ts'
import type { Deps } from './deps.ts'
import { findLinkedUser } from './find-linked-user.ts'
import { record } from './record.ts'

/**
 * Sets the password, once. The order of refusals is that of `resetPassword`. Throws the password policy's codes,
 * `password_mismatch`, `invalid_uid`, `invalid_link_token` (also for what was withdrawn, accepted or switched off).
 */
export async function acceptInvitation(
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
  >,
  input: LinkInput & {
    readonly newPassword: Secret
    readonly reNewPassword: Secret | undefined
    readonly origin: Origin
  },
): Promise<void> {
  const wanted = { password: input.newPassword, retyped: input.reNewPassword, path: 'new_password' }
  await checkNewPassword(deps, { ...wanted, about: null })
  const user = await findLinkedUser(deps, 'invitation', input)
  refuseUnlessInvited(user)
  await checkNewPassword(deps, { ...wanted, about: user })

  const passwordHash = await deps.passwords.hash(input.newPassword)
  await deps.store.transaction(async (store) => {
    const accepted = await store.users.updateIfUnchanged(user, { passwordHash })
    if (!accepted || accepted === 'taken') throw failField('token', 'invalid_link_token')
    // staff may have switched the account off while the password was hashed
    refuseUnlessInvited(accepted)
    await store.users.activate(accepted)
    const { origin } = input
    await record(deps, store, { action: 'invitation_accepted', user: user.id, actor: user.id, origin })
    if (!deps.settings.registration.confirmationMail) return
    await store.outbox.add(deps.compose({ kind: 'confirmation', user: accepted }))
  })
}

function refuseUnlessInvited(user: User): void {
  if (accountState(user) !== 'invited') throw failField('token', 'invalid_link_token')
}
