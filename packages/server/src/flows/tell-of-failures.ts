/** Somebody keeps guessing the password of an account: its owner should know, and have a way in (peers lock them out). */
import type { Origin } from '../domain/audit.ts'
import type { Deps } from './deps.ts'
import { mailAlike } from './mail-alike.ts'

/** Mails the owner of an address, in its stored form, a link to choose a new password. The same work without one. */
export async function tellOfFailures(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'compose'>,
  { email, origin }: { readonly email: string; readonly origin: Origin },
): Promise<void> {
  if (!deps.settings.mails.failedSignIns) return
  const found = await deps.store.users.byEmail(email)
  const user = found?.isActive ? found : null
  const mail = { kind: 'failed_sign_ins', action: 'many_sign_ins_failed', user, email, origin } as const
  await deps.store.transaction((store) => mailAlike(deps, store, mail))
}
