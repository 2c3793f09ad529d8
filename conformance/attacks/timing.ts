/**
 * `node conformance/attacks/timing.ts`: can a stranger tell by the clock who has an account? Method and figures stand
 * in `docs/reference/timing.md`; `--help` says what can be chosen.
 */
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { testDatabases } from '../../packages/server/src/testing/databases.ts'
import { option } from '../faults/support/report.ts'
import { CASES, type Case, operationsWithAddress } from './timing/cases.ts'
import { type Owner, type Shot, type Stand, startStand } from './timing/stand.ts'
import { median, medianInterval, signedRankZ } from './timing/statistics.ts'

const HELP = `node conformance/attacks/timing.ts: can a stranger tell by the clock who has an account?

  --database sqlite|postgres|both   which server is asked (both)
  --minutes <n>                     how long all of it takes (5)
  --only <text>                     only the requests with this in their name
  --quick                           passwords take no time, so that what is beside them shows
  --smallest <ms>                   the difference that has to be found in the control (1)

Exits with 0 when nothing separates, 1 when something does, 2 when the controls say that the method cannot tell.`

/** Beyond this a difference is no chance: once in 16,000 comparisons of what is the same. */
const LARGEST_Z = 4
/** Rounds before the first one that counts. */
const WARM_UP = 10
/** Rounds that are prepared at once. */
const BATCH = 50
/** Between two requests, in milliseconds: what the server does after an answer must not fall into the next one. */
const BREATH = 2

/** What is sent in each round, in an order that chance decides. */
type Side = Owner | 'nobody again' | 'nobody, later'

/** Times of each side, by round. */
type Times = ReadonlyMap<Side, number[]>

const SMALLEST = Number(option('smallest', '1'))

/** Lets `ms` pass as a server that has more to do would. */
function busy(ms: number): number {
  const end = performance.now() + ms
  while (performance.now() < end);
  return ms
}

async function measure(stand: Stand, { prepare, owners }: Case, seconds: number): Promise<Times> {
  const sides: readonly Side[] = ['nobody', 'nobody again', 'nobody, later', ...owners]
  const times = new Map(sides.map((side) => [side, [] as number[]]))
  const end = performance.now() + seconds * 1000
  for (let round = -WARM_UP; performance.now() < end; ) {
    const shots = new Map<Side, Shot[]>()
    for (const side of sides) {
      const owner = side.startsWith('nobody') ? 'nobody' : (side as Owner)
      const make = await prepare(stand, BATCH)
      shots.set(side, (await stand.addresses(owner, BATCH)).map(make))
    }
    for (let n = 0; n < BATCH && performance.now() < end; n += 1, round += 1) {
      for (const side of shuffled(sides)) {
        const shot = shots.get(side)?.[n]
        if (!shot) throw new TypeError('a round was not prepared')
        await sleep(BREATH)
        const took = (await stand.time(shot)) + (side === 'nobody, later' ? busy(SMALLEST) : 0)
        if (round >= 0) times.get(side)?.push(took)
      }
    }
  }
  return times
}

function shuffled<T>(values: readonly T[]): readonly T[] {
  return values
    .map((value) => ({ value, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
}

type Verdict = 'the same' | 'SEPARATED' | 'CANNOT TELL'

function compare(times: Times, side: Side): { z: number; text: string } {
  const usual = times.get('nobody') ?? []
  const rounds = Math.min(...[...times.values()].map((values) => values.length))
  const differences = (times.get(side) ?? []).slice(0, rounds).map((time, n) => time - (usual[n] ?? 0))
  const z = signedRankZ(differences)
  const [low, high] = medianInterval(differences)
  const figures = [median(differences), low, high].map((ms) => ms.toFixed(3))
  return { z, text: `z = ${z.toFixed(1).padStart(5)}, ${figures[0]} ms (${figures[1]} to ${figures[2]})` }
}

/** Prints what came of a request, and says what it means. */
function judge(times: Times, { owners }: Case): Verdict {
  const usual = times.get('nobody') ?? []
  console.log(
    `  ${usual.length} rounds, median ${median(usual).toFixed(2)} ms, load ${loadavg()[0]?.toFixed(1)}`,
  )
  const [again, later] = [compare(times, 'nobody again'), compare(times, 'nobody, later')]
  console.log(`  control: nobody again            ${again.text}`)
  console.log(`  control: nobody, ${String(SMALLEST).padEnd(4)} ms later    ${later.text}`)
  let separated = false
  for (const owner of owners) {
    const { z, text } = compare(times, owner)
    const isApart = Math.abs(z) >= LARGEST_Z
    separated ||= isApart
    console.log(`  ${owner.padEnd(32)} ${text}${isApart ? ': SEPARATED' : ''}`)
  }
  const isFair = Math.abs(again.z) < LARGEST_Z
  if (isFair && separated) return 'SEPARATED'
  if (isFair && later.z >= LARGEST_Z) return 'the same'
  console.log('  the controls do not come out as they must: CANNOT TELL')
  return 'CANNOT TELL'
}

async function run(): Promise<ReadonlySet<Verdict>> {
  const which = option('database', 'both')
  const cases = CASES.filter(({ name }) => name.includes(option('only', '')))
  const databases = testDatabases().filter(
    ({ name }) => which === 'both' || name.toLowerCase().startsWith(which),
  )
  if (databases.length * cases.length === 0) throw new TypeError('nothing has that name')
  const isQuick = process.argv.includes('--quick')
  const weight = ({ hashes }: Case) => (hashes && !isQuick ? 3 : 1)
  const weights = databases.length * cases.reduce((sum, one) => sum + weight(one), 0)
  const unit = (Number(option('minutes', '5')) * 60) / weights
  const verdicts = new Set<Verdict>()
  for (const database of databases) {
    for (const isImported of [false, true]) {
      const those = cases.filter((one) => (one.isImported ?? false) === isImported)
      if (those.length === 0) continue
      const stand = await startStand(database, { isQuick, isImported })
      try {
        await seeThatNoneIsMissing(stand)
        for (const one of those) {
          console.log(`${database.name}: ${one.name}`)
          verdicts.add(judge(await measure(stand, one, unit * weight(one)), one))
        }
      } finally {
        await stand.close()
        await database.close()
      }
    }
  }
  return verdicts
}

async function seeThatNoneIsMissing(stand: Stand): Promise<void> {
  const missing = (await operationsWithAddress(stand.url)).filter(
    (id) => !CASES.some(({ operation }) => operation === id),
  )
  if (missing.length > 0) throw new TypeError(`not timed, but they take an address: ${missing.join(', ')}`)
}

if (process.argv.includes('--help')) console.log(HELP)
else {
  const verdicts = await run()
  const [said, code] = verdicts.has('SEPARATED')
    ? ['Something SEPARATES.', 1]
    : verdicts.has('CANNOT TELL')
      ? ['Nothing separates, but not everything could be told: give it more --minutes.', 2]
      : ['Nothing separates.', 0]
  console.log(said)
  process.exitCode = code
}
