/** Tests of how one instance hears what another one changed, with a connection that is cut, frozen and refused. */
import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabases, testSealer } from '../testing/databases.ts'
import { startTestNetwork } from '../testing/network.ts'
import { connect, type OpenStore, openStore } from './open-store.ts'

const onlyPostgres = (): TestDatabase[] => testDatabases().filter(({ name }) => name === 'PostgreSQL')
const revocation = { sessionId: 's', expiresAt: 9 }

describe.each(onlyPostgres())('$name | announcements between instances', (database) => {
  const opened: OpenStore[] = []
  afterEach(() => Promise.all(opened.splice(0).map((store) => store.close())))
  afterAll(() => database.close())

  async function listener(url?: string): Promise<{ store: OpenStore; heard: string[] }> {
    const store = await openStore({
      url: url ?? (await database.url()),
      fields: {},
      sealer: testSealer,
      postgres: { applicationName: 'doorward-listener' },
    })
    opened.push(store)
    const heard: string[] = []
    store.listen((topic) => heard.push(topic))
    await expect.poll(() => store.listening).toBe('listening')
    return { store, heard }
  }

  it('are heard when the transaction is stored, and not before', async () => {
    const { heard } = await listener()
    const other = await database.open()
    heard.length = 0
    await other.transaction(async ({ revocations }) => {
      await revocations.add(revocation)
      await other.ping()
      expect(heard).toEqual([])
    })
    await expect.poll(() => heard).toEqual(['revocations'])
    await other.keyDocuments?.replace(null, 'first')
    await expect.poll(() => heard).toEqual(['revocations', 'keys'])
  })

  it('are not made by a transaction that fails', async () => {
    const { heard } = await listener()
    const other = await database.open()
    heard.length = 0
    const failing = other.transaction(async ({ revocations }) => {
      await revocations.add(revocation)
      throw new RangeError('no')
    })
    await expect(failing).rejects.toThrow(RangeError)
    await other.revocations.add(revocation)
    await expect.poll(() => heard).toEqual(['revocations'])
  })

  it('are made up for after the server has cut the connection: everything may have changed', async () => {
    const { store, heard } = await listener()
    heard.length = 0
    const { db } = connect(await database.url())
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'doorward-listener' and query ilike 'listen%'
    `.execute(db)
    await db.destroy()
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['revocations', 'keys'])
    expect(store.listening).toBe('listening')
  })

  it('are made up for after the network was down', async () => {
    const network = await startTestNetwork(await database.url())
    const { store, heard } = await listener(network.through(await database.url()))
    network.state = 'down'
    await expect.poll(() => store.listening).toBe('lost')
    heard.length = 0
    network.state = 'fine'
    await expect.poll(() => store.listening, { timeout: 10_000 }).toBe('listening')
    expect(heard).toEqual(['revocations', 'keys'])
    await Promise.all(opened.splice(0).map((one) => one.close()))
    await network.close()
  })

  it('are known to be missing when the network says nothing any more', { timeout: 40_000 }, async () => {
    const network = await startTestNetwork(await database.url())
    const { store } = await listener(network.through(await database.url()))
    network.state = 'frozen'
    await expect.poll(() => store.listening, { timeout: 20_000 }).toBe('lost')
    network.state = 'fine'
    await expect.poll(() => store.listening, { timeout: 20_000 }).toBe('listening')
    await Promise.all(opened.splice(0).map((one) => one.close()))
    await network.close()
  })
})

describe('SQLite | announcements between instances', () => {
  it('are not made: whoever shares the file looks by itself', async () => {
    const [database] = testDatabases()
    const store = await database?.open()
    expect(store?.listening).toBe('off')
    expect(store?.keyDocuments).toBeNull()
    await database?.close()
  })
})

describe.each(onlyPostgres())('$name | the document of the signing keys', (database) => {
  afterAll(() => database.close())

  it('is made once, however many instances begin, and replaced by the one that saw the newest', async () => {
    const stores = await Promise.all(Array.from({ length: 6 }, () => database.open()))
    const replaceAll = (seen: string | null) =>
      Promise.all(stores.map((store, index) => store.keyDocuments?.replace(seen, `text ${index}`)))
    const [store] = stores
    expect(await store?.keyDocuments?.read()).toBeNull()
    expect((await replaceAll(null)).filter(Boolean)).toHaveLength(1)
    const first = await store?.keyDocuments?.read()
    expect(await store?.keyDocuments?.version()).toBe(first?.version)
    expect((await replaceAll(first?.version ?? '')).filter(Boolean)).toHaveLength(1)
    expect((await replaceAll(first?.version ?? '')).filter(Boolean)).toHaveLength(0)
  })
})
