/** What to measure and for how long, from the command line. */
import { parseArgs } from 'node:util'

/** The choices of one run. */
export interface Options {
  readonly quick: boolean
  /** Letters of rows; empty: all of them. */
  readonly only: readonly string[]
  /** How often every system is measured, in turn with the others. */
  readonly rounds: number
  /** How long each measurement takes, in seconds. */
  readonly seconds: number
  /** How long the load before the first measurement takes, in seconds: the engine compiles for the first six of them. */
  readonly warmUp: number
  /** Requests that are under way at the same time. */
  readonly connections: number
  /** Minutes of mixed load in the row of memory; 0: none. */
  readonly soak: number
  /** Users of the large database of the row of scale. */
  readonly users: number
  /** Whether other systems are measured too. */
  readonly peers: boolean
  /** Where results are written. */
  readonly out: string
}

/** The text of `--help`. */
export const HELP = `npm run bench -- [options]

  --quick             fewer and shorter rounds: the whole table within five minutes
  --only a,b          these rows only
  --rounds <n>        measurements of each system (default 5)
  --seconds <n>       length of a measurement (default 2)
  --connections <n>   requests at the same time (default 32)
  --soak <minutes>    mixed load for the row of memory (default 10, with --quick 0)
  --users <n>         the large database of the row of scale (default 1000000, with --quick 100000)
  --alone             Doorward and the limits of the machine, without other systems
  --out <folder>      where results go (default bench/results)

Environment: REFERENCE_DIR, a folder with the Djoser reference's start and stop; BENCH_POSTGRES_URL, a PostgreSQL
in which databases can be made. What is not there is left out, and the table says so.`

/** Reads the arguments. TypeError for one that is unknown or no number. */
export function readOptions(args: readonly string[], root: string): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      alone: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      connections: { type: 'string' },
      soak: { type: 'string' },
      users: { type: 'string' },
      out: { type: 'string' },
    },
  })
  if (values.help) return 'help'
  const { quick } = values
  const number = (
    name: 'rounds' | 'seconds' | 'connections' | 'soak' | 'users',
    normal: number,
    short: number,
  ) => {
    const given = Number(values[name] ?? (quick ? short : normal))
    if (!Number.isFinite(given) || given < 0) throw new TypeError(`--${name} needs a number`)
    return given
  }
  const seconds = number('seconds', 2, 1)
  return {
    quick,
    only: values.only.split(',').filter(Boolean),
    rounds: number('rounds', 5, 2),
    seconds,
    warmUp: quick ? 1 : 3 * seconds,
    connections: number('connections', 32, 32),
    soak: number('soak', 10, 0),
    users: number('users', 1_000_000, 100_000),
    peers: !values.alone,
    out: values.out ?? `${root}/bench/results`,
  }
}
