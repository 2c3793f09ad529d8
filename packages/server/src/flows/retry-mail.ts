/** The mail server works again: staff give a mail that was given up another try. */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { MailRecord } from '../store/mail-record-store.ts'
import type { Caller, Deps } from './deps.ts'
import { record } from './record.ts'

/** Makes the mail due again. Throws `not_found`, `mail_not_given_up`. */
export async function retryMail(
  deps: Pick<Deps, 'store' | 'clock'>,
  input: { readonly caller: Caller | null; readonly id: number; readonly origin: Origin },
): Promise<MailRecord> {
  const { caller, id, origin } = input
  return deps.store.transaction(async (store) => {
    const mail = await store.outbox.recordById(id)
    if (!mail) throw fail('not_found')
    if (!(await store.outbox.retry(id, deps.clock.now()))) throw fail('mail_not_given_up')
    const details = { mail: id, kind: mail.kind }
    const actor = caller?.user.id ?? null
    await record(deps, store, { action: 'mail_retried', user: mail.userId, actor, origin, details })
    return (await store.outbox.recordById(id)) ?? mail
  })
}
