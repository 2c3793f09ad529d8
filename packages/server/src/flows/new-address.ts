/** The address of an account that staff make: the API has looked at it, the command line has not. */
import { isEmailAddress, normalizeEmail } from '../domain/email-address.ts'
import { failField } from '../domain/errors.ts'
import type { Deps } from './deps.ts'

/** The address in the form that is stored. Throws `invalid_email`. */
export function newAddress({ settings }: Pick<Deps, 'settings'>, email: string): string {
  if (!isEmailAddress(email)) throw failField('email', 'invalid_email')
  return normalizeEmail(email, settings.users.emailComparison)
}
