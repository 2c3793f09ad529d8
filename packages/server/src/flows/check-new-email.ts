/** Is the new address free? */
import { lookupEmail } from '../domain/email-address.ts'
import { failField } from '../domain/errors.ts'
import type { Deps } from './deps.ts'

/** The form in which the address is looked up. Throws `email_taken` under `path` (also for one's own). */
export async function checkNewEmail(
  deps: Pick<Deps, 'store' | 'settings'>,
  newEmail: string,
  path: 'email' | 'new_email' = 'new_email',
): Promise<string> {
  const email = lookupEmail(newEmail, deps.settings.users.emailComparison)
  if (await deps.store.users.byEmail(email)) throw failField(path, 'email_taken')
  return email
}
