/** Staff look at what became of one mail. */
import { fail } from '../domain/errors.ts'
import type { MailRecord } from '../store/mail-record-store.ts'
import type { Deps } from './deps.ts'

/** The record of the mail. Throws `not_found`. */
export async function readMail(
  deps: Pick<Deps, 'store'>,
  input: { readonly id: number },
): Promise<MailRecord> {
  const mail = await deps.store.outbox.recordById(input.id)
  if (!mail) throw fail('not_found')
  return mail
}
