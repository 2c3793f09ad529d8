/**
 * The disk of SQLite is full: whoever writes hears 503 and when to come again, whoever reads is served, the database is
 * whole, and when there is room again everything goes on by itself. Needs root, for a small disk of its own (tmpfs).
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { startSmtpSink } from '../../packages/server/src/testing/smtp-sink.ts'
import { ask, PASSWORD, register, signIn } from './support/api.ts'
import { createLoad, type Load } from './support/load.ts'
import { describeStatuses } from './support/memory.ts'
import { createReport, pause, type Report, within } from './support/report.ts'
import { type Installation, install } from './support/server.ts'

/** The size of the disk, in MiB. */
const SIZE = 16

const READER = 'ada@example.com'

async function play(report: Report, server: Installation, load: Load, disk: string): Promise<void> {
  const reader = await readerOf(server)
  load.run()
  await pause(1500)
  const room = () => {
    const { bavail, bsize } = statfsSync(disk)
    return bavail * bsize
  }
  writeFileSync(join(disk, 'filler'), Buffer.alloc(Math.max(0, room() - 65_536)))
  const full = () => (load.memory.statuses.get(503) ?? 0) > 20
  report.promised('a full disk shows in answers', await within(20_000, full))
  report.did(`filled the disk of ${SIZE} MiB; ${room()} bytes are left`)
  const writing = await register(server.url, `${crypto.randomUUID()}@example.com`)
  report.promised(
    `who writes hears 503 and when to come again (${writing.status}, ${writing.retryAfter})`,
    writing.status === 503 && writing.retryAfter !== null,
  )
  const reading = await ask(server.url, 'users/me/', undefined, reader)
  report.promised(`who reads is served (${reading.status})`, reading.status === 200)
  report.promised('the database is whole', isWhole(join(disk, 'doorward.db')))

  rmSync(join(disk, 'filler'))
  const began = performance.now()
  const served = async () => (await register(server.url, `${crypto.randomUUID()}@example.com`)).status === 201
  const recovered = await within(20_000, served)
  report.did(`made room; served again ${Math.round(performance.now() - began)} ms later`)
  report.promised('the server recovers without a restart', recovered)
  await pause(1000)
  await load.pauseAll()
  report.counted('answers', describeStatuses(load.memory))
  const silent = load.memory.statuses.get(0) ?? 0
  report.promised(`everybody got an answer (${silent} did not)`, silent === 0)
  await load.verify(report)
  report.promised('the database is whole afterwards', isWhole(join(disk, 'doorward.db')))
}

async function readerOf({ url }: Installation): Promise<string> {
  return (await signIn(url, READER, PASSWORD)).body.access ?? ''
}

function isWhole(path: string): boolean {
  const database = new DatabaseSync(path, { readOnly: true })
  const { integrity_check: result } = database.prepare('pragma integrity_check').get() ?? {}
  database.close()
  return result === 'ok'
}

const report = createReport('A full disk under SQLite')
const disk = mkdtempSync(join(tmpdir(), 'doorward-disk-'))
execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}m`, 'doorward-disk', disk])
const sink = await startSmtpSink()
const server = await install({
  SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
  DATABASE_URL: `sqlite:${join(disk, 'doorward.db')}`,
})
try {
  const name = ['--first-name', 'Ada', '--last-name', 'S', '--role', 'admin']
  server.run('createsuperuser', '--email', READER, '--password', PASSWORD, ...name)
  await server.start()
  const load = await createLoad(() => server.url, sink)
  await play(report, server, load, disk)
} finally {
  await server.close()
  await sink.close()
  execFileSync('umount', [disk])
  rmSync(disk, { recursive: true })
  report.end()
}
