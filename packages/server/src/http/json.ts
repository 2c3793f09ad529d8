/** Reads JSON as Python's reader does where it shows on the wire: numbers keep the text they were written with. */
import { DoorwardError, fail } from '../domain/errors.ts'

/** A number of a JSON body. Text fields take it as its text, and `1.0` is not `1` there. */
export class JsonNumber {
  readonly source: string

  constructor(source: string) {
    this.source = source
  }

  /** Whether it was written as a whole number: no point, no exponent. */
  get isWhole(): boolean {
    return /^-?\d+$/.test(this.source)
  }

  /** Its value as a double. */
  get value(): number {
    return Number(this.source)
  }

  /** What Python's `str()` makes of it. */
  get text(): string {
    return this.isWhole ? String(BigInt(this.source)) : pythonFloat(this.value)
  }
}

/** A double as Python prints it: with a point or an exponent, and exponents of two digits at least. */
function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.0'
  const [, mantissa = '', exponent = ''] = /^(-?\d(?:\.\d+)?)e([+-]\d+)$/.exec(value.toExponential()) ?? []
  const power = Number(exponent)
  if (value !== 0 && (power < -4 || power >= 16)) {
    const digits = String(Math.abs(power)).padStart(2, '0')
    return `${mantissa}e${power < 0 ? '-' : '+'}${digits}`
  }
  const plain = Math.abs(power) < 21 ? plainDecimal(value) : String(value)
  return plain.includes('.') ? plain : `${plain}.0`
}

function plainDecimal(value: number): string {
  const text = String(value)
  return text.includes('e') ? value.toFixed(20).replace(/0+$/, '') : text
}

/**
 * Parses a body. Numbers come as `JsonNumber`; of duplicate keys the last one counts. Throws `parse_error`, which
 * never repeats what was sent.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' ? numberOf(context?.source ?? String(value)) : value,
    )
  } catch (error) {
    if (error instanceof DoorwardError) throw error
    throw fail('parse_error', { reason: position(error) })
  }
}

/** Longest whole number that Python reads, in digits. */
const MAX_DIGITS = 4300

function numberOf(source: string): JsonNumber {
  const number = new JsonNumber(source)
  if (number.isWhole && source.length > MAX_DIGITS + Number(source.startsWith('-'))) {
    throw fail('parse_error', { reason: `a whole number has more than ${MAX_DIGITS} digits` })
  }
  return number
}

/** Where the reader stopped, if it says so: in short texts it does not. Its own sentence quotes the body. */
function position(error: unknown): string {
  const sentence = error instanceof Error ? error.message : ''
  if (sentence.includes('end of JSON input')) return 'Invalid JSON: the text ends too early'
  const at = /position (\d+)/.exec(sentence)?.[1]
  return at ? `Invalid JSON at char ${at}` : 'Invalid JSON'
}

/** How Python calls the type of a top-level value. */
export function pythonType(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  if (value instanceof JsonNumber) return value.isWhole ? 'int' : 'float'
  return typeof value === 'boolean' ? 'bool' : 'str'
}
