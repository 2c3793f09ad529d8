/** Beside step 2: the activation mail did not come, so it is sent again. Earlier links stay good. */
import { lookupEmail } from '../domain/email-address.ts'
import { fail } from '../domain/errors.ts'
import { hasUsablePassword } from '../domain/user.ts'
import type { Deps } from './deps.ts'

/**
 * Mails another activation link to an account that waits for activation. For any other address it does nothing,
 * and says so only where the settings want that: throws `email_not_found`, `no_activation_to_resend`.
 */
export async function resendActivation(
  deps: Pick<Deps, 'store' | 'settings' | 'compose'>,
  input: { readonly email: string },
): Promise<void> {
  const { registration, passwords, users } = deps.settings
  const user = await deps.store.users.byEmail(lookupEmail(input.email, users.emailComparison))
  const waits = user && !user.isActive && user.deactivatedAt === null && hasUsablePassword(user)
  if (!waits && passwords.tellUnknownAddress) throw fail('email_not_found')
  if (waits && registration.activationMail) {
    await deps.store.outbox.add(deps.compose({ kind: 'activation', user }))
    return
  }
  if (registration.tellNothingToResend) throw fail('no_activation_to_resend')
}
