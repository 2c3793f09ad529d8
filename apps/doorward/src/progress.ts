/** A progress bar for long work: on stderr, and only where somebody sees it. */
import { SingleBar } from 'cli-progress'

/** The bar. `show` begins a new one when the step changes. */
export interface Progress {
  show(step: string, done: number, total: number): void
  stop(): void
}

/** Makes a bar; `unit` is what is counted. Without a terminal it shows nothing. */
export function createProgress(unit: string): Progress {
  if (!process.stderr.isTTY) return { show: () => {}, stop: () => {} }
  const bar = new SingleBar({
    format: `{step} {bar} {percentage}% | {value}/{total} ${unit}`,
    stream: process.stderr,
    hideCursor: true,
  })
  let current: string | undefined
  return {
    show: (step, done, total) => {
      if (step !== current) bar.start(total, done, { step })
      current = step
      bar.setTotal(total)
      bar.update(done)
    },
    stop: () => bar.stop(),
  }
}
