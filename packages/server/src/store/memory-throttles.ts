/** Throttling counters of one process: what a server with an embedded database needs. */
import { afterAttempt, afterRefusal, forgottenAt, type ThrottleState, waitOf } from '../domain/throttle.ts'
import type { ThrottleStore } from './throttle-store.ts'

/** Most keys that are remembered. Beyond it the oldest go, so that a flood of addresses cannot fill the memory. */
const MOST_KEYS = 200_000

/** Counters in memory; a restart forgets them. */
export function createMemoryThrottles(mostKeys = MOST_KEYS): ThrottleStore {
  const kept = new Map<string, { readonly state: ThrottleState; readonly until: number }>()
  const dropOldest = () => {
    for (const key of kept.keys()) {
      if (kept.size <= mostKeys) return
      kept.delete(key)
    }
  }
  return {
    take: async (attempts, now) =>
      attempts.map(({ key, limit }) => {
        const state = kept.get(key)?.state
        const wait = waitOf(state, limit, now)
        const next = state && wait > 0 ? afterRefusal(state, now) : afterAttempt(state, limit, now)
        if (wait === 0) kept.delete(key)
        kept.set(key, { state: next, until: forgottenAt(next, limit) })
        dropOldest()
        return { key, wait, level: next.level }
      }),
    settle: async ({ giveBack, forget }) => {
      for (const key of forget) kept.delete(key)
      for (const key of giveBack) {
        const entry = kept.get(key)
        if (!entry) continue
        const level = Math.max(0, entry.state.level - 1)
        kept.set(key, { ...entry, state: { ...entry.state, level } })
      }
    },
    sweep: async (now) => {
      for (const [key, { until }] of kept) if (until <= now) kept.delete(key)
    },
    close: async () => {},
  }
}
