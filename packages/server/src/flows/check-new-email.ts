/** Is the new address free? */
import { lookupEmail } from '../domain/email-address.ts'
import { failField } from '../domain/errors.ts'
import type { Deps } from './deps.ts'

/** The form in which the address will be stored. Throws `email_taken` under `new_email` (also for one's own). */
export async function checkNewEmail(
  deps: Pick<Deps, 'store' | 'settings'>,
  newEmail: string,
): Promise<string> {
  const email = lookupEmail(newEmail, deps.settings.users.emailComparison)
  if (await deps.store.users.byEmail(email)) throw failField('new_email', 'email_taken')
  return email
}
