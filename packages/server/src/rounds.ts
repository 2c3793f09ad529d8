/** Work that comes round again beside requests, a little at a time, for as long as the program runs. */
import { setTimeout as sleep } from 'node:timers/promises'

/** How a round goes about its work. */
export interface Pace {
  /** Whether the program is ending: what is under way is finished, and no more begun. */
  isOver(): boolean
  /** Lets others come first, for so many milliseconds, or until the program is ending. */
  pause(milliseconds: number): Promise<void>
}

/** The rounds. */
export interface Rounds {
  /** Begins in the background, `first` milliseconds from now; does not keep the process alive. */
  start(first: number): void
  /** One round. Throws what its work throws. */
  run(): Promise<void>
  /** Resolves when what is under way is done, without waiting for a pause to end. */
  stop(): Promise<void>
}

/** Makes rounds of `work`, with `interval` milliseconds between them; what goes wrong is told, and the next one comes. */
export function createRounds(deps: {
  readonly work: (pace: Pace) => Promise<void>
  readonly interval: number
  readonly onError: (error: unknown) => void
}): Rounds {
  const stopping = new AbortController()
  const { signal } = stopping
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> = Promise.resolve()

  const run = (ref: boolean): Promise<void> =>
    deps.work({
      isOver: () => signal.aborted,
      pause: (milliseconds) => sleep(milliseconds, undefined, { ref, signal }).catch(() => {}),
    })
  function next(wait: number): void {
    timer = setTimeout(() => {
      round = run(false)
        .catch(deps.onError)
        .finally(() => {
          if (!signal.aborted) next(deps.interval)
        })
    }, wait).unref()
  }
  return {
    start: next,
    run: () => run(true),
    stop: () => {
      stopping.abort()
      clearTimeout(timer)
      return round
    },
  }
}
