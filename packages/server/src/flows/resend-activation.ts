/** Beside step 2: the activation mail did not come, so it is sent again. Earlier links stay good. */
import type { Origin } from '../domain/audit.ts'
import { lookupEmail } from '../domain/email-address.ts'
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import { hasUsablePassword } from '../domain/user.ts'
import type { Deps } from './deps.ts'
import { mailAlike } from './mail-alike.ts'

/**
 * Mails another activation link to an account that waits for activation. For any other address it does nothing,
 * and says so only where the settings want that: throws `email_not_found`, `no_activation_to_resend`.
 */
export async function resendActivation(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'compose'>,
  input: { readonly email: string; readonly origin: Origin },
): Promise<void> {
  const { registration, passwords, users } = deps.settings
  const { email, origin } = input
  const found = await deps.store.users.byEmail(lookupEmail(email, users.emailComparison))
  const user = found && registration.activationMail && isWaiting(found) ? found : null
  if (!user && passwords.tellUnknownAddress) throw fail('email_not_found')
  if (!user && registration.tellNothingToResend) throw fail('no_activation_to_resend')
  const mail = { kind: 'activation', action: 'activation_requested', user, email, origin } as const
  await deps.store.transaction((store) => mailAlike(deps, store, mail))
}

const isWaiting = (user: User): boolean =>
  !user.isActive && user.deactivatedAt === null && hasUsablePassword(user)
