import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleUser, type TestDatabase, testDatabases, testSealer } from '../testing/databases.ts'
import { startTestNetwork, type TestNetwork } from '../testing/network.ts'
import { connect, type OpenStore, openStore } from './open-store.ts'
import { takeTls } from './postgres-tls.ts'

const onlyPostgres = (): TestDatabase[] => testDatabases().filter(({ name }) => name === 'PostgreSQL')

describe.each(onlyPostgres())('$name | when connections break', (database) => {
  let store: OpenStore
  beforeAll(async () => {
    store = await database.open()
  })
  afterAll(() => database.close())

  /** What a restart of the server does to its clients. Only connections of this test are cut. */
  async function cutConnections(name: string): Promise<void> {
    const { db } = connect(await database.url())
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where pid <> pg_backend_pid() and application_name = ${name}
    `.execute(db)
    await db.destroy()
  }

  const openNamed = async (name: string): Promise<OpenStore> => {
    const address = new URL(await database.url())
    address.searchParams.set('application_name', name)
    return openStore({ url: address.href, fields: {}, sealer: testSealer })
  }

  it('goes on with a new connection after an idle one was cut', async () => {
    const cut = await openNamed('doorward-idle')
    await cutConnections('doorward-idle')
    await expect.poll(() => cut.ping().then(() => 'answers')).toBe('answers')
    await cut.close()
  })

  it('fails the transaction whose connection was cut, stores nothing of it, and goes on', async () => {
    const cut = await openNamed('doorward-busy')
    const failing = cut.transaction(async ({ users }) => {
      await users.insert(sampleUser('cut@example.com'))
      await cutConnections('doorward-busy')
      await users.byEmail('cut@example.com')
    })
    await expect(failing).rejects.toThrow()
    expect(await cut.users.byEmail('cut@example.com')).toBeNull()
    expect(await store.users.byEmail('cut@example.com')).toBeNull()
    await cut.close()
  })
})

describe.each(onlyPostgres())('$name | two transactions that wait for each other', (database) => {
  let store: OpenStore
  beforeAll(async () => {
    store = await database.open()
  })
  afterAll(() => database.close())

  it('are both stored: the one that is given up is run again', async () => {
    const [a, b] = [
      await store.users.insert(sampleUser('a@example.com')),
      await store.users.insert(sampleUser('b@example.com')),
    ]
    const ids = [a?.id ?? 0, b?.id ?? 0]
    const bothBegan = Promise.withResolvers<void>()
    let begun = 0
    let runs = 0
    const crosswise = (order: number[], locale: string) =>
      store.transaction(async ({ users, outbox }) => {
        runs += 1
        for (const id of order) {
          await users.update(id, { locale })
          begun += 1
          if (begun === 2) bothBegan.resolve()
          await bothBegan.promise
        }
        const mail = { subject: '', text: '', html: '', messageId: locale, createdAt: 1 }
        await outbox.add({ userId: null, kind: 'confirmation', to: 'x@example.com', ...mail })
      })
    await Promise.all([crosswise(ids, 'en'), crosswise(ids.toReversed(), 'id')])
    expect(runs).toBeGreaterThan(2)
    expect(await store.outbox.list({ limit: 9 })).toHaveLength(2)
    const locales = (await store.users.list({ afterId: 0, limit: 2 })).map(({ locale }) => locale)
    expect(new Set(locales).size).toBe(1)
  })
})

describe.each(onlyPostgres())('$name | several schemas in one database', (database) => {
  const neighbours = onlyPostgres()
  afterAll(() => Promise.all([database, ...neighbours].map(({ close }) => close())))

  it('have nothing to do with each other', async () => {
    const store = await database.open()
    await store.users.insert(sampleUser('here@example.com'))
    for (const neighbour of neighbours) {
      const other = await neighbour.open({ fields: { own: { type: 'text' } } })
      expect(await other.users.byEmail('here@example.com')).toBeNull()
      expect((await other.users.insert(sampleUser('there@example.com')))?.id).toBe(1)
    }
  })
})

describe.each(onlyPostgres())('$name | when the server cannot be reached', (database) => {
  let network: TestNetwork
  let store: OpenStore
  beforeAll(async () => {
    const url = await database.url()
    network = await startTestNetwork(url)
    const postgres = { statementTimeout: 1, connectTimeout: 1, poolSize: 2 }
    store = await openStore({ url: network.through(url), fields: {}, sealer: testSealer, postgres })
    await store.users.insert(sampleUser('here@example.com'))
  })
  afterAll(async () => {
    await store.close()
    await network.close()
    await database.close()
  })
  const unavailable = { code: 'unavailable', issues: [{ params: { seconds: 5 } }] }

  it('says so to everybody who asks, and answers again as soon as it is back', async () => {
    network.state = 'down'
    await expect(store.users.byEmail('here@example.com')).rejects.toMatchObject(unavailable)
    const writing = store.transaction(({ users }) => users.insert(sampleUser('away@example.com')))
    await expect(writing).rejects.toMatchObject(unavailable)
    network.state = 'fine'
    expect(await store.users.byEmail('here@example.com')).not.toBeNull()
    expect(await store.users.byEmail('away@example.com')).toBeNull()
  })

  it('gives up a server that is frozen, for those who have a connection and those who wait for one', async () => {
    await store.ping()
    network.state = 'frozen'
    const asking = Array.from({ length: 6 }, () => store.users.byEmail('here@example.com'))
    for (const outcome of await Promise.allSettled(asking)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: unavailable })
    }
    network.state = 'fine'
    expect(await store.users.byEmail('here@example.com')).not.toBeNull()
  })

  it('does not keep the program from ending', async () => {
    const url = network.through(await database.url())
    const other = await openStore({ url, fields: {}, sealer: testSealer })
    network.state = 'frozen'
    await other.close()
    network.state = 'fine'
  })
})

describe.each(onlyPostgres())('$name | waiting for others', (database) => {
  afterAll(() => database.close())

  it('has an end: a lock that somebody holds is `unavailable` after the time that is set', async () => {
    const holder = await database.open()
    const store = await database.open({ postgres: { lockTimeout: 1 } })
    const user = await holder.users.insert(sampleUser('held@example.com'))
    const id = user?.id ?? 0
    await holder.transaction(async ({ users }) => {
      await users.update(id, { locale: 'en' })
      await expect(store.users.update(id, { locale: 'id' })).rejects.toMatchObject({ code: 'unavailable' })
    })
    expect((await store.users.byId(id))?.locale).toBe('en')
  })

  it('has an end at start, too: an instance says that another one is still migrating', async () => {
    const { db } = connect(await database.url())
    await db.transaction().execute(async (trx) => {
      // the lock of an instance that migrates
      await sql`select pg_advisory_xact_lock(7355607)`.execute(trx)
      const starting = database.open({ postgres: { migrationTimeout: 1 } })
      await expect(starting).rejects.toThrow('Another instance has been changing the database for too long')
    })
    await db.destroy()
  })
})

describe.each(onlyPostgres())('$name | behind a pooler', (database) => {
  afterAll(() => database.close())

  it('prepares no statements by name and sends no session parameters; without one, it does both', async () => {
    const url = withoutSchema(await database.url())
    const sessionOf = async (postgres: { directUrl?: string }) => {
      const { db } = connect(url, { ...postgres, poolSize: 1 })
      const { rows } = await sql<{ names: number; lock: string }>`
        select (select count(*) from pg_prepared_statements) as names, current_setting('lock_timeout') as lock
      `.execute(db)
      await db.destroy()
      return rows[0]
    }
    expect(await sessionOf({})).toEqual({ names: 1, lock: '5s' })
    expect(await sessionOf({ directUrl: url })).toEqual({ names: 0, lock: '0' })
  })

  it('brings the database up to date by the direct way', async () => {
    const url = withoutSchema(await database.url())
    const direct = await startTestNetwork(url)
    const pooler = await startTestNetwork(url)
    const postgres = { directUrl: direct.through(url) }
    const store = await openStore({ url: pooler.through(url), fields: {}, sealer: testSealer, postgres })
    pooler.state = 'down'
    await expect(store.ping()).rejects.toMatchObject({ code: 'unavailable' })
    pooler.state = 'fine'
    expect(await store.migrationStatus()).not.toContainEqual(expect.objectContaining({ state: 'pending' }))
    await store.close()
    await Promise.all([direct.close(), pooler.close()])
  })

  it('refuses a schema in the address, which a pooler would forget', async () => {
    const url = await database.url()
    expect(() => connect(url, { directUrl: url })).toThrow('a pooler does not keep `schema`')
  })

  function withoutSchema(url: string): string {
    const address = new URL(url)
    address.searchParams.delete('schema')
    return address.href
  }
})

describe('the encryption of the connection | sslmode', () => {
  const nothing = () => undefined
  const ca = '-----BEGIN CERTIFICATE-----'
  it.each([
    ['unset', null, false],
    ['disable', ca, false],
    ['require', null, { rejectUnauthorized: false }],
    ['require', ca, { ca, checkServerIdentity: expect.any(Function) }],
    ['verify-ca', ca, { ca, checkServerIdentity: expect.any(Function) }],
    ['verify-full', ca, { ca }],
    ['verify-full', null, {}],
    ['unset', ca, { ca }],
  ] as const)('means what it means to libpq: %s with certificate %s', (sslMode, sslCa, expected) => {
    expect(takeTls(nothing, { sslMode, sslCa })).toEqual(expected)
  })

  it('of the address goes before the setting, and must be one', () => {
    const settings = { sslMode: 'verify-full', sslCa: null } as const
    expect(takeTls((name) => (name === 'sslmode' ? 'disable' : undefined), settings)).toBe(false)
    expect(() => takeTls((name) => (name === 'sslmode' ? 'sure' : undefined), settings)).toThrow(TypeError)
  })
})
