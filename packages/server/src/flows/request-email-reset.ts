/** Beside step 6: the address itself should change. A mail with a link follows; the next step is `resetEmail`. */

import type { Deps } from './deps.ts'
import { findMailableUser } from './find-mailable-user.ts'

/** Mails an e-mail reset link to an active account. Returns nothing, whoever asked. May throw `email_not_found`. */
export async function requestEmailReset(
  deps: Pick<Deps, 'store' | 'settings' | 'compose'>,
  input: { readonly email: string },
): Promise<void> {
  const user = await findMailableUser(deps, input.email)
  if (user) await deps.store.outbox.add(deps.compose({ kind: 'email_reset', user }))
}
