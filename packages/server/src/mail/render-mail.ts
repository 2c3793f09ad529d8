/**
 * From what happened to a finished mail: finds the words in the language of the person, and lets nothing that
 * somebody typed become a header, a line or a link of the mail.
 */
import { isIP } from 'node:net'
import type { Accent } from '../domain/accent.ts'
import type { MailData, MailKind, MailTemplates, RenderedMail, SignInPlace } from './kinds.ts'
import { LINK_OF_KIND } from './kinds.ts'
import { letterAsHtml, letterAsText, textAsHtml } from './layout.ts'
import { de } from './templates/de.ts'
import { en } from './templates/en.ts'
import { es } from './templates/es.ts'
import { fr } from './templates/fr.ts'
import { id } from './templates/id.ts'
import { it } from './templates/it.ts'
import { ja } from './templates/ja.ts'
import type { Language } from './templates/language.ts'
import { inWords, NOWHERE, placeInWords } from './templates/language.ts'
import { nl } from './templates/nl.ts'
import { pt } from './templates/pt.ts'
import { zh } from './templates/zh.ts'

const LANGUAGES: readonly Language[] = [en, de, es, fr, id, it, ja, nl, pt, zh]

/** The languages that Doorward brings. */
export const MAIL_LOCALES: readonly string[] = LANGUAGES.map(({ code }) => code)

/** The languages that there are mails in: those that Doorward brings, and those of the project. */
export const mailLocales = (templates: MailTemplates): readonly string[] => [
  ...new Set([...MAIL_LOCALES, ...Object.keys(templates)]),
]

/** Every kind of mail, in the order in which Doorward has words for them. */
export const MAIL_KINDS = Object.keys(en.letters) as readonly MailKind[]

/** Which words to take, and which colour. */
export interface RenderOptions {
  /** The language wanted, such as `id` or `id-ID` (BCP 47). */
  readonly locale: string
  /** The site's own language, for what there is not in the one wanted. English comes last. */
  readonly siteLocale?: string
  readonly templates: MailTemplates
  readonly accent: Accent
}

/**
 * Renders a mail. Each language is looked for in the project's templates, then in Doorward's: the one wanted, its
 * base (`id-ID` → `id`), the site's, English. Throws `TypeError` for an address that is not http(s), and for a
 * kind with a link when there is none: both are mistakes of the program.
 */
export function renderMail(kind: MailKind, given: MailData, options: RenderOptions): RenderedMail {
  const data = harmless(kind, given)
  const { accent } = options
  for (const locale of wanted(options)) {
    const own = customTemplate(options.templates, locale, kind)
    if (own) return finished(own(data), { language: locale, siteName: data.siteName, accent })
    const language = LANGUAGES.find(({ code }) => code === locale)
    if (language) return builtIn({ language, kind, data, accent })
  }
  return builtIn({ language: en, kind, data, accent })
}

function wanted({ locale, siteLocale = 'en' }: RenderOptions): readonly string[] {
  return [locale, siteLocale, 'en'].flatMap((tag) => {
    const whole = tag.toLowerCase().replaceAll('_', '-')
    return [whole, whole.replace(/-.*/, '')]
  })
}

function customTemplate(templates: MailTemplates, locale: string, kind: MailKind) {
  const [, kinds] = Object.entries(templates).find(([tag]) => tag.toLowerCase() === locale) ?? []
  return kinds && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
}

function builtIn({
  language,
  kind,
  data,
  accent,
}: {
  language: Language
  kind: MailKind
  data: MailData
  accent: Accent
}): RenderedMail {
  const { siteName, firstName, email, frontendUrl } = data
  const link = data.link ?? ''
  const lifetime = data.linkLifetime === null ? '' : inWords(data.linkLifetime, language.code)
  const place = data.signIn ? placeInWords(data.signIn, language.code) : NOWHERE
  const letter = language.letters[kind]({ siteName, email, frontendUrl, link, lifetime, ...place })
  const page = { language, letter, siteName, firstName, accent }
  return { subject: oneLine(letter.subject), text: letterAsText(page), html: letterAsHtml(page) }
}

function finished(
  own: { subject: string; text: string; html?: string },
  site: { language: string; siteName: string; accent: Accent },
): RenderedMail {
  const subject = oneLine(own.subject)
  const text = own.text
    .split(/\r\n?|\n/)
    .map(withoutControls)
    .join('\n')
  return { subject, text, html: own.html ?? textAsHtml({ ...site, subject, text }) }
}

/** What templates get to see: one line each, and nothing of what a stranger typed that could pass for a link. */
function harmless(kind: MailKind, data: MailData): MailData {
  if (LINK_OF_KIND[kind] && (data.link === null || data.linkLifetime === null))
    throw new TypeError(`The mail "${kind}" needs a link and its lifetime.`)
  return {
    siteName: oneLine(data.siteName),
    firstName: personName(data.firstName),
    email: shownAddress(data.email),
    link: data.link === null ? null : webAddress(data.link),
    linkLifetime: data.linkLifetime,
    frontendUrl: webAddress(data.frontendUrl),
    signIn: data.signIn && harmlessPlace(data.signIn),
  }
}

const harmlessPlace = ({ device, address, at }: SignInPlace): SignInPlace => ({
  device: oneLine(device),
  address: isIP(address) === 0 ? '' : address,
  at,
})

/** Control characters, line and paragraph separators, halves of surrogate pairs, and marks that turn text around. */
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu
const withoutControls = (line: string) =>
  line.replace(INVISIBLE, (char) => (char === '\t' ? char : ' ')).trimEnd()

/** A text as one line that can stand in a header: a line break in a subject would start another header. */
export const oneLine = (text: string): string => text.replace(INVISIBLE, ' ').replace(/\s+/g, ' ').trim()

/** Longest first name that a greeting repeats, in UTF-16 units. */
const LONGEST_NAME = 60
/** What mail programs turn into links, even without a scheme: `evil.example`, also with East Asian full stops. */
const LIKE_A_LINK = /[/\\:@]|[.\u3002\uff0e\uff61][\p{L}\p{N}]{2}/u

/**
 * A first name as the greeting shows it, or nothing. Anybody can register a stranger's address under the name
 * `Win at evil.example`; the mail must not deliver that advertisement.
 */
function personName(name: string): string {
  const line = oneLine(name)
  return line.length > LONGEST_NAME || LIKE_A_LINK.test(line) ? '' : line
}

/** An address as it is shown, or nothing: quoted local parts may hold anything, and slashes make links. */
const shownAddress = (email: string): string => (/^[^\s"/\\:<>\p{C}]+$/u.test(email) ? email : '')

function webAddress(address: string): string {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol))
    throw new TypeError('A mail can only link to http(s) addresses.')
  return url.href
}
