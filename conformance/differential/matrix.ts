import { jsonObject } from './payload.ts'
import type { Session, StepOptions } from './session.ts'

/** JSON texts by field name; `undefined` leaves the field out. */
export type JsonFields = Readonly<Record<string, string | undefined>>

/** One way to fill a field, named for the report. */
export interface Variant {
  readonly name: string
  readonly json: string | undefined
}

const EMPTY_AND_WRONG: readonly Variant[] = [
  { name: 'missing', json: undefined },
  { name: 'null', json: 'null' },
  { name: 'blank', json: '""' },
  { name: 'spaces', json: '"   "' },
  { name: 'tab and newline', json: '"\\t\\r\\n"' },
  { name: 'no-break space', json: '"\\u00a0"' },
  { name: 'true', json: 'true' },
  { name: 'false', json: 'false' },
  { name: 'empty list', json: '[]' },
  { name: 'list', json: '["a"]' },
  { name: 'empty object', json: '{}' },
  { name: 'object', json: '{"a":1}' },
  { name: 'NUL', json: '"a\\u0000b"' },
  { name: 'only NUL', json: '"\\u0000"' },
  { name: 'NUL and lone surrogate', json: '"\\u0000\\ud800"' },
  { name: 'lone high surrogate', json: '"a\\ud800"' },
  { name: 'lone low surrogate', json: '"\\udfffa"' },
]

const NUMBERS: readonly Variant[] = ['0', '7', '-1', '1.5', '1e3', '123456789012345678901234567890'].map(
  (json) => ({
    name: `number ${json}`,
    json,
  }),
)

const TEXTS: readonly Variant[] = [
  { name: 'emoji', json: '"\\ud83d\\ude00"' },
  { name: 'zero width space', json: '"\\u200b"' },
  { name: 'a letter', json: '"x"' },
  { name: 'markup', json: '"<b>&amp;\'"' },
  { name: '300 letters', json: JSON.stringify('x'.repeat(300)) },
]

/** Every wrong value that a text field can be given, and the borderline ones. */
export const TEXT_VARIANTS: readonly Variant[] = [...EMPTY_AND_WRONG, ...NUMBERS, ...TEXTS]

/** Sends a request once per variant of one field, all other fields as in `base`. */
export async function vary(
  s: Session,
  request: { method: string; path: string; options?: StepOptions },
  base: JsonFields,
  field: string,
  variants: readonly Variant[] = TEXT_VARIANTS,
): Promise<void> {
  for (const { name, json } of variants) {
    const body = jsonObject({ ...base, [field]: json })
    await s.send(request.method, request.path, body, { ...request.options, note: `${field}: ${name}` })
  }
}

/** JSON texts of a plain object. */
export function toJsonFields(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, JSON.stringify(value)]))
}
