/**
 * Is a server with a million accounts as quick as one with a thousand? Fills a database of each size, starts a server
 * on each, and asks the two in turn, so that whatever else the machine does slows both. `--database
 * sqlite|postgres|both`, `--users 1000000`, `--rounds 400`, `--only search`.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Answer, ask, signIn } from '../faults/support/api.ts'
import { type Cluster, startCluster } from '../faults/support/postgres.ts'
import { createReport, option, type Report } from '../faults/support/report.ts'
import { type Installation, install } from '../faults/support/server.ts'
import { emailOf, fill, PASSWORD } from './fill.ts'

const FEW = 1000
const MANY = Number(option('users', '1000000'))
const ROUNDS = Number(option('rounds', '400'))
const which = option('database', 'both')
const only = option('only', '')

/** How much slower the many may be, at the median. */
const TOLERANCE = 1.2

interface Side {
  readonly users: number
  readonly server: Installation
  /** The access token of the staff account. */
  readonly staff: string
}

const anybody = ({ users }: Side): number => 2 + Math.floor(Math.random() * (users - 2))

/** One step of somebody's day; what is asked before it is not timed. */
type Step = (side: Side) => Promise<Answer>

const STEPS: Readonly<Record<string, Step>> = {
  'sign-in': (side) => signIn(side.server.url, emailOf(anybody(side)), PASSWORD),
  refresh: async (side) => {
    const { refresh } = (await signIn(side.server.url, emailOf(anybody(side)), PASSWORD)).body
    return ask(side.server.url, 'jwt/refresh/', { refresh })
  },
  me: async (side) => {
    const { access } = (await signIn(side.server.url, emailOf(anybody(side)), PASSWORD)).body
    return ask(side.server.url, 'users/me/', undefined, access)
  },
  'list, 100 accounts': ({ server, users, staff }) =>
    ask(server.url, `users/?after=${Math.floor(Math.random() * (users - 100))}`, undefined, staff),
  'search by e-mail': (side) =>
    ask(side.server.url, `admin/users/?search=${emailOf(anybody(side))}`, undefined, side.staff),
  'search that a tenth matches': ({ server, staff }) =>
    ask(server.url, 'admin/users/?search=user-1', undefined, staff),
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function compare(report: Report, few: Side, many: Side): Promise<void> {
  for (const [what, step] of Object.entries(STEPS).filter(([name]) => name.includes(only))) {
    const times: [few: number[], many: number[]] = [[], []]
    let refused = 0
    for (let round = 0; round < ROUNDS + 50; round += 1) {
      // now one first, now the other
      const order = round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)
      for (const index of order) {
        const answer = await step(index === 0 ? few : many)
        if (answer.status !== 200) refused += 1
        if (round >= 50) times[index].push(answer.took)
      }
    }
    const [a, b] = [median(times[0]), median(times[1])]
    const figures = `${a.toFixed(2)} ms with ${few.users}, ${b.toFixed(2)} ms with ${many.users}`
    report.counted(`${what}, median of ${ROUNDS}`, `${figures}: × ${(b / a).toFixed(2)}`)
    report.promised(
      `${what} is within 20 %, and nobody was refused (${refused})`,
      b <= a * TOLERANCE && refused === 0,
    )
  }
  const [a, b] = [few.server.memory(), many.server.memory()]
  report.counted('memory of the server', `${a} MiB with ${few.users}, ${b} MiB with ${many.users}`)
  report.promised('memory does not grow with the accounts', b <= a * TOLERANCE)
}

async function startSide(report: Report, users: number, url: string): Promise<Side> {
  const began = performance.now()
  await fill(url, users)
  report.did(`made ${users} accounts in ${Math.round((performance.now() - began) / 1000)} s`)
  const server = await install({ DATABASE_URL: url, CLEANUP_INTERVAL: '1d' })
  await server.start()
  const { access = '' } = (await signIn(server.url, emailOf(1), PASSWORD)).body
  return { users, server, staff: access }
}

async function onSqlite(): Promise<void> {
  const report = createReport(`SQLite with ${FEW} and with ${MANY} accounts`)
  const folder = mkdtempSync(join(tmpdir(), 'doorward-scale-'))
  const sides: Side[] = []
  try {
    for (const users of [FEW, MANY]) {
      sides.push(await startSide(report, users, `sqlite:${join(folder, `${users}.db`)}`))
    }
    const [few, many] = sides
    if (few && many) await compare(report, few, many)
    const size = Math.round(statSync(join(folder, `${MANY}.db`)).size / 1024 / 1024)
    report.counted('size of the file', `${size} MiB`)
  } finally {
    for (const { server } of sides) await server.close()
    rmSync(folder, { recursive: true })
    report.end()
  }
}

async function onPostgres(): Promise<void> {
  const report = createReport(`PostgreSQL with ${FEW} and with ${MANY} accounts`)
  const cluster = await startCluster(['-c shared_buffers=512MB', '-c max_wal_size=4GB'])
  const sides: Side[] = []
  try {
    for (const users of [FEW, MANY]) {
      cluster.query(`create database scale_${users}`)
      const url = cluster.url.replace(/\/postgres$/, `/scale_${users}`)
      sides.push(await startSide(report, users, url))
      cluster.query('checkpoint')
    }
    const [few, many] = sides
    if (few && many) await compare(report, few, many)
    sizes(report, cluster)
  } finally {
    for (const { server } of sides) await server.close()
    cluster.close()
    report.end()
  }
}

/** What tables and indexes weigh, and what ten million accounts would. */
function sizes(report: Report, cluster: Cluster): void {
  const url = cluster.url.replace(/\/postgres$/, `/scale_${MANY}`)
  const sql = `
    select relname || ' ' || pg_relation_size(c.oid) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where nspname = 'public' and relkind in ('r', 'i') and pg_relation_size(c.oid) > 1048576
    order by pg_relation_size(c.oid) desc`
  let total = 0
  for (const line of cluster.query(sql, url).split('\n')) {
    const [name = '', bytes = '0'] = line.split(' ')
    const each = Number(bytes) / MANY
    total += each
    report.counted(name, `${Math.round(each)} bytes an account, ${gib(each * 10_000_000)} with ten million`)
  }
  report.counted(
    'in all',
    `${Math.round(total)} bytes an account, ${gib(total * 10_000_000)} with ten million`,
  )
}

const gib = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(2)} GiB`

if (which !== 'postgres') await onSqlite()
if (which !== 'sqlite') await onPostgres()
