/** Somebody keeps guessing the password of an account: its owner should know, and have a way in (peers lock them out). */
import type { Deps } from './deps.ts'
import { mailAlike } from './mail-alike.ts'

/** Mails the owner of an address, in its stored form, a link to choose a new password. The same work without one. */
export async function tellOfFailures(
  deps: Pick<Deps, 'store' | 'settings' | 'compose'>,
  { email }: { readonly email: string },
): Promise<void> {
  if (!deps.settings.mails.failedSignIns) return
  const user = await deps.store.users.byEmail(email)
  await deps.store.transaction((store) =>
    mailAlike(deps, store, { kind: 'failed_sign_ins', user: user?.isActive ? user : null, email }),
  )
}
