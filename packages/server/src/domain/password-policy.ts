/**
 * Which passwords are refused when one is chosen: Django's four validators, in its order and with its results, and
 * an upper length. The rules that Python's `str` and `re` bring along are spelled out, as JavaScript's differ.
 */
import type { Issue } from './errors.ts'
import { issue } from './errors.ts'

/** Something about the person that a password must not resemble. */
export interface PersonalFact {
  /** How the sentence names it: `first name`, `last name`, `email`. */
  readonly label: string
  readonly value: string
}

/** What a password must be. */
export interface PasswordPolicy {
  /** Fewest characters (NIST SP 800-63B-4 §3.1.1). */
  readonly minLength: number
  /** Most characters. */
  readonly maxLength: number
  /** Passwords that everybody tries first, in lower case. */
  readonly common: Pick<ReadonlySet<string>, 'has'>
  /** Names that everybody knows here, like the site's: compared as the person's own facts are. */
  readonly contextWords?: readonly string[] | undefined
}

/**
 * Everything that is wrong with a password, in the order of Django's validators; empty if it may be used.
 * `about` is in the order of Django: first name, last name, email; only the first that resembles is told.
 * Characters are Unicode code points, as Python and NIST count them.
 */
export function passwordIssues(
  password: string,
  about: readonly PersonalFact[],
  policy: PasswordPolicy,
  path: string,
): Issue[] {
  const length = characterCount(password)
  const lower = password.toLowerCase()
  const letters = [...lower]
  const context = (policy.contextWords ?? []).map((value) => ({ label: 'site name', value }))
  const similar = [...about, ...context].find((fact) => resembles(letters, fact.value))
  return [
    similar && issue(path, 'password_too_similar', { attribute: similar.label }),
    length < policy.minLength && issue(path, 'password_too_short', { min: policy.minLength }),
    length > policy.maxLength && issue(path, 'password_too_long', { max: policy.maxLength }),
    policy.common.has(strip(lower)) && issue(path, 'password_too_common'),
    ENTIRELY_DIGITS.test(password) && issue(path, 'password_entirely_numeric'),
  ].filter((found) => typeof found === 'object')
}

/** How alike two texts may be: Django's `max_similarity`. */
const MAX_SIMILARITY = 0.7

/** Python's `\W+`: marks that combine, such as accents, are no word characters there. */
const NOT_A_WORD = /[^\p{L}\p{N}_]+/u

/** Python's `str.isdigit`: decimal digits and those that stand for one, such as superscripts and circled ones. */
const ENTIRELY_DIGITS =
  /^[\p{Nd}²³¹\u1369-\u1371\u19DA\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247C\u2488-\u2490\u24EA\u24F5-\u24FD\u24FF\u2776-\u277E\u2780-\u2788\u278A-\u2792\u{10A40}-\u{10A43}\u{10E60}-\u{10E68}\u{11052}-\u{1105A}\u{1F100}-\u{1F10A}]+$/u

/** What Python's `str.strip` takes: other than `trim`, also U+001C–1F and U+0085, but not U+FEFF. */
const WHITE_SPACE = /[\t-\r\x1C-\x20\x85\xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/

function strip(text: string): string {
  // A loop, because an expression that ends in `+$` takes quadratic time on long runs of spaces.
  let start = 0
  let end = text.length
  while (start < end && WHITE_SPACE.test(text.charAt(start))) start += 1
  while (start < end && WHITE_SPACE.test(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}

function characterCount(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** Whether the password, in lower case, is too like the value as a whole or like one of the words in it. */
function resembles(password: readonly string[], value: string): boolean {
  if (value === '') return false
  const lower = value.toLowerCase()
  return [...lower.split(NOT_A_WORD), lower].some((part) => {
    const letters = [...part]
    return !isTooShortToMatter(password, letters) && similarity(password, letters) >= MAX_SIMILARITY
  })
}

/** The shortcut that spares long passwords the comparison with short words. */
const isTooShortToMatter = (password: readonly string[], part: readonly string[]): boolean =>
  password.length >= 10 * part.length && part.length < (MAX_SIMILARITY / 2) * password.length

/** How much two texts have in common, 0 to 1: twice the characters they share, whatever the order, by all there are. */
function similarity(a: readonly string[], b: readonly string[]): number {
  const available = new Map<string, number>()
  for (const char of b) available.set(char, (available.get(char) ?? 0) + 1)
  let shared = 0
  for (const char of a) {
    const left = available.get(char) ?? 0
    if (left > 0) shared += 1
    available.set(char, left - 1)
  }
  const total = a.length + b.length
  return total === 0 ? 1 : (2 * shared) / total
}
