/** A load that a generator can make, and the choice of the generator. */
import { execFileSync } from 'node:child_process'
import { driveWithAutocannon } from './autocannon.ts'
import type { Measurement } from './measurement.ts'
import { driveWithWrk } from './wrk.ts'

/** What the requests of a load say. */
export type Bodies =
  /** Every request says the same. */
  | { readonly kind: 'same'; readonly text: string }
  /** Each request says the next of these, from the first again when all were said. */
  | { readonly kind: 'each'; readonly texts: readonly string[] }
  /**
   * Each request says what an earlier answer gave, in the field of that name of a JSON object: the refresh tokens
   * of sessions. At least as many `first` as there are connections.
   */
  | { readonly kind: 'chain'; readonly field: string; readonly first: readonly string[] }

/** Requests that are sent one after the other on each connection, as fast as they are answered. */
export interface Load {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly bodies?: Bodies
}

/** How long, and how many at the same time. */
export interface Effort {
  readonly seconds: number
  readonly connections: number
}

/** A program that makes load. */
export interface Generator {
  readonly name: string
  drive(load: Load, effort: Effort): Promise<Measurement>
}

/**
 * `wrk` where it is installed: it takes a fifth of the processor time of `autocannon`, which on two processors is
 * itself the limit of whatever answers in less than some 20 µs. One generator makes all the load of a run.
 */
export function chooseGenerator(): Generator {
  try {
    // it prints its version with its usage, and calls that a failure
    execFileSync('wrk', ['--version'], { stdio: 'pipe' })
  } catch (error) {
    const { stdout } = error as { stdout?: Buffer }
    const version = /^wrk (\S+)/.exec(stdout?.toString() ?? '')?.[1]
    if (version === undefined)
      return { name: 'autocannon 9 (wrk is not installed)', drive: driveWithAutocannon }
    return { name: `wrk ${version}`, drive: driveWithWrk }
  }
  return { name: 'wrk', drive: driveWithWrk }
}
