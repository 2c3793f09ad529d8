/** The link mailed to a new address proves it: from now on it signs in. */
import type { Origin } from '../domain/audit.ts'
import { failField } from '../domain/errors.ts'
import type { LinkInput } from './activate.ts'
import type { Deps } from './deps.ts'
import { linkedUser } from './find-linked-user.ts'
import { confirmationOf, removeUnproven } from './start-email-change.ts'
import { storeNewEmail } from './store-new-email.ts'

/** Throws `invalid_uid`, `invalid_link_token`, `email_taken` (proven by somebody else in the meantime). */
export async function confirmEmailChange(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'links' | 'compose' | 'revocations'>,
  input: LinkInput & { readonly origin: Origin },
): Promise<void> {
  const user = await linkedUser(deps, input.uid)
  const change = await deps.store.emailChanges.pendingOf(user.id)
  const isGood =
    change !== null && deps.links.check('email_change', confirmationOf(user, change), input.token)
  if (!isGood || !user.isActive || change.oldEmail !== user.email)
    throw failField('token', 'invalid_link_token')

  await storeNewEmail(deps, {
    ...{ user, email: change.newEmail, changes: {}, keepSession: change.sessionId },
    ...{ action: 'email_changed', origin: input.origin },
    lost: failField('token', 'invalid_link_token'),
    note: async (store) => {
      if (!(await store.emailChanges.confirm(change.id, deps.clock.now()))) return null
      await removeUnproven(store, change.newEmail)
      return change
    },
  })
}
