/** A progress bar for long work: on stderr, and only where somebody sees it. */
import { SingleBar } from 'cli-progress'

/** The bar. `show` begins a new one when the step changes; `about` is what is worked on just now. */
export interface Progress {
  show(step: string, done: number, total: number, about?: string): void
  stop(): void
}

/** Makes a bar; `unit` is what is counted. Without a terminal it shows nothing. */
export function createProgress(unit: string): Progress {
  if (!process.stderr.isTTY) return { show: () => {}, stop: () => {} }
  const bar = new SingleBar({
    format: `{step} {bar} {percentage}% | {value}/{total} ${unit} {about}`,
    stream: process.stderr,
    hideCursor: true,
  })
  // Ctrl-C half-way: without this the terminal was left without a cursor and without line breaks
  const leave = (signal: NodeJS.Signals): void => {
    bar.stop()
    process.kill(process.pid, signal)
  }
  process.once('SIGINT', leave)
  let current: string | undefined
  return {
    show: (step, done, total, about = '') => {
      if (step !== current) bar.start(total, done, { step, about })
      current = step
      bar.setTotal(total)
      bar.update(done, { step, about })
    },
    stop: () => {
      bar.stop()
      process.off('SIGINT', leave)
    },
  }
}
