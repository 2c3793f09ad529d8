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

const english = () => import('./locales/en.ts').then(({ en: texts }) => texts)

/** Staff who read a language without texts of its own here get the English ones. */
const catalogue = createCatalogue<AdminTexts>({
  de: english,
  en: english,
  es: english,
  fr: english,
  id: () => import('./locales/id.ts').then(({ id: texts }) => texts),
  it: english,
  ja: english,
  nl: english,
  pt: english,
  zh: english,
})

/** The texts of the administration in the language of the pages. */
export const useAdminTexts = catalogue.useTexts

/** What happened, in words: those for staff first, then those for the person. A newer server may know of more. */
export function useActionNames(): Readonly<Record<string, string>> {
  return { ...useTexts().actions, ...useAdminTexts().actions }
}
