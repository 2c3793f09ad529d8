import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleUser, testDatabases } from '../testing/databases.ts'
import type { OpenStore } from './open-store.ts'
import type { Session, Store } from './store.ts'

const NOW = 1_700_000_000_000
const LATER = NOW + 86_400_000

const newSession = (id: string, userId: number, changes: Partial<Session> = {}): Session => ({
  id,
  userId,
  createdAt: NOW,
  lastUsedAt: NOW,
  expiresAt: LATER,
  authenticatedAt: NOW,
  amr: 'pwd',
  userAgent: 'Mozilla/5.0 (Macintosh)',
  address: '2001:db8::1',
  refreshHash: `${id}-1`,
  parentHash: null,
  rotatedAt: NOW,
  endedAt: null,
  endReason: null,
  ...changes,
})

async function newAccount(store: Store, email: string): Promise<number> {
  return (await store.users.insert(sampleUser(email)))?.id ?? 0
}

describe.each(testDatabases())('a session | $name', (database) => {
  let store: OpenStore
  let userId: number
  beforeAll(async () => {
    store = await database.open()
    userId = await newAccount(store, 'device@example.com')
  })
  afterAll(() => database.close())

  it('comes back as it was stored', async () => {
    const session = newSession('whole', userId, { parentHash: 'p', endedAt: NOW, endReason: 'signed_out' })
    await store.sessions.insert(session)
    expect(await store.sessions.byId('whole')).toStrictEqual(session)
    expect(await store.sessions.byId('nobody')).toBeNull()
  })

  it('is not stored beyond the most that a person may have; ended and expired ones do not count', async () => {
    const somebody = await newAccount(store, 'many@example.com')
    await store.sessions.insert(newSession('over', somebody, { endedAt: NOW, endReason: 'signed_out' }))
    await store.sessions.insert(newSession('expired', somebody, { expiresAt: NOW }))
    expect(await store.sessions.insert(newSession('first', somebody), 2)).toBe(true)
    expect(await store.sessions.insert(newSession('second', somebody), 2)).toBe(true)
    expect(await store.sessions.insert(newSession('third', somebody), 2)).toBe(false)
    expect(await store.sessions.byId('third')).toBeNull()
    expect(await store.sessions.insert(newSession('mine', userId), 1)).toBe(true)
  })

  it('ends once, with its reason', async () => {
    await store.sessions.insert(newSession('ending', userId))
    const end = { id: 'ending', now: NOW + 1, reason: 'signed_out' }
    const results = await Promise.all(Array.from({ length: 8 }, () => store.sessions.end(end)))
    expect(results.filter(Boolean)).toHaveLength(1)
    expect(await store.sessions.end({ ...end, reason: 'another' })).toBeNull()
    expect(await store.sessions.byId('ending')).toMatchObject({ endedAt: NOW + 1, endReason: 'signed_out' })
  })

  it('remembers when the person proved again who they are', async () => {
    await store.sessions.insert(newSession('again', userId))
    await store.sessions.reauthenticated('again', NOW + 7)
    expect(await store.sessions.byId('again')).toEqual({
      ...newSession('again', userId),
      authenticatedAt: NOW + 7,
    })
  })
})

describe.each(testDatabases())('the sessions of an account | $name', (database) => {
  let store: OpenStore
  beforeAll(async () => {
    store = await database.open()
  })
  afterAll(() => database.close())

  it('are listed while they last, the one used last first', async () => {
    const [mine, other] = [await newAccount(store, 'a@example.com'), await newAccount(store, 'b@example.com')]
    for (const session of [
      newSession('old', mine, { lastUsedAt: NOW - 2 }),
      newSession('recent', mine, { lastUsedAt: NOW - 1 }),
      newSession('ended', mine, { endedAt: NOW - 1 }),
      newSession('expired', mine, { expiresAt: NOW }),
      newSession('foreign', other),
    ]) {
      await store.sessions.insert(session)
    }
    const listed = await store.sessions.listOf(mine, NOW)
    expect(listed.map(({ id }) => id)).toEqual(['recent', 'old'])
  })

  it('end all but one, and only those of this account', async () => {
    const [mine, other] = [await newAccount(store, 'c@example.com'), await newAccount(store, 'd@example.com')]
    for (const id of ['here', 'there', 'elsewhere']) await store.sessions.insert(newSession(id, mine))
    await store.sessions.insert(newSession('theirs', other))
    const all = { userId: mine, now: NOW, reason: 'password_changed' }
    expect([...(await store.sessions.endAllOf({ ...all, except: 'here' }))].sort()).toEqual([
      'elsewhere',
      'there',
    ])
    expect((await store.sessions.listOf(mine, NOW)).map(({ id }) => id)).toEqual(['here'])
    expect(await store.sessions.endAllOf(all)).toEqual(['here'])
    expect(await store.sessions.endAllOf(all)).toEqual([])
    expect(await store.sessions.listOf(other, NOW)).toHaveLength(1)
  })
})

describe.each(testDatabases())('rotating a refresh token | $name', (database) => {
  let store: OpenStore
  let userId: number
  beforeAll(async () => {
    store = await database.open()
    userId = await newAccount(store, 'rotating@example.com')
  })
  afterAll(() => database.close())

  it('replaces the current one and keeps it as the parent', async () => {
    await store.sessions.insert(newSession('turn', userId))
    const rotated = await store.sessions.rotate({ id: 'turn', from: 'turn-1', to: 'turn-2', now: NOW + 5 })
    const expected = { refreshHash: 'turn-2', parentHash: 'turn-1', rotatedAt: NOW + 5, lastUsedAt: NOW + 5 }
    expect(rotated).toStrictEqual(newSession('turn', userId, expected))
    expect(await store.sessions.byId('turn')).toStrictEqual(rotated)
  })

  it('has one winner among all who bring the same token at the same time', async () => {
    await store.sessions.insert(newSession('race', userId))
    const stores = [store, await database.open()]
    const rotated = await Promise.all(
      Array.from({ length: 32 }, (_, n) =>
        stores[n % 2]?.sessions.rotate({ id: 'race', from: 'race-1', to: `race-2-${n}`, now: NOW }),
      ),
    )
    const winners = rotated.filter((session) => session !== null)
    expect(winners).toHaveLength(1)
    expect(await store.sessions.byId('race')).toEqual(winners[0])
  })

  it.each([
    ['a spent token', {}, 'spent-0'],
    ['a session that was ended', { endedAt: NOW - 1 }, 'ended-1'],
    ['a session that has expired', { expiresAt: NOW }, 'expired-1'],
  ])('is refused for %s', async (_, changes, from) => {
    const id = from.slice(0, -2)
    const session = newSession(id, userId, changes)
    await store.sessions.insert(session)
    expect(await store.sessions.rotate({ id, from, to: 'next', now: NOW })).toBeNull()
    expect(await store.sessions.byId(id)).toEqual(session)
  })

  it('is refused for the token of another session', async () => {
    await store.sessions.insert(newSession('one', userId))
    await store.sessions.insert(newSession('two', userId))
    expect(await store.sessions.rotate({ id: 'one', from: 'two-1', to: 'next', now: NOW })).toBeNull()
  })
})

describe.each(testDatabases())('database tokens | $name', (database) => {
  let store: OpenStore
  beforeAll(async () => {
    store = await database.open()
  })
  afterAll(() => database.close())

  it('are made once for an account, also when many ask at the same time', async () => {
    const userId = await newAccount(store, 'token@example.com')
    const stores = [store, await database.open()]
    const sealed = await Promise.all(
      Array.from({ length: 16 }, (_, n) =>
        stores[n % 2]?.databaseTokens.getOrCreate(userId, { hash: `h${n}`, sealed: `s${n}`, createdAt: NOW }),
      ),
    )
    expect(new Set(sealed).size).toBe(1)
    const hash = String(sealed[0]).replace('s', 'h')
    expect(await store.databaseTokens.userByHash(hash)).toEqual(await store.users.byId(userId))
  })

  it('are gone once deleted, and a new one can be made', async () => {
    const userId = await newAccount(store, 'again@example.com')
    const token = { hash: 'old', sealed: 'old', createdAt: NOW }
    await store.databaseTokens.getOrCreate(userId, token)
    await store.databaseTokens.deleteOf(userId)
    expect(await store.databaseTokens.userByHash('old')).toBeNull()
    const fresh = { hash: 'new', sealed: 'new', createdAt: NOW }
    expect(await store.databaseTokens.getOrCreate(userId, fresh)).toBe('new')
  })
})
