/** The texts of the administration, which load with it. */
import { createCatalogue } from '../i18n/catalogue.ts'
import { useTexts } from '../i18n/texts.ts'
import type { en } from './locales/en.ts'

type Widened<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...values: infer A) => string
      ? (...values: A) => string
      : Widened<T[K]>
}

/** The texts, in any language. */
export type AdminTexts = Widened<typeof en>

const catalogue = createCatalogue<AdminTexts>({
  de: () => import('./locales/de.ts').then(({ de: texts }) => texts),
  en: () => import('./locales/en.ts').then(({ en: texts }) => texts),
  es: () => import('./locales/es.ts').then(({ es: texts }) => texts),
  fr: () => import('./locales/fr.ts').then(({ fr: texts }) => texts),
  id: () => import('./locales/id.ts').then(({ id: texts }) => texts),
  it: () => import('./locales/it.ts').then(({ it: texts }) => texts),
  ja: () => import('./locales/ja.ts').then(({ ja: texts }) => texts),
  nl: () => import('./locales/nl.ts').then(({ nl: texts }) => texts),
  pt: () => import('./locales/pt.ts').then(({ pt: texts }) => texts),
  zh: () => import('./locales/zh.ts').then(({ zh: texts }) => texts),
})

/** The texts of the administration in the language of the pages. */
export const useAdminTexts = catalogue.useTexts

/** What happened, in words: those for staff first, then those for the person. A newer server may know of more. */
export function useActionNames(): Readonly<Record<string, string>> {
  return { ...useTexts().actions, ...useAdminTexts().actions }
}
