/** Beside step 6: the address itself should change. A mail with a link follows; the next step is `resetEmail`. */

import type { Origin } from '../domain/audit.ts'
import type { Deps } from './deps.ts'
import { findMailableUser } from './find-mailable-user.ts'
import { mailAlike } from './mail-alike.ts'

/** Mails an e-mail reset link to an active account. Returns nothing, whoever asked. May throw `email_not_found`. */
export async function requestEmailReset(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'compose'>,
  input: { readonly email: string; readonly origin: Origin },
): Promise<void> {
  const { email, origin } = input
  const user = await findMailableUser(deps, email)
  const mail = { kind: 'email_reset', action: 'email_reset_requested', user, email, origin } as const
  await deps.store.transaction((store) => mailAlike(deps, store, mail))
}
