/** Step 6 of the story: forgot password. A mail with a link follows; the next step is `resetPassword`. */

import type { Deps } from './deps.ts'
import { findMailableUser } from './find-mailable-user.ts'

/** Mails a reset link to an active account. Returns nothing, whoever asked. May throw `email_not_found`. */
export async function requestPasswordReset(
  deps: Pick<Deps, 'store' | 'settings' | 'compose'>,
  input: { readonly email: string },
): Promise<void> {
  const user = await findMailableUser(deps, input.email)
  if (user) await deps.store.outbox.add(deps.compose({ kind: 'password_reset', user }))
}
