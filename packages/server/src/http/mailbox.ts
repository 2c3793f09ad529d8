/** What the page of the development mailbox asks for. It exists only where no mail server is set up. */
import type { Hono } from 'hono'
import { mailboxMessages } from '../mail/development-mailbox.ts'
import type { Store } from '../store/store.ts'
import { pageHeaders } from './page-headers.ts'
import { notFoundPage } from './pages.ts'

const LIMIT = 100

/**
 * A mail may hold anything, and its frame is on our own origin: it runs no script, sends no form and loads nothing,
 * also when somebody opens its address by itself (CSP Level 3 §6.2.2, HTML §7.1.5).
 */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"

/** Adds `/mailbox/messages` as JSON, and `/mailbox/messages/<id>`, the HTML of a mail. */
export function mailboxPages(app: Hono, { store }: { readonly store: Pick<Store, 'outbox'> }): void {
  const messages = (to?: string) => mailboxMessages(store, { limit: LIMIT, ...(to !== undefined && { to }) })
  app.get('/mailbox/messages', async (c) => {
    c.header('cache-control', 'no-store')
    const to = c.req.query('to')
    // PostgreSQL has no text with a null character in it, and says so instead of finding none
    return c.json(to?.includes('\0') ? [] : await messages(to))
  })
  app.get('/mailbox/messages/:id', async (c) => {
    const mail = (await messages()).find(({ id }) => String(id) === c.req.param('id'))
    if (!mail) return notFoundPage(c)
    for (const [name, value] of Object.entries(pageHeaders(MAIL_POLICY))) c.header(name, value)
    c.header('x-frame-options', 'SAMEORIGIN')
    return c.html(inNewTab(mail.html))
  })
}

/** Links in the frame of a mail open a tab of their own: inside the frame, pages would be without scripts. */
const inNewTab = (html: string) => html.replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`)
