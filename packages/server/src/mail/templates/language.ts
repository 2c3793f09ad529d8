/** What a language brings for the mails: every kind of mail as a few short pieces, which `layout.ts` puts together. */
import type { MailKind, SignInPlace } from '../kinds.ts'

/** What the pieces may mention. All of it is one line of text each, without control characters. */
export interface LetterData {
  readonly siteName: string
  /** The address that signs in, or empty where it had better not be shown. */
  readonly email: string
  /** The link of the mail; empty for the kinds that have none. */
  readonly link: string
  /** How long the link is good, in words: "3 days". Empty for the kinds that have none. */
  readonly lifetime: string
  readonly frontendUrl: string
  /** From where the account was signed in to: `Firefox on Windows, 203.0.113.7`; empty in other mails. */
  readonly place: string
  /** When, in words and UTC; empty in other mails. */
  readonly time: string
}

/** The pieces of one mail, in the order in which they are read. Empty pieces are left out. */
export interface Letter {
  readonly subject: string
  /** What happened, and why this mail came. */
  readonly opening: readonly string[]
  /** What to do: the words on the button, and where it leads. */
  readonly action?: { readonly label: string; readonly url: string }
  /** How long the link is good, with which address to sign in. */
  readonly notes?: readonly string[]
  /** What to do if it was somebody else. */
  readonly aside: string
}

/** A language that mails are written in. */
export interface Language {
  /** For the `lang` attribute (BCP 47). */
  readonly code: string
  /** The first line; `firstName` may be empty. */
  readonly greeting: (firstName: string) => string
  /** Leads to the link in full, for mail programs that show no button. */
  readonly buttonHint: string
  /** Says that nobody reads answers. */
  readonly footer: (siteName: string) => string
  readonly letters: Readonly<Record<MailKind, (data: LetterData) => Letter>>
}

/** For mails that are about no place. */
export const NOWHERE: Pick<LetterData, 'place' | 'time'> = { place: '', time: '' }

/** From where and when, in the words of a language. */
export function placeInWords({ device, address, at }: SignInPlace, language: string): typeof NOWHERE {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' })
  return { place: [device, address].filter(Boolean).join(', '), time: format.format(at) }
}

const UNITS = [
  { name: 'day', seconds: 86_400 },
  { name: 'hour', seconds: 3600 },
  { name: 'minute', seconds: 60 },
] as const

/**
 * A length of time in the words of a language: `3 days`, `90 minutes`. The largest unit that fits exactly; else
 * whole minutes, rounded down, so that the mail never promises more than the link holds.
 */
export function inWords(seconds: number, language: string): string {
  const exact = UNITS.find((unit) => seconds >= unit.seconds && seconds % unit.seconds === 0)
  const unit = exact ?? (seconds >= 60 ? UNITS[2] : { name: 'second', seconds: 1 })
  return formatOf(language, unit.name).format(Math.floor(seconds / unit.seconds))
}

const formats = new Map<string, Intl.NumberFormat>()

/** Making one takes longer than all the rest of a mail. */
function formatOf(language: string, unit: string): Intl.NumberFormat {
  const key = `${language} ${unit}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' })
  formats.set(key, made)
  return made
}
