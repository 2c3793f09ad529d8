/** The development mailbox as a page: rendered here, without a script, with its style sheet in a file of its own. */
import type { MailboxMessage } from './development-mailbox.ts'
import { escapeHtml } from './layout.ts'

/** What the page says about the server. */
export interface MailboxPageOptions {
  readonly siteName: string
  /** A page to register on, for the empty mailbox. */
  readonly registerUrl?: string
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
${registerUrl ? `<p><a class="action" href="${escapeHtml(registerUrl)}">Register an account</a></p>` : ''}
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

/** The style sheet of the page, to be served as `/mailbox/style.css`. */
export const MAILBOX_STYLE = `:root {
  color-scheme: light dark;
  --page: light-dark(#eef0f4, #11151d);
  --card: light-dark(#ffffff, #1b212c);
  --line: light-dark(#dfe3ea, #2c3443);
  --text: light-dark(#1c2230, #e8ebf1);
  --quiet: light-dark(#5b6475, #a4aec0);
  --link: light-dark(#2450c4, #9db8ff);
  --tint: light-dark(#f2f4f8, #232b39);
}
* { box-sizing: border-box }
body {
  margin: 0;
  padding: 32px 16px 64px;
  background: var(--page);
  color: var(--text);
  font: 16px/1.55 -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;
}
header, main { max-width: 860px; margin: 0 auto }
header { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; justify-content: space-between }
h1 { margin: 0; font-size: 28px; letter-spacing: -0.4px; line-height: 1.2 }
header p { margin: 6px 0 0; color: var(--quiet) }
.badge {
  padding: 3px 10px;
  border: 1px solid var(--line);
  border-radius: 99px;
  background: var(--card);
  color: var(--quiet);
  font-size: 12px;
  font-weight: 600;
  letter-spacing: 0;
  vertical-align: middle;
}
a { color: var(--link) }
.reload, .action {
  display: inline-block;
  padding: 10px 18px;
  border: 1px solid var(--line);
  border-radius: 8px;
  background: var(--card);
  font-weight: 600;
  text-decoration: none;
}
.action { border-color: #2450c4; background: #2450c4; color: #ffffff }
.reload:hover { background: var(--tint) }
.action:hover { background: #1c409f }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
.count { margin: 28px 0 12px; color: var(--quiet); font-size: 14px }
main > details {
  margin: 0 0 12px;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--card);
  overflow: hidden;
}
main > details > summary {
  display: grid;
  grid-template-columns: 1fr auto;
  gap: 2px 16px;
  padding: 16px 20px;
  cursor: pointer;
  list-style: none;
}
main > details > summary::-webkit-details-marker { display: none }
main > details > summary:hover { background: var(--tint) }
main > details > summary:focus-visible { outline-offset: -3px; border-radius: 12px }
main > details[open] > summary { border-bottom: 1px solid var(--line) }
.subject { font-weight: 600; overflow-wrap: anywhere }
.subject::before { content: '▸'; display: inline-block; width: 20px; color: var(--quiet) }
details[open] > summary .subject::before { content: '▾' }
.to { grid-row: 2; padding-left: 20px; color: var(--quiet); font-size: 14px; overflow-wrap: anywhere }
time { color: var(--quiet); font-size: 13px; font-variant-numeric: tabular-nums }
.mail { padding: 16px 20px 20px }
.links { margin: 0 0 16px; padding: 12px 16px; border-radius: 8px; background: var(--tint); list-style: none }
.links a { font: 13px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere }
iframe {
  display: block;
  width: 100%;
  height: 620px;
  border: 1px solid var(--line);
  border-radius: 8px;
  resize: vertical;
}
.text { margin-top: 16px }
.text summary { color: var(--quiet); font-size: 14px; cursor: pointer }
pre {
  margin: 8px 0 0;
  padding: 16px;
  border-radius: 8px;
  background: var(--tint);
  font: 13px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.empty {
  margin-top: 28px;
  padding: 56px 24px;
  border: 1px dashed var(--line);
  border-radius: 12px;
  background: var(--card);
  text-align: center;
}
.empty h2 { margin: 0 0 8px }
.quiet { color: var(--quiet); font-size: 14px }
@media (max-width: 560px) {
  main > details > summary { grid-template-columns: 1fr }
  .to { grid-row: auto }
  time { padding-left: 20px }
}
`
