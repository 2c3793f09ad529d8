/** What every flow that sets a password asks first: is it good enough, and was it typed the same twice? */

import { fail, failField, refuse } from '../domain/errors.ts'
import { passwordIssues } from '../domain/password-policy.ts'
import type { Secret } from '../domain/secret.ts'
import type { Profile } from '../domain/user.ts'
import type { Deps } from './deps.ts'

/** A password to be set. `about` is whose it will be, or null when that is not proven yet. */
export interface NewPassword {
  readonly password: Secret
  /** The second time, if it was sent. */
  readonly retyped: Secret | undefined
  /** The field that issues are put under. */
  readonly path: string
  readonly about: { readonly email: string; readonly profile: Profile } | null
}

/**
 * Throws the policy's issues under `path`, then `password_mismatch`, then `password_breached`: for that a host may be
 * asked, so all else must be right, and it must be proven whose the password will be.
 */
export async function checkNewPassword(
  deps: Pick<Deps, 'settings' | 'commonPasswords' | 'breachedPasswords'>,
  { password, retyped, path, about }: NewPassword,
): Promise<void> {
  const { passwords, server } = deps.settings
  const { minLength, maxLength } = passwords
  const contextWords = passwords.refuseSiteName ? [server.siteName] : []
  const policy = { minLength, maxLength, common: deps.commonPasswords, contextWords }
  refuse(passwordIssues(password.reveal(), about ? personalWords(about) : [], policy, path))
  if (retyped && !password.equals(retyped)) throw fail('password_mismatch')
  if (about && (await deps.breachedPasswords.has(password))) throw failField(path, 'password_breached')
}

const personalWords = ({ email, profile }: NonNullable<NewPassword['about']>) => [
  { label: 'first name', value: String(profile.first_name ?? '') },
  { label: 'last name', value: String(profile.last_name ?? '') },
  { label: 'email', value: email },
]
