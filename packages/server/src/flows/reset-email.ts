/** After `requestEmailReset`: the link from the mail sets a new address (Djoser's `reset_username_confirm`). */
import type { Origin } from '../domain/audit.ts'
import { fail, failField } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import type { LinkInput } from './activate.ts'
import { checkNewEmail } from './check-new-email.ts'
import type { Deps } from './deps.ts'
import { findLinkedUser } from './find-linked-user.ts'
import { startEmailChange } from './start-email-change.ts'
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
  const { emailChange, registration } = deps.settings
  if (!emailChange.confirmNewAddress && registration.tellTakenAddress)
    await checkNewEmail(deps, input.newEmail)
  const user = await findLinkedUser(deps, 'email_reset', input)
  if (input.reNewEmail !== undefined && input.reNewEmail !== input.newEmail) throw fail('email_mismatch')
  if (emailChange.confirmNewAddress) return useUp(deps, user, input)
  const email = await checkNewEmail(deps, input.newEmail)

  await storeNewEmail(deps, {
    user,
    email,
    changes: { lastLogin: deps.clock.now() },
    keepSession: null,
    action: 'email_reset',
    origin: input.origin,
    lost: failField('token', 'invalid_link_token'),
  })
}

/** The link has done its work; that the new address is theirs, the person proves by another one. */
async function useUp(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'compose'>,
  user: User,
  { newEmail, origin }: { readonly newEmail: string; readonly origin: Origin },
): Promise<void> {
  await deps.store.transaction(async (store) => {
    // later than before, also within one tick of the clock: this is what ends the link
    const lastLogin = Math.max(deps.clock.now(), (user.lastLogin ?? 0) + 1)
    const used = await store.users.updateIfUnchanged(user, { lastLogin })
    if (!used || used === 'taken') throw failField('token', 'invalid_link_token')
    await startEmailChange(deps, store, { user: used, newEmail, sessionId: null, origin })
  })
}
