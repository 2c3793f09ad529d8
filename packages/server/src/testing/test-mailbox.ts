/** Mails as tests read them: what was queued, at once, without a mail server and without waiting. */
import type { MailKind } from '../mail/kinds.ts'
import { LINK_OF_KIND } from '../mail/kinds.ts'
import { linksIn } from '../mail/layout.ts'
import type { Store } from '../store/store.ts'
import type { LinkParts, LinkPurpose } from '../tokens/link-tokens.ts'

/** A mail that was sent, as far as a test cares. */
export interface TestMail {
  readonly kind: MailKind
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The http(s) addresses in the text, in order. */
  readonly links: readonly string[]
}

/** All mails there are. */
export interface TestMailbox {
  /** The mails to an address, or all of them, in the order in which they were caused. */
  mails(to?: string): Promise<readonly TestMail[]>
  /** The parts of the newest link mailed to an address. TypeError, naming the mails there are, if there is none. */
  lastLink(to: string, kind?: LinkPurpose): Promise<LinkParts>
}

const LIMIT = 10_000

/** Reads the outbox. A mail is there as soon as the request that caused it is answered. */
export function createTestMailbox(store: Pick<Store, 'outbox'>): TestMailbox {
  const mails = async (to?: string): Promise<readonly TestMail[]> => {
    const newestFirst = await store.outbox.list({ limit: LIMIT, ...(to !== undefined && { to }) })
    return newestFirst.toReversed().map(({ kind, to: recipient, subject, text, html }) => ({
      kind,
      to: recipient,
      subject,
      text,
      html,
      links: linksIn(text),
    }))
  }
  return {
    mails,
    lastLink: async (to, kind) => {
      const received = await mails(to)
      const mail = received.findLast((candidate) => {
        const purpose = LINK_OF_KIND[candidate.kind]
        return purpose !== undefined && (kind === undefined || purpose === kind)
      })
      const [uid, token] = mail?.links[0]?.split('/').slice(-2) ?? []
      if (uid !== undefined && token !== undefined) return { uid, token }
      const kinds = received.map((one) => one.kind).join(', ') || 'none'
      throw new TypeError(`No ${kind ?? 'link'} was mailed to ${to}. Mails to that address: ${kinds}.`)
    },
  }
}
