/**
 * Learns from the server which sessions have ended, so that their access tokens are refused here at once too. Asks
 * by long poll; the answers are signed, so whoever stands between cannot bring a session back.
 */
import type { Clock } from '../domain/clock.ts'

/** How the feed is followed. */
export interface RevocationFeedOptions {
  /** The server's `/auth/revocations/`. */
  readonly url: string
  /** How long the server may be silent before its list counts as lost, in seconds. Default 10. */
  readonly maxStaleness?: number
  /** What happens then: `closed` (default) refuses every token with 503, `open` accepts them until they expire. */
  readonly onLost?: 'closed' | 'open'
}

/** What the feed knows. */
export interface RevocationFeed {
  isRevoked(sessionId: unknown): boolean
  /** Whether the server was not heard for too long and tokens must be refused. */
  readonly isLost: boolean
  /** Asks the server now; false when it does not answer. */
  update(): Promise<boolean>
  /** Resolves after the first answer, or after `milliseconds`. */
  ready(milliseconds: number): Promise<void>
  close(): void
}

/** What a page of the feed says, once its signature was checked. */
export interface FeedPage {
  /** What it was asked for. */
  readonly since: number
  readonly seq: number
  readonly entries: readonly (readonly [seq: number, sessionId: string, expiresAt: number])[]
}

/** Most seconds that one long poll waits; half of `maxStaleness` where that is less, so that silence means trouble. */
const LONGEST_WAIT = 5
/** Milliseconds before the next try after a failure. */
const RETRY = 1000

/** Starts to follow a feed. `open` checks the signature of a page and reads it. */
export function followRevocations(
  options: RevocationFeedOptions,
  deps: {
    readonly clock: Clock
    readonly fetch: typeof fetch
    readonly open: (token: string) => Promise<FeedPage>
  },
): RevocationFeed {
  const { url, maxStaleness = 10, onLost = 'closed' } = options
  const usualWait = Math.max(1, Math.min(LONGEST_WAIT, Math.floor(maxStaleness / 2)))
  const sessions = new Map<string, number>()
  const stop = new AbortController()
  let seq = 0
  let heardAt = Number.NEGATIVE_INFINITY
  let announce: () => void = () => {}
  const first = new Promise<void>((resolve) => {
    announce = resolve
  })

  const ask = async (wait: number): Promise<void> => {
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout((wait + 5) * 1000)])
    const asked = seq
    const answer = await deps.fetch(`${url}?since=${asked}&wait=${wait}`, { signal, redirect: 'error' })
    if (!answer.ok) throw new TypeError(`${url} answers ${answer.status}`)
    const { token } = (await answer.json()) as { token: string }
    const page = await deps.open(token)
    // a good page of later entries would pass over those before them
    if (page.since !== asked) throw new TypeError(`${url} answers another question`)
    for (const [, sessionId, expiresAt] of page.entries) sessions.set(sessionId, expiresAt * 1000)
    // a server that knows less than before was restored from a backup, or forgot what is over: it counts anew
    const isBehind = page.seq < asked
    seq = isBehind ? 0 : Math.max(seq, page.seq)
    // how long ago is a duration: the time of day may jump
    heardAt = performance.now()
    const now = deps.clock.now()
    for (const [id, expiresAt] of sessions) if (expiresAt <= now) sessions.delete(id)
    announce()
    // there may be more than fits into one page
    if (isBehind || (wait === 0 && page.seq > asked)) await ask(0)
  }
  const follow = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const isFirst = heardAt === Number.NEGATIVE_INFINITY
      const [known, asked] = [seq, performance.now()]
      await ask(isFirst ? 0 : usualWait).catch(() => pause(RETRY, stop.signal))
      // a server with too many who wait answers at once, and must not be asked all the time
      const isHasty = !isFirst && seq === known && performance.now() - asked < RETRY
      if (isHasty) await pause(RETRY, stop.signal)
    }
  }
  follow().catch(() => {})
  return {
    isRevoked: (sessionId) => typeof sessionId === 'string' && sessions.has(sessionId),
    get isLost() {
      return onLost === 'closed' && performance.now() - heardAt > maxStaleness * 1000
    },
    update: () =>
      ask(0).then(
        () => true,
        () => false,
      ),
    ready: (milliseconds) => Promise.race([first, pause(milliseconds, stop.signal)]),
    close: () => stop.abort(),
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    timer.unref()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
