/**
 * `node conformance/attacks/timing.ts`: can a stranger tell by the clock who has an account? Requests for an address
 * with an account and for one without are sent in turn, over one connection each time, so that whatever else the
 * machine does meets both alike. The two sets of times are compared by the Mann–Whitney U test, which asks whether
 * one set tends to be larger and needs no bell curve; and by the difference of medians, which says how much there
 * would be to see. |z| below 3.3 (p about 0.001) means: no separation shown.
 */
import { Agent, request } from 'node:http'
import { startTarget, type Target } from './target.ts'

const ROUNDS = Number(process.argv[2] ?? 600)
const LARGEST_Z = 3.3
const PERSON = { first_name: 'Tina', last_name: 'Santoso', role: 'buyer', password: 'Kiddie-Ride-4821' }

/** What is compared, and how a request of it looks. */
const REQUESTS: Readonly<Record<string, (email: string) => { path: string; body: object }>> = {
  'a wrong password': (email) => ({ path: 'jwt/create/', body: { email, password: 'wrong-guess' } }),
  'asking for a password reset': (email) => ({ path: 'users/reset_password/', body: { email } }),
  'asking for another activation mail': (email) => ({ path: 'users/resend_activation/', body: { email } }),
  registering: (email) => ({ path: 'users/', body: { ...PERSON, email } }),
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

function timed(target: Target, { path, body }: { path: string; body: object }): Promise<number> {
  const text = JSON.stringify(body)
  const { port } = new URL(target.url)
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-forwarded-for': target.freshAddress(),
  }
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint()
    const options = { agent, host: '127.0.0.1', port, method: 'POST', path: `/auth/${path}`, headers }
    const sent = request(options, (answer) => {
      const took = Number(process.hrtime.bigint() - started) / 1e6
      if (answer.statusCode === 429)
        reject(new TypeError(`${path} was throttled: the times would say nothing`))
      answer.resume().on('end', () => resolve(took))
    })
    sent.on('error', reject)
    sent.end(text)
  })
}

/** Mann–Whitney U as a z-score: 0 when neither set tends to be larger. */
export function zOf(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => ({ value, mine: true })), ...b.map((value) => ({ value, mine: false }))]
  all.sort((x, y) => x.value - y.value)
  const rankSum = all.reduce((sum, { mine }, index) => (mine ? sum + index + 1 : sum), 0)
  const u = rankSum - (a.length * (a.length + 1)) / 2
  const mean = (a.length * b.length) / 2
  const deviation = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12)
  return (u - mean) / deviation
}

const median = (values: readonly number[]): number =>
  values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)] ?? 0

async function compare(target: Target, name: string, make: (typeof REQUESTS)[string]): Promise<boolean> {
  const known: number[] = []
  const unknown: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const owner = `known-${name.length}-${round}@example.com`
    await target.doorward.register({ email: owner, password: PERSON.password })
    if (!name.includes('activation')) await target.doorward.activate(owner)
    const pair = [
      { times: known, email: owner },
      { times: unknown, email: `other-${name.length}-${round}@example.com` },
    ]
    // which of the two comes first changes, so that what the first one warms up helps both
    for (const { times, email } of round % 2 ? pair : pair.toReversed()) {
      times.push(await timed(target, make(email)))
    }
  }
  const z = zOf(known.slice(20), unknown.slice(20))
  const [a, b] = [median(known), median(unknown)]
  const separated = Math.abs(z) > LARGEST_Z
  const said = separated ? 'SEPARATED' : 'no separation shown'
  console.log(
    `${name}: ${ROUNDS} pairs, medians ${a.toFixed(3)} and ${b.toFixed(3)} ms, z = ${z.toFixed(2)}: ${said}`,
  )
  return separated
}

if (import.meta.main) {
  let separated = false
  for (const [name, make] of Object.entries(REQUESTS)) {
    const target = await startTarget()
    separated = (await compare(target, name, make)) || separated
    await target.close()
  }
  agent.destroy()
  process.exitCode = separated ? 1 : 0
}
