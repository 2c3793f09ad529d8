/** The development mailbox: mails as a page and as JSON. It exists only where no mail server is set up. */
import type { Hono } from 'hono'
import type { Settings } from '../config/settings.ts'
import { mailboxMessages } from '../mail/development-mailbox.ts'
import { MAILBOX_PAGE_POLICY, MAILBOX_STYLE, mailboxPage } from '../mail/mailbox-page.ts'
import type { Store } from '../store/store.ts'
import { PAGE_HEADERS } from './pages.ts'

const LIMIT = 100

/** Adds `/mailbox`, its style sheet and `/mailbox/messages`. */
export function mailboxPages(
  app: Hono,
  deps: { readonly store: Pick<Store, 'outbox'>; readonly settings: Settings },
): void {
  const messages = (to: string | undefined) =>
    mailboxMessages(deps.store, { limit: LIMIT, ...(to !== undefined && { to }) })
  app.get('/mailbox/messages', async (c) => c.json(await messages(c.req.query('to'))))
  app.get('/mailbox/style.css', (c) => c.body(MAILBOX_STYLE, 200, { 'content-type': 'text/css' }))
  app.get('/mailbox', async (c) => {
    for (const [name, value] of Object.entries(PAGE_HEADERS)) c.header(name, value)
    c.header('content-security-policy', MAILBOX_PAGE_POLICY)
    const { server } = deps.settings
    const options = { siteName: server.siteName, registerUrl: `${server.publicUrl}/docs` }
    return c.html(mailboxPage(await messages(c.req.query('to')), options))
  })
}
