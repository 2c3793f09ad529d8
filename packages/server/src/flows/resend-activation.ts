/** Beside step 2: the activation mail did not come, so it is sent again. Earlier links stay good. */
import type { Origin } from '../domain/audit.ts'
import { lookupEmail } from '../domain/email-address.ts'
import { fail } from '../domain/errors.ts'
import { hasUsablePassword } from '../domain/user.ts'
import type { Deps } from './deps.ts'
import { record } from './record.ts'

/**
 * Mails another activation link to an account that waits for activation. For any other address it does nothing,
 * and says so only where the settings want that: throws `email_not_found`, `no_activation_to_resend`.
 */
export async function resendActivation(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'compose'>,
  input: { readonly email: string; readonly origin: Origin },
): Promise<void> {
  const { registration, passwords, users } = deps.settings
  const user = await deps.store.users.byEmail(lookupEmail(input.email, users.emailComparison))
  const waits = user && !user.isActive && user.deactivatedAt === null && hasUsablePassword(user)
  if (!waits && passwords.tellUnknownAddress) throw fail('email_not_found')
  if (waits && registration.activationMail) {
    const { origin } = input
    await deps.store.transaction(async (store) => {
      await store.outbox.add(deps.compose({ kind: 'activation', user }))
      await record(deps, store, { action: 'activation_requested', user: user.id, actor: null, origin })
    })
    return
  }
  if (registration.tellNothingToResend) throw fail('no_activation_to_resend')
}
