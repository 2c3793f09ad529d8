/**
 * How guessing is slowed down: everybody has some attempts free, and beyond those each one waits twice as long as the
 * one before, up to a longest wait. Attempts are forgiven one by one as time goes by. An attempt that comes too
 * early is refused and not counted, so that nobody can prolong a wait by knocking. Pure: stores do the counting.
 */

/** What somebody may do before they have to wait, and how long. Times are milliseconds. */
export interface Limit {
  /** Attempts that may come at once. */
  readonly free: number
  /** After how long one attempt is forgiven. */
  readonly forgiveAfter: number
  /** The first wait; each further one is twice as long. */
  readonly delay: number
  /** The longest wait: there is no lock that never opens (OWASP ASVS 5.0, V6.1.1). */
  readonly longest: number
}

/** What is remembered of somebody. */
export interface ThrottleState {
  /** Attempts counted and not forgiven yet, when the last one was let through. */
  readonly level: number
  /** When that was, in milliseconds since 1970. */
  readonly at: number
}

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const FORM = /^(\d{1,6}) per (\d{1,6})([smhd]), then (\d{1,6})([smhd]) to (\d{1,6})([smhd])$/

/** Reads `5 per 1h, then 2s to 15m`; null for anything else, and for a limit that lets nobody in. */
export function parseLimit(text: string): Limit | null {
  const [, count, per, perUnit, first, firstUnit, last, lastUnit] = FORM.exec(text) ?? []
  const time = (amount = '', unit = '') => Number(amount) * (UNITS[unit as keyof typeof UNITS] ?? Number.NaN)
  const free = Number(count)
  const limit = {
    free,
    forgiveAfter: time(per, perUnit) / free,
    delay: time(first, firstUnit),
    longest: time(last, lastUnit),
  }
  const isLimit = free >= 1 && limit.forgiveAfter > 0 && limit.delay > 0 && limit.longest >= limit.delay
  return isLimit ? limit : null
}

/** The most attempts that are remembered: what comes after the longest wait does not make it longer. */
export const mostRemembered = ({ free, delay, longest }: Limit): number =>
  free + Math.ceil(Math.log2(longest / delay)) + 1

/** A time in the future counts as now: the clock was ahead then, and nobody must wait until it is there again. */
const elapsedSince = (at: number, now: number): number => Math.max(0, now - at)

const levelNow = ({ level, at }: ThrottleState, { forgiveAfter }: Limit, now: number): number =>
  Math.max(0, level - elapsedSince(at, now) / forgiveAfter)

/** How long somebody has to wait from `now` on, in milliseconds; 0 when they may try. */
export function waitOf(state: ThrottleState | undefined, limit: Limit, now: number): number {
  if (!state) return 0
  const beyond = levelNow(state, limit, now) + 1 - limit.free
  if (beyond <= 0) return 0
  const wait = Math.min(limit.longest, limit.delay * 2 ** (Math.ceil(beyond) - 1))
  return Math.max(0, Math.min(wait - elapsedSince(state.at, now), beyond * limit.forgiveAfter))
}

/** What is remembered after an attempt that was refused: the same, but no time in the future. */
export const afterRefusal = ({ level, at }: ThrottleState, now: number): ThrottleState => ({
  level,
  at: Math.min(at, now),
})

/** What is remembered after an attempt that was let through. */
export const afterAttempt = (state: ThrottleState | undefined, limit: Limit, now: number): ThrottleState => ({
  level: Math.min(mostRemembered(limit), (state ? levelNow(state, limit, now) : 0) + 1),
  at: now,
})

/** When nothing of it matters any more, in milliseconds since 1970. */
export const forgottenAt = ({ level, at }: ThrottleState, { forgiveAfter }: Limit): number =>
  at + Math.ceil(level * forgiveAfter)
