/**
 * Takes mails out of the outbox and hands them over until each one is delivered or given up. Any number of workers
 * may share a database: a mail belongs to the one that claimed it until its lease ends.
 */
import type { Clock } from '../domain/clock.ts'
import type { OutboxMail, Store } from '../store/store.ts'
import type { MailTransport } from './transport.ts'
import { DeliveryError } from './transport.ts'

/** How the worker goes about it. Times are milliseconds. */
export interface OutboxSettings {
  /** How long a claimed mail is left alone by others: longer than any delivery takes. */
  readonly lease: number
  /** How often it looks for mails that came without a `wake()` or are to be tried again. */
  readonly pollInterval: number
  /** How many mails are handed over at once. */
  readonly concurrency: number
  /**
   * Within what time after a `wake()` it looks, at a moment that chance decides. Delivering takes work, and whoever asks
   * for a mail and for something else right after it could tell by that answer whether there was one to deliver.
   */
  readonly spread: number
}

const SETTINGS: OutboxSettings = { lease: 60_000, pollInterval: 3000, concurrency: 3, spread: 1000 }

/** What the worker has done since it was made. */
export interface OutboxStats {
  readonly delivered: number
  /** Deliveries that did not work out and will be tried again. */
  readonly postponed: number
  /** Mails given up. */
  readonly dead: number
  readonly inFlight: number
}

/** The worker. None of its functions throws or rejects. */
export interface OutboxWorker {
  /** Begins to deliver what is due, now and whenever something comes up. Does not keep the process alive. */
  start(): void
  /** There is a new mail: it leaves within a second. For the store to call after a commit; does nothing before `start()`. */
  wake(): void
  /** Takes nothing more and resolves when the mails in flight are done. The transport stays open. */
  stop(): Promise<void>
  /** Resolves when everything due was tried once. Needs no `start()`: for commands that end, and for tests. */
  drain(): Promise<void>
  stats(): OutboxStats
}

/** What the worker needs. */
export interface OutboxWorkerDeps {
  readonly store: Pick<Store, 'outbox'>
  readonly transport: MailTransport
  readonly clock: Clock
  /** Told of what goes wrong and about what it was; the worker goes on. Must not throw. */
  readonly onError?: (error: unknown, about: string) => void
  readonly settings?: Partial<OutboxSettings>
}

/**
 * Makes a worker. It delivers each mail at least once, and twice only if the process or the connection dies between
 * the server's acceptance and the note of it; the Message-ID is then the same.
 */
export function createOutboxWorker(deps: OutboxWorkerDeps): OutboxWorker {
  const settings = { ...SETTINGS, ...deps.settings }
  const deliver = createDelivery(deps)
  const lanes = new Set<Promise<void>>()
  let timer: NodeJS.Timeout | undefined
  let soon: NodeJS.Timeout | undefined
  let stopped = false
  let asked = false

  /** One lane delivers one mail after the other and calls for help while there is work. */
  async function lane(): Promise<void> {
    while (!stopped) {
      asked = false
      const mail = await claim()
      if (mail) {
        fillLanes()
        await deliver(mail)
      } else if (!asked) return
    }
  }

  /** A mail at a time, because a lease must outlast the wait for one delivery only. */
  async function claim(): Promise<OutboxMail | undefined> {
    try {
      const now = deps.clock.now()
      const [mail] = await deps.store.outbox.claim({ now, lease: settings.lease, limit: 1 })
      return mail
    } catch (error) {
      asked = false
      deps.onError?.(error, 'reading the outbox')
      return undefined
    }
  }

  function fillLanes(): void {
    // A lane that is about to find nothing looks again, or a mail committed meanwhile would wait for the poll.
    asked = true
    if (stopped || lanes.size >= settings.concurrency) return
    const running = lane().finally(() => lanes.delete(running))
    lanes.add(running)
  }

  function look(): void {
    soon = undefined
    fillLanes()
  }

  async function idle(): Promise<void> {
    while (lanes.size > 0) await Promise.all(lanes)
  }

  return {
    start: () => {
      timer ??= setInterval(fillLanes, settings.pollInterval).unref()
      fillLanes()
    },
    wake: () => {
      if (timer && !stopped) soon ??= setTimeout(look, Math.random() * settings.spread).unref()
    },
    stop: () => {
      stopped = true
      clearInterval(timer)
      clearTimeout(soon)
      return idle()
    },
    drain: () => {
      fillLanes()
      return idle()
    },
    stats: deliver.stats,
  }
}

/** Delivers a mail and notes what came of it. */
function createDelivery({ store, transport, clock, onError }: OutboxWorkerDeps) {
  const counts = { delivered: 0, postponed: 0, dead: 0, inFlight: 0 }
  /** Mails handed over whose note failed: when the lease brings them back, only the note is made up for. */
  const unnoted = new Set<number>()

  async function handOver(mail: OutboxMail): Promise<void> {
    if (unnoted.has(mail.id)) return
    await transport.send(mail)
    counts.delivered += 1
    unnoted.add(mail.id)
  }

  async function noteFailure(mail: OutboxMail, error: unknown): Promise<void> {
    const retryAt = nextAttempt(mail, error, clock.now())
    const kind = retryAt === null ? 'dead' : 'postponed'
    counts[kind] += 1
    onError?.(error, `mail ${mail.id} ${kind === 'dead' ? 'given up' : 'postponed'}`)
    await store.outbox.failed(mail.id, reasonOf(error), retryAt)
  }

  async function deliver(mail: OutboxMail): Promise<void> {
    const failure = await handOver(mail).then(
      () => null,
      (error: unknown) => ({ error }),
    )
    if (failure) return noteFailure(mail, failure.error)
    await store.outbox.sent(mail.id, clock.now(), transport.keepsBody)
    unnoted.delete(mail.id)
  }

  const guarded = async (mail: OutboxMail): Promise<void> => {
    counts.inFlight += 1
    try {
      await deliver(mail)
    } catch (error) {
      onError?.(error, `noting what became of mail ${mail.id}`)
    } finally {
      counts.inFlight -= 1
    }
  }
  return Object.assign(guarded, { stats: (): OutboxStats => ({ ...counts }) })
}

/** Only what a transport says on purpose is stored: other errors might quote the mail. */
const reasonOf = (error: unknown): string =>
  error instanceof DeliveryError ? error.message : 'The delivery failed for a reason of our own; see the log.'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** The waits after the first failures; then every hour. */
const WAITS = [5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE]
/** RFC 5321 §4.5.4.1 asks for four to five days; the links of these mails do not live that long. */
const GIVE_UP_AFTER = 48 * HOUR
/** A mailbox may be refused for good by mistake, while its server is being changed; thrice is no mistake. */
const PERMANENT_TRIES = 3

/**
 * When to try a mail again that has just failed (`attempts` counts that try), or null to give it up. Waits grow, and vary by a fifth, so that the
 * mails of an outage do not all come at once. Times are milliseconds since 1970.
 */
export function nextAttempt(
  mail: Pick<OutboxMail, 'attempts' | 'createdAt'>,
  error: unknown,
  now: number,
): number | null {
  if (error instanceof DeliveryError && error.permanent && mail.attempts >= PERMANENT_TRIES) return null
  const wait = (WAITS[mail.attempts - 1] ?? HOUR) * (0.8 + Math.random() * 0.4)
  return now + wait > mail.createdAt + GIVE_UP_AFTER ? null : Math.round(now + wait)
}
