/** The texts of the pages for people. English says which there are; a language that lacks one is an error of types. */
import type { en } from '../locales/en.ts'
import { createCatalogue } from './catalogue.ts'

type Widened<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...values: infer A) => string
      ? (...values: A) => string
      : Widened<T[K]>
}

/** The texts, in any language. */
export type Texts = Widened<typeof en>

/** The texts of the pages for people. */
export const catalogue = createCatalogue<Texts>({
  de: () => import('../locales/de.ts').then(({ de: texts }) => texts),
  en: () => import('../locales/en.ts').then(({ en: texts }) => texts),
  es: () => import('../locales/es.ts').then(({ es: texts }) => texts),
  fr: () => import('../locales/fr.ts').then(({ fr: texts }) => texts),
  id: () => import('../locales/id.ts').then(({ id: texts }) => texts),
  it: () => import('../locales/it.ts').then(({ it: texts }) => texts),
  ja: () => import('../locales/ja.ts').then(({ ja: texts }) => texts),
  nl: () => import('../locales/nl.ts').then(({ nl: texts }) => texts),
  pt: () => import('../locales/pt.ts').then(({ pt: texts }) => texts),
  zh: () => import('../locales/zh.ts').then(({ zh: texts }) => texts),
})

/** The texts in the language of the pages. */
export const useTexts = catalogue.useTexts
