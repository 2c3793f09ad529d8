import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../testing/databases.ts'
import type { OpenStore } from './open-store.ts'

const NOW = 1_700_000_000_000
const revocation = (sessionId: string, expiresAt = NOW + 1) => ({ sessionId, expiresAt })

describe.each(testDatabases())('the list of revocations | $name', (database) => {
  let store: OpenStore
  beforeAll(async () => {
    store = await database.open()
  })
  afterAll(() => database.close())

  it('gives what came after a number and still matters, in order', async () => {
    const first = await store.revocations.add(revocation('first'))
    const second = await store.revocations.add(revocation('second'))
    const expired = await store.revocations.add(revocation('expired', NOW))
    const last = await store.revocations.add(revocation('last'))
    expect(second.seq).toBeGreaterThan(first.seq)
    expect(await store.revocations.since(0, NOW)).toStrictEqual([first, second, last])
    expect(await store.revocations.since(first.seq, NOW)).toStrictEqual([second, last])
    expect(await store.revocations.since(expired.seq, NOW)).toStrictEqual([last])
    expect(await store.revocations.since(last.seq, NOW)).toEqual([])
  })

  it('never shows a number before a lower one, even if the lower one is committed late', async () => {
    const [highest] = (await store.revocations.since(0, NOW)).slice(-1)
    const seen = highest?.seq ?? 0
    const other = await database.open()
    const added = Promise.withResolvers<void>()
    const slow = store.transaction(async ({ revocations }) => {
      await revocations.add(revocation('slow'))
      added.resolve()
      await setTimeout(100)
    })
    await added.promise
    const quick = other.revocations.add(revocation('quick'))
    await Promise.race([quick, setTimeout(50)])
    const meanwhile = await other.revocations.since(seen, NOW)
    await Promise.all([slow, quick])
    const after = meanwhile.at(-1)?.seq ?? seen
    const caughtUp = [...meanwhile, ...(await other.revocations.since(after, NOW))]
    expect(caughtUp.map(({ sessionId }) => sessionId)).toEqual(['slow', 'quick'])
  })

  it('loses nobody when many are added at once while a verifier follows', async () => {
    const [last] = (await store.revocations.since(0, NOW)).slice(-1)
    let seq = last?.seq ?? 0
    const found: string[] = []
    const follow = async () => {
      for (const entry of await store.revocations.since(seq, NOW)) {
        found.push(entry.sessionId)
        seq = entry.seq
      }
    }
    let running = true
    const adding = Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        store.transaction(({ revocations }) => revocations.add(revocation(`many-${n}`))),
      ),
    ).then(() => {
      running = false
    })
    while (running) await Promise.all([follow(), setTimeout(1)])
    await adding
    await follow()
    expect(new Set(found).size).toBe(40)
  })
})

describe.each(testDatabases())('the blacklist | $name', (database) => {
  let store: OpenStore
  beforeAll(async () => {
    store = await database.open()
  })
  afterAll(() => database.close())

  it('takes a token id once, however many bring it at the same time', async () => {
    const stores = [store, await database.open()]
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, n) => stores[n % 2]?.revocations.blacklist('jti', NOW)),
    )
    expect(results.filter(Boolean)).toHaveLength(1)
  })

  it('knows the ids on it and no others', async () => {
    await store.revocations.blacklist('used', NOW)
    expect(await store.revocations.isBlacklisted('used')).toBe(true)
    expect(await store.revocations.isBlacklisted('unused')).toBe(false)
  })
})
