/** Whom may a reset link be mailed to? Asked by every flow that mails one to an address from outside. */
import { lookupEmail } from '../domain/email-address.ts'
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import { hasUsablePassword } from '../domain/user.ts'
import type { Deps } from './deps.ts'

/** The active account of an address, or null. Throws `email_not_found` only where the settings tell strangers. */
export async function findMailableUser(
  deps: Pick<Deps, 'store' | 'settings'>,
  email: string,
): Promise<User | null> {
  const { users, passwords } = deps.settings
  const user = await deps.store.users.byEmail(lookupEmail(email, users.emailComparison))
  if (user?.isActive && hasUsablePassword(user)) return user
  if (passwords.tellUnknownAddress) throw fail('email_not_found')
  return null
}
