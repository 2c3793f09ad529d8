/**
 * `node conformance/fuzz.ts --minutes 10`: sends a real server on this machine whatever comes to mind, made from the
 * schemas of all its routes, and exits with 1 if it ever answers 5xx, leaves a rejection unhandled, or keeps memory.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createTestDoorward } from '@doorward/server/testing'
import fc from 'fast-check'
import { type Callers, type RandomRequest, randomRequests, toRequest } from './wire/random-input.ts'
import { routesOf } from './wire/routes.ts'

/** How much the heap may be larger at the end than after the first part, in bytes: less than a byte for each request. */
const MOST_GROWTH = 16 * 1024 * 1024
/** Requests under way at the same time. */
const AT_ONCE = 8
/** The part of the time in which caches fill and code is compiled. */
const WARM_UP = 0.2

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' } } })
const faults: unknown[] = []
process.on('unhandledRejection', (reason) => faults.push(reason))
process.on('uncaughtException', (error) => faults.push(error))

const doorward = await createTestDoorward({
  config: { sessions: { recentSignIn: 0 } },
  onError: (error) => faults.push(error),
})
/** New ones for each batch: what is sent may sign them out, switch them off or delete them. */
const newCallers = async (): Promise<Callers> => ({
  user: (await doorward.signedUpUser()).headers.authorization,
  staff: (await doorward.administrator()).headers.authorization,
})
const server = createServer(doorward.listener)
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const arbitrary = randomRequests(routesOf(doorward).filter(({ id }) => id !== 'revocations'))

const statuses = new Map<number, number>()
const started = performance.now()
const end = started + Number(values.minutes) * 60_000
const elapsed = () => (performance.now() - started) / (end - started)
let sent = 0

async function shoot(random: RandomRequest, callers: Callers): Promise<void> {
  sent += 1
  const answer = await fetch(toRequest(base, random, callers))
  const text = await answer.text()
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
  if (answer.status >= 500) faults.push(`${answer.status} for ${JSON.stringify(random)}: ${text}`)
  if (text !== '' && answer.headers.get('content-type') === 'application/json') JSON.parse(text)
}

/** What the program holds on to, in bytes. */
function kept(): number {
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

let before = 0
for (let seed = 1; performance.now() < end; seed += 1) {
  const callers = await newCallers()
  const batch = fc.sample(arbitrary, { numRuns: 400, seed })
  for (let i = 0; i < batch.length; i += AT_ONCE) {
    await Promise.all(
      batch
        .slice(i, i + AT_ONCE)
        .map((random) => shoot(random, callers).catch((error: unknown) => faults.push(error))),
    )
  }
  if (before === 0 && elapsed() > WARM_UP) before = kept()
}
const growth = before === 0 ? 0 : kept() - before
server.closeAllConnections()
server.close()
await doorward.close()

const counted = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
console.log(`${sent} requests in ${values.minutes} minutes; ${counted.join(', ')}`)
console.log(`memory kept after the first fifth: ${(growth / 1024 / 1024).toFixed(1)} MiB more at the end`)
console.log(`${faults.length} faults`)
for (const fault of faults.slice(0, 10)) console.log(fault)
process.exit(faults.length > 0 || growth > MOST_GROWTH ? 1 : 0)
