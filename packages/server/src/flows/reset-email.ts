/** After `requestEmailReset`: the link from the mail sets a new address (Djoser's `reset_username_confirm`). */
import type { Origin } from '../domain/audit.ts'
import { fail, failField } from '../domain/errors.ts'
import type { LinkInput } from './activate.ts'
import { checkNewEmail } from './check-new-email.ts'
import type { Deps } from './deps.ts'
import { findLinkedUser } from './find-linked-user.ts'
import { storeNewEmail } from './store-new-email.ts'

/**
 * Sets a new address by a mailed link, once. Where the settings do not tell strangers which addresses are taken,
 * that is looked at only after the link proved good.
 *
 * Throws `email_taken`, `email_mismatch`, `invalid_uid`, `invalid_link_token`.
 */
export async function resetEmail(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'links' | 'compose' | 'revocations'>,
  input: LinkInput & {
    readonly newEmail: string
    readonly reNewEmail: string | undefined
    readonly origin: Origin
  },
): Promise<void> {
  if (deps.settings.registration.tellTakenAddress) await checkNewEmail(deps, input.newEmail)
  const user = await findLinkedUser(deps, 'email_reset', input)
  if (input.reNewEmail !== undefined && input.reNewEmail !== input.newEmail) throw fail('email_mismatch')
  const email = await checkNewEmail(deps, input.newEmail)

  const changed = await storeNewEmail(deps, {
    user,
    email,
    changes: { lastLogin: deps.clock.now() },
    keepSession: null,
    action: 'email_reset',
    origin: input.origin,
  })
  if (!changed) throw failField('token', 'invalid_link_token')
}
