/** Staff look at what became of mails: those on their way, those sent, and those given up. */
import { lookupEmail } from '../domain/email-address.ts'
import type { MailQuery, MailRecord } from '../store/mail-record-store.ts'
import type { Deps } from './deps.ts'
import type { Page } from './search-users.ts'
import { pageOf } from './search-users.ts'

/** A page of mails, the newest first. */
export async function listMails(
  deps: Pick<Deps, 'store' | 'settings'>,
  { limit, to, ...query }: MailQuery,
): Promise<Page<MailRecord>> {
  const address = to && lookupEmail(to, deps.settings.users.emailComparison)
  return pageOf(await deps.store.outbox.page({ ...query, to: address, limit: limit + 1 }), limit)
}
