/** What a row of the table is, and how its systems are measured in turn. */
import type { Lab } from './lab.ts'
import type { Load } from './load.ts'
import type { Measurement, Summary } from './measurement.ts'
import { summarize } from './measurement.ts'

/** One system, or one limit, in a row. */
export interface Contestant {
  readonly name: string
  /** Measures once. */
  measure(seconds: number): Promise<Measurement>
}

/** A ratio that the row is about. */
export interface Ratio {
  readonly text: string
  readonly value: number
  /** What is aimed at; absent where nothing is. */
  readonly target?: number
  /** Whether the ratio should be at most the target instead of at least. */
  readonly atMost?: boolean
}

/** A row as it was measured. */
export interface RowResult {
  readonly id: string
  readonly title: string
  readonly unit: string
  readonly systems: readonly Summary[]
  readonly ratios: readonly Ratio[]
  readonly notes: readonly string[]
}

/** Something to measure. */
export interface Row {
  readonly id: string
  readonly title: string
  measure(lab: Lab): Promise<RowResult>
}

/** A contestant that answers a load; a fresh one each time where tokens are spent. */
export const answering = (lab: Lab, name: string, load: () => Promise<Load> | Load): Contestant => ({
  name,
  measure: async (seconds) => lab.drive(await load(), { seconds }),
})

/** The same for answers that take a password hash each: fewer at the same time, and long enough for some to end. */
export const answeringSlowly = (lab: Lab, name: string, load: () => Promise<Load> | Load): Contestant => ({
  name,
  measure: async (seconds) => lab.drive(await load(), { seconds: Math.max(seconds, 3), connections: 8 }),
})

/** Warms every contestant up, then measures A B C A B C …: what disturbs the machine disturbs all of them. */
export async function measureInTurn(
  lab: Lab,
  contestants: readonly Contestant[],
): Promise<readonly Summary[]> {
  const { rounds, seconds, warmUp } = lab.options
  const measured = new Map<string, Measurement[]>()
  for (const { name, measure } of contestants) {
    lab.tell(`warming up ${name}`)
    await measure(warmUp)
    measured.set(name, [])
  }
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, measure } of contestants) {
      lab.tell(`round ${round} of ${rounds}: ${name}`)
      measured.get(name)?.push(await measure(seconds))
    }
  }
  return [...measured].map(([name, list]) => summarize(name, list))
}

/** How one system compares with another in the same run; NaN when one of them is not there. */
export function compare(systems: readonly Summary[], name: string, other: string): number {
  const rate = (wanted: string) => systems.find((system) => system.name === wanted)?.median ?? Number.NaN
  return rate(name) / rate(other)
}
