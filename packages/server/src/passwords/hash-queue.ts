/** Where every password waits its turn to be hashed: the bound that keeps a flood of sign-ins from taking the machine. */
import { hashConcurrency } from '../config/thread-pool.ts'
import { fail } from '../domain/errors.ts'

/** How much may happen at once. */
export interface HashQueueOptions {
  /**
   * How many jobs run at the same time. Default: `hashConcurrency`. Jobs occupy threads of libuv's pool; when they
   * occupy all, signatures, files and names wait for them.
   */
  readonly concurrency?: number | undefined
  /** How many jobs may wait; one more is refused. */
  readonly length: number
}

/** A first-in, first-out queue of hashing jobs. */
export interface HashQueue {
  /**
   * Runs the job when its turn comes, and gives what it gives.
   *
   * @throws DoorwardError `overloaded` if the queue is full, with the `seconds` after which it should be empty
   */
  run<T>(job: () => Promise<T>): Promise<T>
  /** How many jobs wait now. */
  readonly waiting: number
  /** How many jobs run now. */
  readonly running: number
  /** How many jobs were refused since the start. */
  readonly refused: number
}

/** Weight of the newest job in the average: the last ten or so count. */
const NEWEST = 0.2

/**
 * Makes an empty queue. Overload is an answer, not a collapse: beyond `length` the caller hears at once when to
 * come again, and those who wait are still served in order.
 */
export function createHashQueue({ concurrency = hashConcurrency(), length }: HashQueueOptions): HashQueue {
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new TypeError('concurrency: a number from 1 on')
  if (!Number.isInteger(length) || length < 0) throw new TypeError('length: a number from 0 on')
  const waiting: (() => void)[] = []
  let running = 0
  let refused = 0
  let meanMs = 0

  const takeTurn = async (): Promise<void> => {
    if (running < concurrency) {
      running += 1
      return
    }
    if (waiting.length >= length) {
      refused += 1
      throw fail('overloaded', { seconds: secondsUntilEmpty() })
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const giveTurn = (): void => {
    const next = waiting.shift()
    // The turn is handed over, not given back: a newcomer cannot slip in between.
    if (next) next()
    else running -= 1
  }
  const secondsUntilEmpty = (): number =>
    Math.max(1, Math.ceil(((running + waiting.length) * meanMs) / concurrency / 1000))

  return {
    async run(job) {
      await takeTurn()
      // A duration, so the monotonic clock: the time of day may jump.
      const start = performance.now()
      try {
        return await job()
      } finally {
        const elapsed = performance.now() - start
        meanMs = meanMs === 0 ? elapsed : meanMs + NEWEST * (elapsed - meanMs)
        giveTurn()
      }
    },
    get waiting() {
      return waiting.length
    },
    get running() {
      return running
    },
    get refused() {
      return refused
    },
  }
}
