/** Reads one value of one setting, from the typed configuration or from a text of the environment. */
import type { Objection, SettingSpec } from './descriptors.ts'

/** A value that will do, or what is wrong with it. */
export type Reading =
  | { readonly value: unknown; readonly objections: readonly [] }
  | { readonly objections: readonly [Objection, ...Objection[]] }

type Spec = SettingSpec<unknown>

const ON = /^(?:true|on|yes|1)$/i
const OFF = /^(?:false|off|no|0)$/i
const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const
const DURATION = /^(\d{1,10})([smhd]?)$/

const good = (value: unknown): Reading => ({ value, objections: [] })
const bad = (problem: string, fix: string): Reading => ({ objections: [{ problem, fix }] })

/** Reads a text of the environment: lists are separated by commas, flags are words. */
export const readText = (spec: Spec, text: string): Reading => readValue(spec, fromText(spec, text))

/** The value that a text stands for; the text itself where it stands for none. */
function fromText(spec: Spec, text: string): unknown {
  const word = text.trim()
  switch (spec.kind) {
    case 'flag':
      return ON.test(word) || (OFF.test(word) ? false : word)
    case 'number':
      return /^-?\d{1,15}$/.test(word) ? Number(word) : word
    case 'duration':
      return word
    case 'choice':
      return spec.synonyms?.[word] ?? word
    case 'list':
      return word
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== '')
    default:
      return text
  }
}

/** Reads a value as the typed configuration gives it: type, bounds, and the setting's own check. */
export function readValue(spec: Spec, raw: unknown): Reading {
  const reading = raw === null && spec.nullable ? good(null) : readKind(spec, raw)
  if (!('value' in reading)) return reading
  const [first, ...rest] = spec.check?.(reading.value) ?? []
  return first ? { objections: [first, ...rest] } : reading
}

function readKind(spec: Spec, raw: unknown): Reading {
  switch (spec.kind) {
    case 'flag':
      return typeof raw === 'boolean' ? good(raw) : bad('is neither on nor off', 'Write true or false.')
    case 'number':
      return withinBounds(spec, raw, 'is not a whole number', bounds(spec, String))
    case 'duration':
      return withinBounds(spec, secondsOf(raw), 'is not a length of time', bounds(spec, writtenDuration))
    case 'choice':
      return typeof raw === 'string' && spec.choices?.includes(raw)
        ? good(raw)
        : bad('is none of the words there are', `Write one of: ${spec.choices?.join(', ')}.`)
    case 'list':
      return Array.isArray(raw) && raw.every((entry) => typeof entry === 'string')
        ? good(raw)
        : bad('is not a list of texts', "Write ['a', 'b'].")
    case 'text':
      if (typeof raw !== 'string') return bad('is not a text', 'Write a text in quotes.')
      return raw === '' && spec.default !== '' ? bad('is empty', 'Write a text, or leave it out.') : good(raw)
    case 'value':
      return good(raw)
  }
}

function withinBounds(spec: Spec, amount: unknown, otherwise: string, fix: string): Reading {
  if (!Number.isSafeInteger(amount)) return bad(otherwise, fix)
  const tooSmall = Number(amount) < (spec.min ?? Number.NEGATIVE_INFINITY)
  const tooLarge = Number(amount) > (spec.max ?? Number.POSITIVE_INFINITY)
  return tooSmall || tooLarge ? bad(`is too ${tooSmall ? 'small' : 'large'}`, fix) : good(amount)
}

/** Seconds of `90s`, `5m`, `24h`, `30d`, or of a bare number; NaN for anything else. */
function secondsOf(raw: unknown): number {
  if (typeof raw === 'number') return raw
  const [, amount, unit] = DURATION.exec(typeof raw === 'string' ? raw : '') ?? []
  return amount ? Number(amount) * SECONDS[(unit || 's') as keyof typeof SECONDS] : Number.NaN
}

function bounds(spec: Spec, written: (amount: number) => string): string {
  const kind =
    spec.kind === 'duration' ? 'seconds, or a time such as `90s`, `5m`, `24h`, `30d`' : 'a whole number'
  const { min, max } = spec
  if (min === undefined) return `Write ${kind}.`
  return `Write ${kind}; ${max === undefined ? `at least ${written(min)}` : `from ${written(min)} to ${written(max)}`}.`
}

/** A length of time in its largest whole unit: 300 → `5m`. */
export function writtenDuration(seconds: number): string {
  const units = Object.entries(SECONDS).toReversed()
  const [unit, size] = units.find(([, size]) => seconds >= size && seconds % size === 0) ?? ['s', 1]
  return `${seconds / size}${unit}`
}
