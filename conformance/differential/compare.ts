import type { SeenAnswer } from './normalise.ts'

/** A place where Doorward differs on purpose: what the reference does, and what Doorward documents. */
export interface Deviation {
  readonly why: string
  /** The status of the reference, so that a stale fact is noticed. */
  readonly reference: number
  /** The statuses that Doorward's documents allow here. */
  readonly doorward: readonly number[]
  /** Doorward's JSON body, where the documents give one. */
  readonly body?: unknown
}

/** One observation made on one server. */
export interface Observation {
  readonly label: string
  readonly seen: unknown
  /** Differences in this part are told but do not fail. */
  readonly optional?: unknown
  readonly deviation?: Deviation
  /** Tells an HTTP answer from mails and notes. */
  readonly answer?: SeenAnswer
}

/** One observation of each side, judged. */
export interface Comparison {
  readonly label: string
  /** Empty if both sides agree. */
  readonly faults: readonly string[]
  readonly optionalFaults: readonly string[]
  /** What the reference did, for `--show`. */
  readonly reference: unknown
}

/** Compares what the same script saw on both sides, step by step. */
export function compareObservations(
  a: readonly Observation[],
  b: readonly Observation[],
  selfCheck: boolean,
): Comparison[] {
  const length = Math.max(a.length, b.length)
  return Array.from({ length }, (_, index) => compareOne(a[index], b[index], selfCheck))
}

function compareOne(a: Observation | undefined, b: Observation | undefined, selfCheck: boolean): Comparison {
  if (a === undefined || b === undefined) {
    const lonely = a ?? b
    const side = a === undefined ? 'Doorward' : 'the reference'
    return { label: lonely?.label ?? '', faults: [`only on ${side}`], optionalFaults: [], reference: a?.seen }
  }
  const faults = selfCheck ? [...staleness(a), ...diff(a.seen, b.seen)] : judge(a, b)
  const compareRest = faults.length === 0 && a.deviation === undefined && !crashed(a)
  const optionalFaults = compareRest ? diff(a.optional, b.optional) : []
  return { label: b.label, faults, optionalFaults, reference: a.seen }
}

function judge(a: Observation, b: Observation): string[] {
  if (a.deviation) return judgeDeviation(a.deviation, a, b)
  if (crashed(a)) return judgeCrash(b)
  return diff(a.seen, b.seen)
}

/** A fact about the reference that no longer holds. */
function staleness({ deviation, answer }: Observation): string[] {
  if (deviation === undefined || deviation.reference === answer?.status) return []
  return [`the reference was known to answer ${deviation.reference}, and answers ${answer?.status}`]
}

function judgeDeviation(deviation: Deviation, a: Observation, b: Observation): string[] {
  const stale = staleness(a)
  const status = b.answer?.status ?? 0
  const wrong = deviation.doorward.includes(status)
    ? []
    : [`status: documented ${deviation.doorward.join(' or ')}, Doorward ${status}`]
  const body = 'body' in deviation ? diff(deviation.body, b.answer?.body, 'body') : []
  const faults = [...stale, ...wrong, ...body]
  return faults.length === 0 ? [] : [`deliberate difference: ${deviation.why}`, ...faults]
}

function crashed(a: Observation): boolean {
  return a.answer?.status === 500
}

/** Where the reference crashes, Doorward owes an answer that blames the request. */
function judgeCrash(b: Observation): string[] {
  const status = b.answer?.status ?? 0
  if (status >= 200 && status < 500) return []
  return [`the reference crashes here, and Doorward answers ${status} instead of a fitting 4xx`]
}

/** The differences between two JSON-like values, one line each. Key order does not count. */
export function diff(a: unknown, b: unknown, path = ''): string[] {
  if (Object.is(a, b)) return []
  if (Array.isArray(a) && Array.isArray(b)) {
    const length = Math.max(a.length, b.length)
    return Array.from({ length }, (_, i) => diff(a[i] as unknown, b[i] as unknown, `${path}[${i}]`)).flat()
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...keys].flatMap((key) => diff(a[key], b[key], path === '' ? key : `${path}.${key}`))
  }
  return [`${path || 'value'}: reference ${show(a)}, Doorward ${show(b)}`]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function show(value: unknown): string {
  const text = value === undefined ? '(absent)' : JSON.stringify(value)
  return text.length > 400 ? `${text.slice(0, 400)}…` : text
}
