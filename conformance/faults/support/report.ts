/** What a fault script prints: what it did, what it counted, and whether each promise held. */

/** The report of one script. */
export interface Report {
  /** Says what is being done. */
  did(text: string): void
  /** Notes a figure. */
  counted(what: string, value: number | string): void
  /** Notes whether a promise held. */
  promised(what: string, held: boolean): void
  /** Prints how many promises broke; the process will exit with 1 if any did. */
  end(): boolean
}

/** Begins a report. */
export function createReport(title: string): Report {
  const began = performance.now()
  let kept = 0
  let broken = 0
  const say = (text: string) => process.stdout.write(`${text}\n`)
  say(`\n== ${title}`)
  return {
    did: (text) => say(`   ${text}`),
    counted: (what, value) => say(`   ${what}: ${value}`),
    promised: (what, held) => {
      if (held) kept += 1
      else broken += 1
      say(`${held ? ' ✓' : ' ✗'} ${what}`)
    },
    end: () => {
      const seconds = Math.round((performance.now() - began) / 1000)
      say(`   ${kept} promises were kept, ${broken} broken (${seconds} s)`)
      if (broken > 0) process.exitCode = 1
      return broken === 0
    },
  }
}

/** Waits, in milliseconds. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Asks until the answer is yes, for `ms` at most; whether it was. */
export async function within(ms: number, ask: () => Promise<boolean> | boolean): Promise<boolean> {
  for (const end = performance.now() + ms; performance.now() < end; await pause(100)) {
    if (await ask()) return true
  }
  return ask()
}

/** The value below which a part of the values lies; 0 without values. */
export const percentile = (values: readonly number[], part: number): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * part)] ?? 0)

/** The value of `--name`, or a default. */
export function option(name: string, usual: string): string {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? usual : (process.argv[at + 1] ?? usual)
}
