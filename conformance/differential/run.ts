import { type OpenArena, openArena } from './arena.ts'
import { topics } from './cases/all.ts'
import { type DifferentialConfig, readConfig } from './config.ts'
import { referenceMissing } from './launch.ts'
import { type CaseResult, explain, recite, runTopics, type Topic, tally } from './runner.ts'

const USAGE = `node conformance/differential/run.ts [--only <substring>] [--self-check] [--optional] [--show] [--list]

  --only <substring>  only cases whose "topic | name" contains it
  --self-check        a second reference in Doorward's place: everything must agree
  --optional          also show differences in what a server may do without
  --show              every step with the reference's answer
  --list              names of the cases

Environment: REFERENCE_URL + REFERENCE_SINK_PORT, DOORWARD_URL + DOORWARD_SINK_PORT for servers that run
already and deliver mails to those ports; otherwise private ones are started. REFERENCE_DIR, DOORWARD_SECRET,
DOORWARD_SALES_URL, STAFF_EMAIL, STAFF_PASSWORD, DIFFERENTIAL_RUN, DIFFERENTIAL_CONCURRENCY.`

/** Exit statuses: 0 all agree, 1 something differs, 2 no reference on this machine. */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    say(USAGE)
    return 0
  }
  const base = readConfig(process.env)
  const config = { ...base, selfCheck: base.selfCheck || args.includes('--self-check') }
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined
  const chosen = choose(topics, only)
  if (args.includes('--list')) {
    for (const topic of chosen) for (const one of topic.cases) say(`${topic.name} | ${one.name}`)
    return 0
  }
  const missing = await referenceMissing(config)
  if (missing !== undefined) {
    say(`The reference is not on this machine: ${missing}`)
    return 2
  }
  return compareAll(config, chosen, { optional: args.includes('--optional'), show: args.includes('--show') })
}

async function compareAll(
  config: DifferentialConfig,
  chosen: readonly Topic[],
  { optional, show }: { optional: boolean; show: boolean },
): Promise<number> {
  const begun = performance.now()
  const arena = await openArena(config)
  process.once('SIGINT', () => void arena.close().then(() => process.exit(130)))
  try {
    const { possible, left } = possibleOn(arena, chosen)
    say(`reference ${arena.a.target.origin}, doorward ${arena.b.target.origin}`)
    for (const topic of left) say(`left out, for there is no /api/sales/ beside Doorward: ${topic.name}`)
    const results = await runTopics(possible, arena, (result) => say(progress(result)))
    say('')
    if (show) for (const result of results) say(`${recite(result)}\n`)
    for (const text of results.map((result) => explain(result, optional)).filter((one) => one !== ''))
      say(`${text}\n`)
    const { passed, failed, optional: soft } = tally(results)
    const seconds = Math.round((performance.now() - begun) / 1000)
    const tail = `${results.length} cases, ${soft} optional differences, ${seconds} s`
    say(`${passed} passed, ${failed} failed (${tail})`)
    return failed === 0 ? 0 : 1
  } finally {
    await arena.close()
  }
}

function progress(result: CaseResult): string {
  const { passed, failed } = tally([result])
  return `${failed === 0 ? 'ok  ' : 'FAIL'} ${result.topic} | ${result.name} (${passed}/${passed + failed})`
}

function choose(all: readonly Topic[], only: string | undefined): Topic[] {
  if (only === undefined) return [...all]
  const wanted = only.toLowerCase()
  return all
    .map((topic) => ({
      ...topic,
      cases: topic.cases.filter((one) => `${topic.name} | ${one.name}`.toLowerCase().includes(wanted)),
    }))
    .filter((topic) => topic.cases.length > 0)
}

function possibleOn(arena: OpenArena, all: readonly Topic[]): { possible: Topic[]; left: Topic[] } {
  const hasSales = arena.a.sales !== undefined && arena.b.sales !== undefined
  const possible = all.filter((topic) => hasSales || topic.needsSales !== true)
  return { possible, left: all.filter((topic) => !possible.includes(topic)) }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

process.exitCode = await main(process.argv.slice(2))
