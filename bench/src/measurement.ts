/** What a measurement says, and what several of them say together. */

/** One measurement of one system. */
export interface Measurement {
  /** Answers, or pieces of work, in a second. */
  readonly perSecond: number
  /** Latencies in milliseconds; absent where nothing waited for an answer. */
  readonly p50?: number
  readonly p99?: number
  readonly max?: number
  /** Answers with a status of 400 or more, and requests without an answer. None are expected. */
  readonly failed: number
}

/** Several measurements of one system. */
export interface Summary {
  readonly name: string
  /** The median of the rates, and the lowest and the highest. */
  readonly median: number
  readonly lowest: number
  readonly highest: number
  readonly p50?: number
  readonly p99?: number
  readonly failed: number
  readonly rounds: readonly Measurement[]
}

/** The middle one; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN
  const high = sorted[Math.floor(middle)] ?? Number.NaN
  return (low + high) / 2
}

/** Puts the rounds of one system together. */
export function summarize(name: string, rounds: readonly Measurement[]): Summary {
  const rates = rounds.map(({ perSecond }) => perSecond)
  const latency = (key: 'p50' | 'p99') => {
    const values = rounds.flatMap((round) => round[key] ?? [])
    return values.length === 0 ? undefined : median(values)
  }
  return {
    name,
    median: median(rates),
    lowest: Math.min(...rates),
    highest: Math.max(...rates),
    p50: latency('p50'),
    p99: latency('p99'),
    failed: rounds.reduce((sum, { failed }) => sum + failed, 0),
    rounds,
  }
}
