/** Times as people say them, in the language of the pages. */
import type { Locale } from './locale.ts'

const STEPS = [
  [60, 'second'],
  [60, 'minute'],
  [24, 'hour'],
  [7, 'day'],
  [4.4, 'week'],
  [12, 'month'],
  [Number.POSITIVE_INFINITY, 'year'],
] as const

const present = (): number => performance.timeOrigin + performance.now()

/** `3 minutes ago`, of a time in ISO 8601. */
export function ago(iso: string, locale: Locale, now: number = present()): string {
  let amount = (Date.parse(iso) - now) / 1000
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  for (const [size, unit] of STEPS) {
    // "in 1 second" would only tell that two clocks differ
    if (Math.abs(amount) < size) return words.format(Math.min(0, Math.round(amount)), unit)
    amount /= size
  }
  return iso
}

/** The browser knows which English it is: dates are not written alike in all of it. */
const regional = (locale: Locale): string =>
  navigator.languages.find((tag) => tag.toLowerCase().startsWith(`${locale}-`)) ?? locale

/** `24 November 2026, 08:15`, of a time in ISO 8601. */
export const moment = (iso: string, locale: Locale): string =>
  new Intl.DateTimeFormat(regional(locale), { dateStyle: 'long', timeStyle: 'short' }).format(new Date(iso))
