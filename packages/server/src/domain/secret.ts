/** What must never be printed: every password, token and key travels in this type. */
import { inspect } from 'node:util'

/**
 * A password, token or key on its way through the program. It prints as `[redacted]` wherever it ends up by
 * accident: template strings, JSON, `console.log`, error messages. Only `reveal()` gives the text.
 *
 * @see OWASP ASVS 5.0, V16.2.5 (no credentials in logs)
 */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** The text itself, for the one place that needs it. */
  reveal(): string {
    return this.#text
  }

  /** Whether two secrets hold the same text (not in constant time: for what a person typed twice). */
  equals(other: Secret): boolean {
    return this.#text === other.#text
  }

  toString(): string {
    return '[redacted]'
  }

  toJSON(): string {
    return '[redacted]'
  }

  [inspect.custom](): string {
    return '[redacted]'
  }
}
