/** Which language the pages speak: the one chosen here, else the browser's, else the site's. */
import { settings } from '../settings.ts'

/** The languages that there are texts in, each under the name that its speakers call it. */
export const LOCALES = {
  de: 'Deutsch',
  en: 'English',
  es: 'Español',
  fr: 'Français',
  id: 'Bahasa Indonesia',
  it: 'Italiano',
  ja: '日本語',
  nl: 'Nederlands',
  pt: 'Português',
  zh: '简体中文',
} as const

/** A language of the pages. */
export type Locale = keyof typeof LOCALES

const KEY = 'doorward.locale'

/** The language of a tag such as `id-ID`, if there is one. */
export function localeOf(tag: string | null | undefined): Locale | null {
  const base = (tag ?? '').toLowerCase().split('-')[0] ?? ''
  return Object.hasOwn(LOCALES, base) ? (base as Locale) : null
}

/** What was chosen on this device, or null. */
export function chosenLocale(): Locale | null {
  try {
    return localeOf(localStorage.getItem(KEY))
  } catch {
    return null
  }
}

/** Keeps a choice for the next visit, where the browser lets us. */
export function keepLocale(locale: Locale): void {
  try {
    localStorage.setItem(KEY, locale)
  } catch {
    // a browser without storage asks again next time
  }
}

/** The language to begin with. The server has looked at the browser's languages already. */
export const firstLocale = (): Locale => chosenLocale() ?? localeOf(settings.locale) ?? 'en'
