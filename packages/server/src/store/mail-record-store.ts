/** What became of mails, as the administration asks for it. */
import type { MailKind } from '../mail/kinds.ts'
import type { OutboxMail } from './store.ts'

/** What became of a mail. It has no text, for that may hold a link that opens an account. */
export type MailRecord = Omit<OutboxMail, 'text' | 'html' | 'subject'>

/** Which mails, and which page of them. */
export interface MailQuery {
  readonly state?: OutboxMail['state'] | undefined
  /** The whole address. */
  readonly to?: string | undefined
  readonly kind?: MailKind | undefined
  /** The last mail of the page before. */
  readonly afterId?: number | undefined
  readonly limit: number
}

/** The part of the outbox that looks back. */
export interface MailRecordStore {
  /** What became of mails, newest first, without what is in them. */
  page(query: MailQuery): Promise<readonly MailRecord[]>
  recordById(id: number): Promise<MailRecord | null>
  /** Makes a mail that was given up due again, as if it were new; false when it is not given up, or its text is gone. */
  retry(id: number, now: number): Promise<boolean>
}
