/** The way out for mails: what the outbox worker asks of SMTP and of the development mailbox. */
import type { OutboxMail } from '../store/store.ts'

/** Where mails are handed over. */
export interface MailTransport {
  /** Whether the text is kept in the database after delivery: only for the development mailbox. */
  readonly keepsBody: boolean
  /** Hands one mail over. Throws `DeliveryError`. */
  send(mail: OutboxMail): Promise<void>
  /** Whether mails could be handed over now; for `doorward doctor`. Throws `DeliveryError`. */
  verify(): Promise<void>
  /** Lets go of connections. Call it when no mail is in flight. */
  close(): void
}

/** Why a mail could not be handed over. The message is one line and never holds a credential or a link. */
export class DeliveryError extends Error {
  /** Whether the recipient or the mail was refused for good (SMTP 5xx, RFC 5321 §4.2.1), so trying on is idle. */
  readonly permanent: boolean

  constructor(message: string, permanent: boolean, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DeliveryError'
    this.permanent = permanent
  }
}
