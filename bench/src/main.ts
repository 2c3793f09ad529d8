/** `npm run bench`: measures Doorward, the limits of the machine and its peers in one run. `--help` tells the rest. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Lab } from './lab.ts'
import { openLab } from './lab.ts'
import { chooseGenerator } from './load.ts'
import { describeRun } from './machine.ts'
import { HELP, readOptions } from './options.ts'
import { plot } from './plot.ts'
import type { Row, RowResult } from './row.ts'
import { checkedRequest } from './rows/checked-request.ts'
import { processes } from './rows/processes.ts'
import { readMe } from './rows/read-me.ts'
import { refresh } from './rows/refresh.ts'
import { register } from './rows/register.ts'
import { scale } from './rows/scale.ts'
import { signIn } from './rows/sign-in.ts'
import { startAndMemory } from './rows/start-and-memory.ts'
import { underSiege } from './rows/under-siege.ts'
import { headerText, rowText } from './table.ts'

const ROWS: readonly Row[] = [
  ...[checkedRequest, readMe, refresh, signIn, register],
  ...[underSiege, startAndMemory, scale, processes],
]

const root = resolve(import.meta.dirname, '../..')
const options = readOptions(process.argv.slice(2), root)
if (options === 'help') {
  process.stdout.write(`${HELP}\n`)
} else {
  const chosen = ROWS.filter(({ id }) => options.only.length === 0 || options.only.includes(id))
  const generator = chooseGenerator()
  const lab = await openLab({ root, options, generator, tell })
  process.once('SIGINT', () => lab.close().finally(() => process.exit(130)))
  try {
    await run(lab, chosen)
  } finally {
    await lab.close()
  }
  process.exit()
}

/** Progress goes to the terminal alone, so that the output can be kept. */
function tell(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
  else process.stderr.write(`${text}\n`)
}

async function run(lab: Lab, rows: readonly Row[]): Promise<void> {
  const header = describeRun(lab)
  process.stdout.write(`${headerText(header)}\n\n`)
  const results: RowResult[] = []
  for (const row of rows) {
    const result = await row.measure({ ...lab, tell: (text) => tell(`(${row.id}) ${text}`) })
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    results.push(result)
    process.stdout.write(`${rowText(result)}\n`)
  }
  mkdirSync(lab.options.out, { recursive: true })
  const name = join(lab.options.out, lab.options.quick ? 'quick' : 'full')
  writeFileSync(`${name}.json`, `${JSON.stringify({ header, rows: results }, null, 2)}\n`)
  writeFileSync(`${name}.svg`, plot(header, results))
  process.stdout.write(`written: ${name}.json and ${name}.svg\n`)
}
