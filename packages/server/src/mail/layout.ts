/**
 * How a mail looks: the plain text and the HTML of the same pieces. One column in tables with inline styles,
 * because mail programs drop much else; a small style block adds the dark colours where it is understood.
 */
import type { Accent } from '../domain/accent.ts'
import type { Language, Letter } from './templates/language.ts'

/** A letter with what surrounds it. */
export interface Page {
  readonly language: Language
  readonly letter: Letter
  readonly siteName: string
  /** May be empty. */
  readonly firstName: string
  readonly accent: Accent
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML text or as the value of a quoted attribute. For the HTML of a project's own templates, too. */
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)

const filled = (pieces: readonly string[]): readonly string[] => pieces.filter((piece) => piece !== '')

/** The plain text of a letter: one paragraph a line, the link on a line of its own. */
export function letterAsText({ language, letter, siteName, firstName }: Omit<Page, 'accent'>): string {
  const paragraphs = filled([
    language.greeting(firstName),
    ...letter.opening,
    letter.action?.url ?? '',
    ...(letter.notes ?? []),
    letter.aside,
    // The dash, dash, space line starts a signature (RFC 3676 §4.3).
    `-- \n${language.footer(siteName)}`,
  ])
  return `${paragraphs.join('\n\n')}\n`
}

/** The HTML of a letter. */
export function letterAsHtml({ language, letter, siteName, firstName, accent }: Page): string {
  const body = [
    paragraph(language.greeting(firstName)),
    ...filled(letter.opening).map(paragraph),
    letter.action ? button(letter.action, accent) : '',
    ...filled(letter.notes ?? []).map(paragraph),
    aside(letter.aside),
    letter.action ? linkInFull(language.buttonHint, letter.action.url, accent) : '',
  ]
  return document({
    language: language.code,
    subject: letter.subject,
    preheader: letter.opening.join(' '),
    siteName,
    accent,
    body: body.join(''),
    footer: language.footer(siteName),
  })
}

/** Plain text as HTML: blank lines part paragraphs, and http(s) addresses become links. */
export function textAsHtml(mail: {
  language: string
  subject: string
  text: string
  siteName: string
  accent: Accent
}): string {
  const paragraphs = mail.text.trim().split(/\n{2,}/)
  return document({
    language: mail.language,
    subject: mail.subject,
    preheader: paragraphs.slice(0, 2).join(' '),
    siteName: mail.siteName,
    accent: mail.accent,
    body: paragraphs.map((text) => block(LOOKS.text, withLinks(text, mail.accent))).join(''),
    footer: '',
  })
}

/** The http(s) addresses in a text, in order, without the full stop or bracket behind them. */
export const linksIn = (text: string): readonly string[] => text.match(LINK) ?? []

const LINK = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]]/g

const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const LOOKS = {
  text: 'margin:0 0 16px;font-size:16px;line-height:1.6;word-break:break-word',
  small: 'margin:20px 0 0;font-size:13px;line-height:1.5',
} as const

const block = (style: string, html: string) => `<p style="${style}">${html}</p>`
const paragraph = (text: string) => block(LOOKS.text, escapeHtml(text))
const anchor = (url: string, { light }: Accent) =>
  `<a class="dw-link" style="color:${light};word-break:break-all" href="${escapeHtml(url)}">${escapeHtml(url)}</a>`

function withLinks(text: string, accent: Accent): string {
  const links = linksIn(text)
  const between = text.split(LINK).map((piece) => escapeHtml(piece).replaceAll('\n', '<br>'))
  return between.map((piece, at) => piece + (links[at] ? anchor(links[at], accent) : '')).join('')
}

const button = ({ label, url }: { label: string; url: string }, { light, onLight }: Accent) => `
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 24px"><tr>
<td class="dw-button" bgcolor="${light}" style="border-radius:8px;background-color:${light}">
<a class="dw-button" href="${escapeHtml(url)}" style="display:inline-block;padding:14px 28px;${FONT};font-size:16px;font-weight:600;line-height:1.25;color:${onLight};text-decoration:none;border-radius:8px">${escapeHtml(label)}</a>
</td></tr></table>`

const linkInFull = (hint: string, url: string, accent: Accent) =>
  `<p class="dw-quiet" style="${LOOKS.small};color:#5b6475">${escapeHtml(hint)}<br>${anchor(url, accent)}</p>`

const aside = (text: string) => `
<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%"><tr>
<td class="dw-aside" style="padding:14px 18px;border-radius:8px;background-color:#f2f4f8;${FONT};font-size:14px;line-height:1.55;color:#3d4556">${escapeHtml(text)}</td>
</tr></table>`

const style = ({ dark, onDark }: Accent) => `
@media (prefers-color-scheme: dark) {
  .dw-page { background-color: #11151d !important }
  .dw-card { background-color: #1b212c !important; color: #e8ebf1 !important; border-color: #2c3443 !important }
  .dw-name, .dw-aside { color: #e8ebf1 !important }
  .dw-aside { background-color: #262e3c !important }
  .dw-quiet { color: #a4aec0 !important }
  .dw-link { color: ${dark} !important }
  .dw-button { background-color: ${dark} !important; color: ${onDark} !important }
}
@media (max-width: 480px) { .dw-card { padding: 24px 20px !important } }`

interface Document {
  readonly language: string
  readonly subject: string
  /** What the list of mails shows beside the subject. */
  readonly preheader: string
  readonly siteName: string
  readonly accent: Accent
  /** HTML. */
  readonly body: string
  readonly footer: string
}

/** The preheader is followed by blanks, or programs would fill the preview up with the greeting. */
const document = (mail: Document) => `<!doctype html>
<html lang="${escapeHtml(mail.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(mail.subject)}</title>
<style>${style(mail.accent)}
</style>
</head>
<body class="dw-page" style="margin:0;padding:0;background-color:#eef0f4">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${escapeHtml(mail.preheader)}${'&#847;&zwnj;&nbsp;'.repeat(40)}</div>
<table class="dw-page" role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%" style="background-color:#eef0f4"><tr>
<td align="center" style="padding:32px 12px">
<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%" style="max-width:560px"><tr>
<td class="dw-name" style="padding:0 4px 16px;${FONT};font-size:20px;font-weight:700;letter-spacing:-0.2px;color:#1c2230">${escapeHtml(mail.siteName)}</td>
</tr><tr>
<td class="dw-card" align="left" style="padding:36px;border:1px solid #dfe3ea;border-radius:14px;background-color:#ffffff;${FONT};font-size:16px;color:#1c2230">
${mail.body}
</td>
</tr><tr>
<td class="dw-quiet" style="padding:18px 4px 0;${FONT};font-size:12px;line-height:1.5;color:#5b6475">${escapeHtml(mail.footer)}</td>
</tr></table>
</td>
</tr></table>
</body>
</html>
`
