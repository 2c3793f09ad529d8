/** Where mails go while no mail server is set: they stay in the database, and their links show in the terminal. */
import type { Store } from '../store/store.ts'
import { linksIn } from './layout.ts'
import { oneLine } from './render-mail.ts'
import type { MailTransport } from './transport.ts'

/** A transport that keeps mails for `/mailbox` and prints each with its links, one line each, by `print`. */
export function createDevelopmentMailbox(deps: { print: (line: string) => void }): MailTransport {
  return {
    keepsBody: true,
    send: async (mail) => {
      deps.print(oneLine(`Mail to ${mail.to}: ${mail.subject}`))
      for (const link of linksIn(mail.text)) deps.print(`  ${link}`)
    },
    verify: async () => {},
    close: () => {},
  }
}

/** A mail as `/mailbox` shows it in JSON. */
export interface MailboxMessage {
  readonly id: number
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The http(s) addresses in the text, in order. */
  readonly links: readonly string[]
  /** ISO 8601, UTC. */
  readonly created_at: string
  /** Whether it still waits, was handed over, or was given up. */
  readonly state: 'queued' | 'sent' | 'dead'
}

/**
 * The mails of the development mailbox, newest first. Those that still wait are among them, so that a test finds the
 * mail as soon as the request that caused it is answered.
 */
export async function mailboxMessages(
  store: Pick<Store, 'outbox'>,
  filter: { readonly to?: string | undefined; readonly limit: number },
): Promise<readonly MailboxMessage[]> {
  const { to, limit } = filter
  const mails = await store.outbox.list({ limit, ...(to !== undefined && { to }) })
  return mails.map((mail) => ({
    id: mail.id,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    links: linksIn(mail.text),
    created_at: new Date(mail.createdAt).toISOString(),
    state: mail.state,
  }))
}
