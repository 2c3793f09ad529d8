/** Texts by language, each loaded when it is needed and never twice. */
import { use } from 'react'
import { useLocale } from './language.tsx'
import type { Locale } from './locale.ts'

/** How each language's texts are loaded; a language that is missing is an error of types. */
export type Loaders<T> = Readonly<Record<Locale, () => Promise<T>>>

/** Texts that a part of the pages has for itself. */
export interface Catalogue<T> {
  load(locale: Locale): Promise<T>
  /** The texts in the language of the pages. Suspends until they are there. */
  useTexts(): T
}

/** Makes a catalogue. */
export function createCatalogue<T>(loaders: Loaders<T>): Catalogue<T> {
  const loaded = new Map<Locale, Promise<T>>()
  const load = (locale: Locale): Promise<T> => {
    const known = loaded.get(locale)
    if (known) return known
    const texts = loaders[locale]()
    loaded.set(locale, texts)
    // what did not come may come next time
    texts.catch(() => loaded.delete(locale))
    return texts
  }
  return { load, useTexts: () => use(load(useLocale().locale)) }
}
