/** The language of the pages as a state that the switch changes. */
import type { ReactNode } from 'react'
import { createContext, use, useLayoutEffect, useMemo, useState, useTransition } from 'react'
import type { Locale } from './locale.ts'
import { keepLocale } from './locale.ts'

/** The language, and how to choose another. */
export interface Language {
  readonly locale: Locale
  /** Speaks another language from now on, here and at the next visit. */
  choose(locale: Locale): void
  /** Speaks another language until somebody chooses. */
  adopt(locale: Locale): void
}

const Context = createContext<Language | null>(null)

/** Provides the language, and tells the browser about it. */
export function LanguageProvider({ first, children }: { first: Locale; children: ReactNode }) {
  const [locale, setLocale] = useState(first)
  const [, startTransition] = useTransition()
  // before what the change of the language makes pages ask for
  useLayoutEffect(() => {
    document.documentElement.lang = locale
  }, [locale])
  const language = useMemo<Language>(() => {
    // the page stays as it is until the other texts are there
    const adopt = (next: Locale) => startTransition(() => setLocale(next))
    return {
      locale,
      adopt,
      choose: (next) => {
        keepLocale(next)
        adopt(next)
      },
    }
  }, [locale])
  return <Context value={language}>{children}</Context>
}

/** The language of the pages. */
export function useLocale(): Language {
  const language = use(Context)
  if (!language) throw new TypeError('There is no LanguageProvider around this.')
  return language
}
