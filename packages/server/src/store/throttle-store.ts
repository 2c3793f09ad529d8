/** What may be asked of the counters that slow down guessing, wherever they are kept. */
import type { Limit } from '../domain/throttle.ts'

/** Something that somebody tries, counted under a key. */
export interface Attempt {
  /** Says who and what; whoever made it hashed what is personal in it. */
  readonly key: string
  readonly limit: Limit
}

/** What became of an attempt. */
export interface Taken {
  readonly key: string
  /** Milliseconds to wait; 0 when the attempt was let through, and counted. */
  readonly wait: number
  /** Attempts that are remembered now. */
  readonly level: number
}

/** Counters of attempts. Where several instances serve one site, they share them. */
export interface ThrottleStore {
  /** Counts each attempt unless it comes too early, atomically: simultaneous attempts pass one by one. */
  take(attempts: readonly Attempt[], now: number): Promise<readonly Taken[]>
  /** What turned out afterwards: keys whose last attempt should not count, and keys with a clean slate. */
  settle(outcome: { readonly giveBack: readonly string[]; readonly forget: readonly string[] }): Promise<void>
  /** Deletes what does not matter any more. */
  sweep(now: number): Promise<void>
  close(): Promise<void>
}
