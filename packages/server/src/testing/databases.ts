/** Databases for tests: a fresh one of each kind, so that one suite says the same about both. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import { Secret } from '../domain/secret.ts'
import type { NewUser } from '../domain/user.ts'
import { connect, type OpenStore, openStore, type StoreOptions } from '../store/open-store.ts'
import { createSealer } from '../tokens/seal.ts'

/** A database of its own, made when it is first used. */
export interface TestDatabase {
  readonly name: 'SQLite' | 'PostgreSQL'
  /** Where it is, as `database.url` says it. */
  url(): Promise<string>
  /** Opens a store on it; several are several instances of the server. Without options: no declared fields. */
  open(options?: Partial<Omit<StoreOptions, 'url'>>): Promise<OpenStore>
  /** Closes its stores and removes it. */
  close(): Promise<void>
}

/** Seals as the server does, with a secret that everybody may know. */
export const testSealer = createSealer([new Secret('only for tests, only for tests, only')], 'outbox')

/** An account to store, for tests that care about little of it. */
export const sampleUser = (email: string, changes: Partial<NewUser> = {}): NewUser => ({
  email,
  profile: {},
  passwordHash: 'hash',
  isActive: false,
  isStaff: false,
  locale: null,
  createdAt: 1_700_000_000_000,
  ...changes,
})

/**
 * A fresh database of each kind. PostgreSQL is the one at `TEST_POSTGRES_URL`, or on this machine. If none answers,
 * the tests fail: what was not tried on both databases is not known to work on both.
 */
export const testDatabases = (): readonly TestDatabase[] => [sqliteDatabase(), postgresDatabase()]

interface Place {
  readonly url: string
  readonly remove: () => Promise<void>
}

function sqliteDatabase(): TestDatabase {
  return database('SQLite', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'doorward-test-'))
    const remove = () => rm(folder, { recursive: true })
    return { url: `sqlite:${join(folder, 'doorward.db')}`, remove }
  })
}

function postgresDatabase(): TestDatabase {
  return database('PostgreSQL', async () => {
    const server = await findPostgres()
    const name = `doorward_test_${randomBytes(6).toString('hex')}`
    // a database of its own, for looking at the catalogue fails while another suite drops something in it
    await run(server, sql`create database ${sql.id(name)}`)
    const address = new URL(server)
    address.pathname = `/${name}`
    address.searchParams.set('schema', 'doorward')
    const remove = () => run(server, sql`drop database if exists ${sql.id(name)} with (force)`)
    return { url: address.href, remove }
  })
}

function database(name: TestDatabase['name'], make: () => Promise<Place>): TestDatabase {
  const stores: OpenStore[] = []
  let place: Promise<Place> | undefined
  const whereabouts = () => {
    place ??= make()
    return place
  }
  const url = async () => (await whereabouts()).url
  return {
    name,
    url,
    open: async (options) => {
      const store = await openStore({ url: await url(), fields: {}, sealer: testSealer, ...options })
      stores.push(store)
      return store
    },
    close: async () => {
      await Promise.all(stores.splice(0).map((store) => store.close()))
      const made = await place
      place = undefined
      await made?.remove()
    },
  }
}

/** The address of a PostgreSQL that answers. */
async function findPostgres(): Promise<string> {
  const url = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
  const { db } = connect(url)
  try {
    await db.selectNoFrom((eb) => eb.lit(1).as('one')).execute()
    return url
  } catch (error) {
    const { host } = new URL(url)
    throw new TypeError(`No PostgreSQL answers at ${host}. Start one there, or set TEST_POSTGRES_URL.`, {
      cause: error,
    })
  } finally {
    await db.destroy()
  }
}

async function run(server: string, statement: RawBuilder<unknown>): Promise<void> {
  const { db } = connect(server)
  try {
    await statement.execute(db)
  } finally {
    await db.destroy()
  }
}
