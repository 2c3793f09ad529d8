/** Step 2 of the story: the link from the mail activates the account. The next step is `signIn`. */
import type { Origin } from '../domain/audit.ts'
import { fail, failField } from '../domain/errors.ts'
import type { Deps } from './deps.ts'
import { findLinkedUser } from './find-linked-user.ts'
import { record } from './record.ts'

/** The two parts of the mailed link. */
export interface LinkInput {
  readonly uid: string
  readonly token: string
}

/** Activates an account, once. Throws `invalid_uid`, `invalid_link_token`, `stale_token` (active already). */
export async function activate(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'links' | 'compose'>,
  input: LinkInput & { readonly origin: Origin },
): Promise<void> {
  const user = await findLinkedUser(deps, 'activation', input)
  // what staff switched off stays off: an old link is no way back in
  if (user.deactivatedAt !== null) throw failField('token', 'invalid_link_token')
  if (user.isActive) throw fail('stale_token')

  await deps.store.transaction(async (store) => {
    if (!(await store.users.activate(user))) throw fail('stale_token')
    const { origin } = input
    await record(deps, store, { action: 'activated', user: user.id, actor: user.id, origin })
    if (!deps.settings.registration.confirmationMail) return
    await store.outbox.add(deps.compose({ kind: 'confirmation', user }))
  })
}
