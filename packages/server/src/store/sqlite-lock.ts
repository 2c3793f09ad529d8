/** Waiting for another process that holds SQLite's lock, beside the event loop: SQLite's own waiting stops everything. */
import { setTimeout } from 'node:timers/promises'
import { asStoreError } from './database-faults.ts'

/** How long a statement waits for the lock of another process, in milliseconds, and how long between two tries. */
const MAX_WAIT = 10_000
const MAX_PAUSE = 25

/** Runs it, again and again while another process holds the lock. Throws what it throws, as `asStoreError` has it. */
export async function whenFree<T>(run: () => T): Promise<T> {
  for (let pause = 1, waited = 0; ; pause = Math.min(2 * pause, MAX_PAUSE)) {
    try {
      return run()
    } catch (error) {
      if (!isBusy(error) || waited >= MAX_WAIT) throw asStoreError(error)
    }
    await setTimeout(pause)
    waited += pause
  }
}

const SQLITE_BUSY = 5

/** The lowest byte of an extended result code is the primary one. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY
