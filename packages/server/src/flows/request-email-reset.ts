/** Beside step 6: the address itself should change. A mail with a link follows; the next step is `resetEmail`. */

import type { Origin } from '../domain/audit.ts'
import type { Deps } from './deps.ts'
import { findMailableUser } from './find-mailable-user.ts'
import { record } from './record.ts'

/** Mails an e-mail reset link to an active account. Returns nothing, whoever asked. May throw `email_not_found`. */
export async function requestEmailReset(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'compose'>,
  input: { readonly email: string; readonly origin: Origin },
): Promise<void> {
  const user = await findMailableUser(deps, input.email)
  if (!user) return
  const { origin } = input
  await deps.store.transaction(async (store) => {
    await store.outbox.add(deps.compose({ kind: 'email_reset', user }))
    await record(deps, store, { action: 'email_reset_requested', user: user.id, actor: null, origin })
  })
}
