/** The only source of time in flows, so that tests can hold it still. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() }

/** Whole seconds since 1970, as JWT claims count (RFC 7519 §2, NumericDate). */
export const seconds = (clock: Clock): number => Math.floor(clock.now() / 1000)
