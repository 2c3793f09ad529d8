import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleUser, testDatabases, testSealer } from '../testing/databases.ts'
import { connect, type OpenStore, openStore } from './open-store.ts'
import type { Store } from './store.ts'

describe.each(testDatabases())('a transaction | $name', (database) => {
  let store: OpenStore
  beforeAll(async () => {
    store = await database.open()
  })
  afterAll(() => database.close())

  it('stores all of it and gives back what the work gave', async () => {
    const id = await store.transaction(
      async ({ users }) => (await users.insert(sampleUser('all@example.com')))?.id,
    )
    expect((await store.users.byEmail('all@example.com'))?.id).toBe(id)
  })

  it('stores nothing of it when the work fails, and passes the error on', async () => {
    const failing = store.transaction(async ({ users, revocations }) => {
      await users.insert(sampleUser('nothing@example.com'))
      await revocations.add({ sessionId: 's', expiresAt: 9 })
      await revocations.blacklist('jti', 9)
      throw new RangeError('no')
    })
    await expect(failing).rejects.toThrow(RangeError)
    expect(await store.users.byEmail('nothing@example.com')).toBeNull()
    expect(await store.revocations.since(0, 1)).toEqual([])
    expect(await store.revocations.isBlacklisted('jti')).toBe(false)
  })

  it('goes on after an address was found to be taken', async () => {
    await store.users.insert(sampleUser('there@example.com'))
    const stored = await store.transaction(async ({ users }) => {
      expect(await users.insert(sampleUser('there@example.com'))).toBeNull()
      return users.insert(sampleUser('instead@example.com'))
    })
    expect(stored?.email).toBe('instead@example.com')
  })

  it('is not seen by others before it is stored', async () => {
    const other = await database.open()
    const inserted = Promise.withResolvers<void>()
    const slow = store.transaction(async ({ users }) => {
      await users.insert(sampleUser('unseen@example.com'))
      inserted.resolve()
      await setTimeout(50)
    })
    await inserted.promise
    expect(await other.users.byEmail('unseen@example.com')).toBeNull()
    await slow
    expect(await other.users.byEmail('unseen@example.com')).not.toBeNull()
  })

  it('waits for one of another instance instead of failing', async () => {
    const other = await database.open()
    const user = await store.users.insert(sampleUser('both@example.com'))
    const add = (one: Store) =>
      one.transaction(async ({ users }) => {
        const seen = await users.byId(user?.id ?? 0)
        await setTimeout(10)
        return seen && users.updateIfUnchanged(seen, { passwordHash: `${seen.passwordHash}!` })
      })
    const results = await Promise.all([add(store), add(other), add(store), add(other)])
    const won = results.filter((result) => result !== null)
    expect((await store.users.byId(user?.id ?? 0))?.passwordHash).toBe(`hash${'!'.repeat(won.length)}`)
  })

  it('is not nested', async () => {
    const nested = store.transaction(({ transaction }) => transaction(async () => 1))
    await expect(nested).rejects.toThrow('transactions are not nested')
  })
})

describe.each(testDatabases())('an open store | $name', (database) => {
  afterAll(() => database.close())

  it('answers to a ping, knows its migrations, and answers no more once closed', async () => {
    const store = await database.open()
    await store.ping()
    const states = (await store.migrationStatus()).map(({ state }) => state)
    expect(new Set(states)).toEqual(new Set(['applied']))
    expect(`${database.name} ${store.dialect}`).toMatch(/^(SQLite sqlite|PostgreSQL postgres)$/)
    await store.close()
    await expect(store.ping()).rejects.toThrow()
  })
})

describe('the address of a database | that cannot be used', () => {
  it.each([
    'mysql://root:hunter2@localhost/doorward',
    'postgres//no-colon:hunter2@x',
    './doorward.db',
    'sqlite:',
  ])('is refused with what to write, without repeating a password: %s', async (url) => {
    const opening = openStore({ url, fields: {}, sealer: testSealer })
    await expect(opening).rejects.toThrow(TypeError)
    await expect(opening).rejects.toThrow('Write `sqlite:./data/doorward.db` or `postgres://')
    await expect(opening).rejects.not.toThrow('hunter2')
  })

  it.each([
    ['schema', 'postgres://localhost/x?schema=a;drop table users'],
    ['schema', 'postgres://localhost/x?schema='],
    ['pool', 'postgres://localhost/x?pool=none'],
    ['pool', 'postgres://localhost/x?pool=0'],
  ])('is refused when its %s is no good', (name, url) => {
    expect(() => connect(url)).toThrow(`\`${name}\` is not a`)
  })
})
