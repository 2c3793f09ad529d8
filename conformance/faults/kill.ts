/**
 * `kill -9` of the server at random moments under load: nothing that was answered is lost, every mail arrives, and
 * nothing is half done. `--rounds 50`, `--database sqlite|postgres|both`.
 */
import { sql } from 'kysely'
import { connect } from '../../packages/server/src/store/open-store.ts'
import { startSmtpSink } from '../../packages/server/src/testing/smtp-sink.ts'
import { createLoad } from './support/load.ts'
import { describeStatuses } from './support/memory.ts'
import { startCluster } from './support/postgres.ts'
import { createReport, option, pause, type Report } from './support/report.ts'
import { install } from './support/server.ts'

const rounds = Number(option('rounds', '50'))
const which = option('database', 'both')

async function killAndCheck(title: string, database: string | null): Promise<void> {
  const report = createReport(`kill -9, ${rounds} times, on ${title}`)
  const sink = await startSmtpSink()
  const server = await install({
    SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
    ...(database && { DATABASE_URL: database }),
  })
  try {
    await server.start()
    const load = await createLoad(() => server.url, sink)
    load.run()
    for (let round = 1; round <= rounds; round += 1) {
      await pause(200 + Math.random() * 1300)
      await server.signal('SIGKILL')
      await server.start()
    }
    await pause(1000)
    await load.pauseAll()
    report.did(`killed the server ${rounds} times; answers: ${describeStatuses(load.memory)}`)
    await load.verify(report)
    await checkHalves(report, database ?? `sqlite:${server.folder}/data/doorward.db`)
  } finally {
    await server.close()
    await sink.close()
    report.end()
  }
}

/** What belongs to one transaction is there as a whole, also of those that were never answered. */
async function checkHalves(report: Report, url: string): Promise<void> {
  const { db } = connect(url)
  const count = async (query: ReturnType<typeof sql<{ count: number }>>) =>
    Number((await query.execute(db)).rows[0]?.count)
  const unmailed = await count(sql`
    select count(*) as count from users u
    where not exists (select 1 from outbox o where o.user_id = u.id and o.kind = 'activation')`)
  const unrevoked = await count(sql`
    select count(*) as count from sessions s where s.ended_at is not null
    and not exists (select 1 from revocations r where r.session_id = s.id)`)
  const unrecorded = await count(sql`
    select count(*) as count from users u
    where not exists (select 1 from audit a where a.user_id = u.id)`)
  const users = await count(sql`select count(*) as count from users`)
  await db.destroy()
  report.counted('accounts in the database', users)
  report.promised(`no account without its mail (${unmailed})`, unmailed === 0)
  report.promised(`no ended session without its revocation (${unrevoked})`, unrevoked === 0)
  report.promised(`no account without its entry in the audit log (${unrecorded})`, unrecorded === 0)
}

if (which !== 'postgres') await killAndCheck('SQLite', null)
if (which !== 'sqlite') {
  const cluster = await startCluster()
  try {
    await killAndCheck('PostgreSQL', cluster.url)
  } finally {
    cluster.close()
  }
}
