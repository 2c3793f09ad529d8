/**
 * What this instance holds in memory of what all instances share: the list of revocations and the keys. It is brought
 * up to date when another instance announces a change, and by looking once a second all the same. An instance that
 * could not look for a few seconds, because it was paused or cut off, looks before it trusts what it holds.
 */
import { fail } from '../domain/errors.ts'

/** The part that requests use. */
export interface SharedState {
  /**
   * To be awaited before anything held in memory decides: undefined when it was brought up to date a moment ago.
   * Throws `unavailable` when that cannot be done.
   */
  ensureFresh(): Promise<void> | undefined
}

/** The part that the program uses. */
export interface SharedStateWatch extends SharedState {
  /** Something was announced: brings everything up to date, now or right after what is under way. */
  refresh(): void
  /** Looks once a second until it is stopped. Does not keep the process alive. */
  start(): void
  /** Looks no more by itself; resolves when the look under way is done, so that the database can be closed. */
  stop(): Promise<void>
}

/** How often to look, and how old what is held may be, in milliseconds: the bound of a revocation. */
const INTERVAL = 1000
const MAX_AGE = 3000

/** How soon an instance that is up to date knows what was published, in milliseconds, with a reserve. */
export const KNOWN_AFTER = MAX_AGE + 1000

/** What it needs. */
export interface SharedStateDeps {
  /** Bring the parts up to date. */
  readonly parts: readonly (() => Promise<unknown>)[]
  readonly onError: (error: unknown, about: string) => void
  /** Milliseconds that no change of the clock moves. */
  readonly monotonic?: () => number
}

/** Makes it; what it holds counts as fresh, for it was just read. */
export function createSharedState({
  parts,
  onError,
  monotonic = () => performance.now(),
}: SharedStateDeps): SharedStateWatch {
  let freshAt = monotonic()
  let pending: Promise<void> | undefined
  let asked = false
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  const isFresh = () => monotonic() - freshAt <= MAX_AGE
  const look = (): Promise<void> => {
    const began = monotonic()
    pending ??= Promise.all(parts.map((part) => part()))
      .then(() => {
        freshAt = began
      })
      .finally(() => {
        pending = undefined
        if (asked) refresh()
      })
    return pending
  }
  function refresh(): void {
    if (stopped) return
    // what is under way may have read before the change
    asked = pending !== undefined
    if (!asked) look().catch((error: unknown) => onError(error, 'catching up with other instances'))
  }
  async function catchUp(): Promise<void> {
    // what is under way may have begun before the pause
    await look()
    if (!isFresh()) await look()
    if (!isFresh()) throw fail('unavailable', { seconds: 1 })
  }
  return {
    ensureFresh: () => (isFresh() ? undefined : catchUp()),
    refresh,
    start: () => {
      timer ??= setInterval(refresh, INTERVAL).unref()
    },
    stop: async () => {
      stopped = true
      clearInterval(timer)
      // whoever began it hears of its failure
      await pending?.catch(() => {})
    },
  }
}
