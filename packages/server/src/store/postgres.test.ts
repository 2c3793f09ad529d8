import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleUser, type TestDatabase, testDatabases, testSealer } from '../testing/databases.ts'
import { connect, type OpenStore, openStore } from './open-store.ts'

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
    expect(runs).toBe(3)
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
