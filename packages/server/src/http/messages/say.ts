/** Finds the words for an issue: the project's own, those of the language asked for, else the table's English. */
import type { Settings } from '../../config/settings.ts'
import type { ErrorCode, Issue } from '../../domain/errors.ts'
import { sentence } from '../../domain/errors.ts'
import { preferredLanguage } from '../negotiation.ts'
import { de } from './de.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { id } from './id.ts'
import { it } from './it.ts'
import { ja } from './ja.ts'
import type { MessageLanguage } from './language.ts'
import { nl } from './nl.ts'
import { pt } from './pt.ts'
import { zh } from './zh.ts'

const LANGUAGES: readonly MessageLanguage[] = [de, es, fr, id, it, ja, nl, pt, zh]

/** The languages that the API speaks. English first, for it is what the table of errors is written in. */
export const MESSAGE_LOCALES: readonly string[] = ['en', ...LANGUAGES.map(({ code }) => code)]

/** The language that an Accept-Language header asks for; null for English and for what there is not. */
export function messageLanguage(acceptLanguage: string | null): MessageLanguage | null {
  const wanted = preferredLanguage(acceptLanguage, MESSAGE_LOCALES)
  return LANGUAGES.find(({ code }) => code === wanted) ?? null
}

/** The language in which an answer speaks of things to whoever asks. */
export const answerLanguage = (
  { api }: Pick<Settings, 'api'>,
  headers: { get(name: string): string | null },
): string => (api.translated && messageLanguage(headers.get('accept-language'))?.code) || 'en'

/** The sentence of an issue in the words of the project, else of the language, else in English. */
export function say(
  issue: Issue,
  words: {
    readonly messages: Partial<Record<ErrorCode, string>>
    readonly language: MessageLanguage | null
  },
): string {
  const { messages, language } = words
  if (!language) return sentence(issue, messages)
  return sentence(inLanguage(issue, language), { ...language.sentences, ...messages })
}

function inLanguage(issue: Issue, { attributes }: MessageLanguage): Issue {
  const named = issue.params?.attribute
  if (typeof named !== 'string' || !Object.hasOwn(attributes, named)) return issue
  return { ...issue, params: { ...issue.params, attribute: attributes[named as keyof typeof attributes] } }
}
