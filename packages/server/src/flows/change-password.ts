/** Beside the story: a signed-in person sets a new password. */
import type { Origin } from '../domain/audit.ts'
import { failField } from '../domain/errors.ts'
import type { Secret } from '../domain/secret.ts'
import { checkCurrentPassword } from './check-current-password.ts'
import { checkNewPassword } from './check-new-password.ts'
import type { Caller, Deps } from './deps.ts'
import { storeNewPassword } from './store-new-password.ts'

/**
 * Changes the caller's password and ends the other sessions. Throws `invalid_password` (the current one), the
 * password policy's codes, `password_mismatch`, `overloaded`.
 */
export async function changePassword(
  deps: Pick<
    Deps,
    | 'store'
    | 'clock'
    | 'settings'
    | 'passwords'
    | 'commonPasswords'
    | 'breachedPasswords'
    | 'compose'
    | 'revocations'
  >,
  input: {
    readonly caller: Caller
    readonly currentPassword: Secret
    readonly newPassword: Secret
    readonly reNewPassword: Secret | undefined
    readonly origin: Origin
  },
): Promise<void> {
  const { user, sessionId } = input.caller
  const { origin } = input
  await checkCurrentPassword(deps, { user, password: input.currentPassword, origin })
  await checkNewPassword(deps, {
    password: input.newPassword,
    retyped: input.reNewPassword,
    path: 'new_password',
    about: user,
  })
  const changed = await storeNewPassword(deps, {
    user,
    password: input.newPassword,
    keepSession: sessionId,
    action: 'password_changed',
    origin,
  })
  if (!changed) throw failField('current_password', 'invalid_password')
}
