/**
 * The short list of sessions whose access tokens are refused although they have not expired. It lives in memory,
 * so that checking a token costs no query; an entry stays as long as a token of its session can.
 */
import type { Clock } from '../domain/clock.ts'
import type { Revocation, RevocationStore } from '../store/store.ts'
import type { Claims } from './jwt.ts'

/** What verifiers hold in memory. */
export interface RevocationList {
  /** Whether the session that the claims name was ended. */
  isRevoked(claims: Claims): boolean
  /** Takes in entries of this process, at once. */
  apply(entries: readonly Revocation[]): void
  /** Fetches what came since the last time, from whatever process; returns how many entries. */
  catchUp(): Promise<number>
  /** The entries that came after a sequence number, oldest first, as far as everything before is known. */
  since(seq: number): readonly Revocation[]
  /** Resolves when there is something after `seq`, or after `wait` milliseconds. */
  news(seq: number, wait: number): Promise<void>
  /** Everything up to this sequence number is known. */
  readonly seq: number
  /** How long ago the list was last known to be complete, in milliseconds. */
  readonly age: number
  /** How many entries are held. */
  readonly size: number
}

/** How many may wait for news at a time. Anybody may ask, and who does not wait asks again. */
const MOST_WAITING = 1000

/** Makes an empty list; `catchUp` fills it from the store. */
export function createRevocationList(deps: { store: RevocationStore; clock: Clock }): RevocationList {
  const sessions = new Map<string, Revocation>()
  const waiting = new Set<() => void>()
  let seq = 0
  let lookedAt = Number.NEGATIVE_INFINITY
  // a duration, so the monotonic clock: the time of day may jump
  let completeAt = performance.now()
  const keep = (entries: readonly Revocation[]) => {
    for (const entry of entries) sessions.set(entry.sessionId, entry)
  }
  const list: RevocationList = {
    isRevoked: (claims) => typeof claims.sid === 'string' && sessions.has(claims.sid),
    apply: (entries) => {
      keep(entries)
      // an entry of one's own may be younger than one of another process that was not fetched yet, so the
      // sequence only moves on with what the store says
      if (entries.length > 0) list.catchUp().catch(() => {})
    },
    catchUp: async () => {
      const now = deps.clock.now()
      for (const [sid, { expiresAt }] of sessions) if (expiresAt <= now) sessions.delete(sid)
      // a clock that was ahead let entries be forgotten that count again
      const entries = await deps.store.since(now < lookedAt ? 0 : seq, now)
      keep(entries)
      lookedAt = now
      completeAt = performance.now()
      seq = entries.reduce((highest, entry) => Math.max(highest, entry.seq), seq)
      if (entries.length > 0) for (const wake of waiting) wake()
      return entries.length
    },
    since: (from) =>
      [...sessions.values()]
        .filter((entry) => entry.seq > from && entry.seq <= seq)
        .sort((a, b) => a.seq - b.seq),
    news: (from, wait) =>
      new Promise((resolve) => {
        if (seq > from || wait <= 0 || waiting.size >= MOST_WAITING) return resolve()
        const timer = setTimeout(done, wait)
        waiting.add(done)
        function done(): void {
          clearTimeout(timer)
          waiting.delete(done)
          resolve()
        }
      }),
    get seq() {
      return seq
    },
    get age() {
      return performance.now() - completeAt
    },
    get size() {
      return sessions.size
    },
  }
  return list
}
