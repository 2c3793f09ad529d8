/** What a language brings for the messages of the API. English stands in the table of errors itself. */
import type { ErrorCode } from '../../domain/errors.ts'

/** A language that errors are told in. */
export interface MessageLanguage {
  /** For Content-Language (BCP 47). */
  readonly code: string
  /** The title of problem details about fields. */
  readonly fieldsNeedAttention: string
  /** How sentences name what a password resembles. */
  readonly attributes: Readonly<Record<'first name' | 'last name' | 'email' | 'site name', string>>
  /**
   * Sentences by code, with the parameters of the English ones. What people never read on a page, such as faults of a
   * client's JSON, stays in English.
   */
  readonly sentences: Partial<Readonly<Record<ErrorCode, string>>>
}
