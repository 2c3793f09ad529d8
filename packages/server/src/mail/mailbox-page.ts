/** The development mailbox as a page: rendered here, without a script; its style is `mailbox-style.ts`. */
import type { MailboxMessage } from './development-mailbox.ts'
import { escapeHtml } from './layout.ts'

/** What the page says about the server. */
export interface MailboxPageOptions {
  readonly siteName: string
  /** Where somebody can register, for the empty mailbox. */
  readonly registerUrl: string
}

/**
 * The Content-Security-Policy to serve the page with. The frames of the mails inherit it, and mails have inline
 * styles; scripts run nowhere (CSP Level 3 §7.8, HTML §7.1.7).
 */
export const MAILBOX_PAGE_POLICY =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data: https:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Renders the page. Messages are shown in the order given; the first is open. Everything in them is escaped. */
export function mailboxPage(messages: readonly MailboxMessage[], options: MailboxPageOptions): string {
  const siteName = escapeHtml(options.siteName)
  const count = messages.length === 1 ? '1 mail' : `${messages.length} mails`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Mailbox · ${siteName}</title>
<link rel="stylesheet" href="/mailbox/style.css">
</head>
<body>
<header>
<div>
<h1>Mailbox <span class="badge">development</span></h1>
<p>What ${siteName} would have mailed. No mail server is set, so nothing has left this machine.</p>
</div>
<a class="reload" href="">Reload</a>
</header>
<main>
${messages.length > 0 ? `<p class="count">${count}, newest first</p>\n${messages.map(mail).join('\n')}` : empty(options)}
</main>
</body>
</html>
`
}

const empty = ({ registerUrl }: MailboxPageOptions) => `<section class="empty">
<h2>No mails yet</h2>
<p>Register an account to get the first one: it brings the link that activates the account.</p>
<p><a class="action" href="${escapeHtml(registerUrl)}">Register an account</a></p>
<p class="quiet">Then come back and reload. Set <code>SMTP_URL</code> to send real mails.</p>
</section>`

function mail(message: MailboxMessage, position: number): string {
  const { to, subject, text, created_at: created } = message
  return `<details${position === 0 ? ' open' : ''} id="mail-${message.id}">
<summary>
<span class="subject">${escapeHtml(subject)}</span>
<span class="to">to ${escapeHtml(to)}</span>
<time datetime="${escapeHtml(created)}">${escapeHtml(humanTime(created))}</time>
</summary>
<div class="mail">
${message.links.length > 0 ? `<ul class="links" aria-label="Links in this mail">${message.links.map(link).join('')}</ul>` : ''}
<iframe title="${escapeHtml(subject)}" sandbox="allow-popups allow-popups-to-escape-sandbox" loading="lazy" srcdoc="${escapeHtml(inNewTab(message.html))}"></iframe>
<details class="text"><summary>Plain text</summary><pre tabindex="0">${escapeHtml(text)}</pre></details>
</div>
</details>`
}

const link = (url: string) =>
  `<li><a href="${escapeHtml(url)}" target="_blank" rel="noopener noreferrer">${escapeHtml(url)}</a></li>`

/** Links in the frame of a mail open a tab of their own: inside the frame, pages would be without scripts. */
const inNewTab = (html: string) => html.replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`)

/** `2026-11-24T04:05:06.789Z` → `2026-11-24 04:05:06 UTC`. */
const humanTime = (iso: string) => iso.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')
