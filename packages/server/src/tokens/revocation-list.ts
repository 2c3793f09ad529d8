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
  /** Takes in entries, from this process or from the store. */
  apply(entries: readonly Revocation[]): void
  /** Fetches what came since the last time; returns how many entries. */
  catchUp(): Promise<number>
  /** The highest sequence number seen. */
  readonly seq: number
  /** How many entries are held. */
  readonly size: number
}

/** Makes an empty list; `catchUp` fills it from the store. */
export function createRevocationList(deps: { store: RevocationStore; clock: Clock }): RevocationList {
  const sessions = new Map<string, number>()
  let seq = 0
  const forget = (now: number) => {
    for (const [sid, expiresAt] of sessions) if (expiresAt <= now) sessions.delete(sid)
  }
  const apply = (entries: readonly Revocation[]) => {
    for (const entry of entries) sessions.set(entry.sessionId, entry.expiresAt)
  }
  return {
    isRevoked: (claims) => typeof claims.sid === 'string' && sessions.has(claims.sid),
    apply,
    catchUp: async () => {
      const now = deps.clock.now()
      forget(now)
      const entries = await deps.store.since(seq, now)
      apply(entries)
      // only here: an entry of one's own may be younger than one of another process that was not fetched yet
      seq = entries.reduce((highest, entry) => Math.max(highest, entry.seq), seq)
      return entries.length
    },
    get seq() {
      return seq
    },
    get size() {
      return sessions.size
    },
  }
}
