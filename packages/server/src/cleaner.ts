/** Deletes what is over, a little at a time, for as long as the program runs. */
import type { Settings } from './config/settings.ts'
import type { Clock } from './domain/clock.ts'
import { createRounds, type Pace } from './rounds.ts'
import { type Retention, SWEEPS, type Sweep, type SweepName } from './store/sweeps.ts'

/** What was cleaned up since the program started. */
export interface CleanerStats {
  /** Rows deleted, by what they were. */
  readonly deleted: Readonly<Record<SweepName, number>>
  /** When the last round was finished, in milliseconds since 1970; null before the first. */
  readonly finishedAt: number | null
}

/** The cleaner. */
export interface Cleaner {
  /** Begins; the first round comes after a minute or so. Does not keep the process alive. */
  start(): void
  /** One round over everything that is due now. Throws what the database throws. */
  run(): Promise<void>
  stats(): CleanerStats
  /** Resolves when the batch under way is done. */
  stop(): Promise<void>
}

/** Rows of one statement, and the pause after it, in milliseconds: others come first. */
const BATCH = 500
const PAUSE = 50

/** The first round, in milliseconds; spread, so that instances that start together do not all begin at once. */
const FIRST_ROUND = 60_000

/** Makes the cleaner. `interval` is in milliseconds. */
export function createCleaner(deps: {
  readonly sweep: Sweep
  readonly clock: Clock
  readonly interval: number
  readonly onError: (error: unknown, about: string) => void
}): Cleaner {
  const deleted = Object.fromEntries(SWEEPS.map((name) => [name, 0])) as Record<SweepName, number>
  let finishedAt: number | null = null

  async function clean(name: SweepName, { isOver, pause }: Pace): Promise<void> {
    while (!isOver()) {
      const count = await deps.sweep(name, { now: deps.clock.now(), limit: BATCH })
      deleted[name] += count
      if (count < BATCH) return
      await pause(PAUSE)
    }
  }
  const rounds = createRounds({
    work: async (pace) => {
      for (const name of SWEEPS) await clean(name, pace)
      if (!pace.isOver()) finishedAt = deps.clock.now()
    },
    interval: deps.interval,
    onError: (error) => deps.onError(error, 'cleaning up'),
  })
  return {
    start: () => rounds.start(FIRST_ROUND * (0.5 + Math.random())),
    run: rounds.run,
    stats: () => ({ deleted: { ...deleted }, finishedAt }),
    stop: rounds.stop,
  }
}

/** How long what is over is kept, as the settings say it, which count seconds. */
export const retentionOf = ({
  cleanup,
  audit,
  links,
}: Pick<Settings, 'cleanup' | 'audit' | 'links'>): Retention => ({
  sessions: cleanup.sessions * 1000,
  sentMails: cleanup.sentMails * 1000,
  deadMails: cleanup.deadMails * 1000,
  audit: audit.retention * 1000,
  emailChanges: Math.max(links.undoLifetime, links.activationLifetime) * 1000,
  waitingAccounts: cleanup.waitingAccounts * 1000,
})
