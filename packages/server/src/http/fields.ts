/**
 * The fields of bodies, with DRF's rules and messages, as zod schemas: what validates is what documents. Every issue
 * carries its code from the table of errors in `params`.
 */
import { z } from 'zod'
import { isEmailAddress } from '../domain/email-address.ts'
import type { ErrorCode, ErrorParams } from '../domain/errors.ts'
import { ERRORS } from '../domain/errors.ts'
import { Secret } from '../domain/secret.ts'
import { FormBlank } from './body.ts'
import { JsonNumber } from './json.ts'

/** Rules of a text field. */
export interface TextRules {
  readonly max?: number
  readonly email?: boolean
  /** Whether white space around it is cut off. Default true. */
  readonly trim?: boolean
  readonly blank?: boolean
  readonly nullable?: boolean
  readonly choices?: readonly string[]
  readonly description?: string
}

type Report = (code: ErrorCode, params?: ErrorParams) => typeof z.NEVER
type Reader<T> = (value: unknown, report: Report) => T

const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const AROUND = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, 'g')

/** Cuts off what Python's `str.strip()` cuts off. */
const strip = (text: string): string => text.replace(AROUND, '')

function field<T>(read: Reader<T>, meta: Record<string, unknown>) {
  return z
    .unknown()
    .transform((value, context): T => {
      const report: Report = (code, params) => {
        context.issues.push({
          code: 'custom',
          input: undefined,
          message: ERRORS[code].message,
          params: { code, params },
        })
        return z.NEVER
      }
      return read(value, report)
    })
    .meta(meta)
}

function textMeta(rules: TextRules): Record<string, unknown> {
  return {
    type: rules.nullable ? ['string', 'null'] : 'string',
    ...(rules.email && { format: 'email' }),
    ...(rules.max && { maxLength: rules.max }),
    ...(rules.choices && { enum: rules.choices }),
    ...(rules.description && { description: rules.description }),
  }
}

function readText(value: unknown, rules: TextRules, report: Report): string | null {
  if (value === undefined) return report('required')
  if (value === null) return rules.nullable ? null : report('null')
  const text = value instanceof JsonNumber ? value.text : value instanceof FormBlank ? '' : value
  if (typeof text === 'number') return readText(String(text), rules, report)
  if (typeof text !== 'string') return report(rules.email ? 'invalid_email' : 'invalid_string')
  const trimmed = rules.trim === false ? text : strip(text)
  if (trimmed === '') return rules.blank ? '' : report('blank')
  checkText(trimmed, rules, report)
  return trimmed
}

function checkText(text: string, rules: TextRules, report: Report): void {
  if (rules.max && text.length > rules.max && [...text].length > rules.max) {
    report('max_length', { max: rules.max })
  }
  if (text.includes('\0')) report('null_characters')
  if (!text.isWellFormed()) report('surrogate_characters', { codePoint: loneSurrogate(text) })
  if (rules.email && !isEmailAddress(text)) report('invalid_email')
  if (rules.choices && !rules.choices.includes(text)) report('invalid_choice', { value: text })
}

const loneSurrogate = (text: string): string =>
  (/\p{Surrogate}/u.exec(text)?.[0].charCodeAt(0) ?? 0).toString(16).toUpperCase()

/** Whether a field was left out; a form cannot leave one out, so there it counts when it is blank. */
export const isAbsent = (value: unknown): boolean => value === undefined || value instanceof FormBlank

/** A text that must be there. */
export const text = (rules: TextRules = {}) =>
  field((value, report) => readText(value, { ...rules, nullable: false }, report) ?? '', textMeta(rules))

/** A text that may be absent. */
export const optionalText = (rules: TextRules = {}) =>
  field(
    (value, report) =>
      isAbsent(value) ? undefined : (readText(value, { ...rules, nullable: false }, report) ?? ''),
    textMeta(rules),
  ).optional()

/** A text that may be absent or null. */
export const nullableText = (rules: TextRules = {}) =>
  field(
    (value, report) =>
      value === undefined ? undefined : readText(value, { ...rules, nullable: true }, report),
    textMeta({ ...rules, nullable: true }),
  ).optional()

/** A text that must be there, or null. */
export const textOrNull = (rules: TextRules = {}) =>
  field(
    (value, report) => readText(value, { ...rules, nullable: true }, report),
    textMeta({ ...rules, nullable: true }),
  )

/** A text that is checked without the white space around it, but used as it was sent. */
export const rawText = (rules: TextRules = {}) =>
  field((value, report) => {
    readText(value, rules, report)
    return typeof value === 'string' ? value : value instanceof JsonNumber ? value.text : ''
  }, textMeta(rules))

/** Anything at all, taken as text if it is text: for what the reference looks at only later. */
export const lenientText = (description: string) =>
  field((value) => (typeof value === 'string' ? value : ''), { type: 'string', description }).optional()

/** A password that must be there. */
export const password = (rules: Pick<TextRules, 'trim' | 'description'>) =>
  field((value, report) => new Secret(readText(value, rules, report) ?? ''), {
    ...textMeta(rules),
    format: 'password',
  })

/** A field that is not looked at. */
export const ignored = () =>
  z
    .unknown()
    .transform((): undefined => undefined)
    .optional()
    .meta({ deprecated: true })

/** A password that may be absent. */
export const optionalPassword = (rules: Pick<TextRules, 'trim' | 'description'>) =>
  field((value, report) => (isAbsent(value) ? undefined : new Secret(readText(value, rules, report) ?? '')), {
    ...textMeta(rules),
    format: 'password',
  }).optional()

/** Any field, but it may be absent; in a form or a query, blank counts as absent. */
export const orAbsent = <T>(schema: z.ZodType<T>) =>
  z
    .preprocess((value) => (isAbsent(value) ? undefined : value), schema.optional())
    .optional()
    .meta({ ...schema.meta() })

/** A whole number, also written as text. */
export const integer = (rules: { min?: number; max?: number; description?: string } = {}) =>
  field((value, report) => readInteger(value, rules, report), {
    type: 'integer',
    ...(rules.min !== undefined && { minimum: rules.min }),
    ...(rules.max !== undefined && { maximum: rules.max }),
    ...(rules.description && { description: rules.description }),
  })

function readInteger(value: unknown, rules: { min?: number; max?: number }, report: Report): number {
  if (value === undefined) return report('required')
  if (value === null) return report('null')
  const source = value instanceof JsonNumber ? value.source : value
  if (typeof source === 'string' && source.length > 1000) return report('max_string_length')
  const form = /^\s*[+-]?\d+(?:\.0*)?\s*$/
  const number =
    typeof source === 'number'
      ? source
      : typeof source === 'string' && form.test(source)
        ? Number(source)
        : Number.NaN
  if (!Number.isInteger(number)) return report('invalid_integer')
  // beyond them numbers change on the way, and databases have no room
  const { max = Number.MAX_SAFE_INTEGER, min = Number.MIN_SAFE_INTEGER } = rules
  if (number > max) report('max_value', { max })
  if (number < min) report('min_value', { min })
  return number
}

const TRUE_WORDS = new Set(['t', 'true', 'y', 'yes', '1', 'on'])
const FALSE_WORDS = new Set(['f', 'false', 'n', 'no', '0', 'off'])

/** Yes or no, also written as one of the usual words. */
export const truth = (rules: { description?: string } = {}) =>
  field(
    (value, report) => {
      if (value === undefined) return report('required')
      if (value === null) return report('null')
      if (typeof value === 'boolean') return value
      const word = (value instanceof JsonNumber ? value.source : String(value)).toLowerCase()
      if (TRUE_WORDS.has(word)) return true
      return FALSE_WORDS.has(word) ? false : report('invalid_boolean')
    },
    { type: 'boolean', ...(rules.description && { description: rules.description }) },
  )

/** A day, `YYYY-MM-DD`. */
export const date = (rules: { description?: string } = {}) =>
  field(
    (value, report) => {
      if (value === undefined) return report('required')
      if (value === null) return report('null')
      const isDay = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
      const day = isDay ? new Date(`${value}T00:00:00Z`) : null
      const isReal =
        day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(String(value))
      return isReal ? String(value) : report('invalid_date')
    },
    { type: 'string', format: 'date', ...(rules.description && { description: rules.description }) },
  )

/** A moment, RFC 3339 (`2030-01-31T12:00:00Z`) or a day, as milliseconds since 1970. */
export const moment = (rules: { description?: string } = {}) =>
  field(
    (value, report) => {
      if (value === undefined) return report('required')
      if (value === null) return report('null')
      const form = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/
      const time = typeof value === 'string' && form.test(value) ? Date.parse(value) : Number.NaN
      return Number.isNaN(time) ? report('invalid_datetime') : time
    },
    { type: 'string', format: 'date-time', ...(rules.description && { description: rules.description }) },
  )
