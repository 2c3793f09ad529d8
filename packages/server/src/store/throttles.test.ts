import fc from 'fast-check'
import { Redis } from 'ioredis'
import { afterAll, describe, expect, it } from 'vitest'
import { afterAttempt, afterRefusal, parseLimit, type ThrottleState, waitOf } from '../domain/throttle.ts'
import { testDatabases } from '../testing/databases.ts'
import { createMemoryThrottles } from './memory-throttles.ts'
import { createRedisThrottles } from './redis-throttles.ts'
import type { ThrottleStore } from './throttle-store.ts'

const NOW = 1_900_000_000_000
const limit = parseLimit('3 per 1h, then 2s to 1m') ?? expect.fail('not a limit')
const REDIS = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379'
const [, postgres] = testDatabases()

/** Where counters may be kept. Redis only where one answers: Doorward needs none. */
const places: { name: string; open: () => Promise<ThrottleStore> }[] = [
  { name: 'memory', open: async () => createMemoryThrottles() },
  {
    name: 'PostgreSQL',
    open: async () => (await postgres?.open())?.throttles ?? expect.fail('no PostgreSQL'),
  },
]
if (await answers(REDIS)) {
  places.push({
    name: 'Redis',
    open: async () => createRedisThrottles(REDIS, (error) => expect.fail(String(error))),
  })
}

async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null })
  redis.on('error', () => {})
  try {
    return (await redis.connect().then(() => redis.ping())) === 'PONG'
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}

let count = 0
const newKey = () => `test:${process.pid}:${NOW}:${Math.random()}:${count++}`

afterAll(() => postgres?.close())

for (const { name, open } of places) {
  describe(`counters | ${name}`, () => {
    it('let three attempts through, then make wait, twice as long each time', async () => {
      const store = await open()
      const key = newKey()
      const attempt = async (now: number) => (await store.take([{ key, limit }], now))[0]?.wait
      expect([await attempt(NOW), await attempt(NOW), await attempt(NOW)]).toEqual([0, 0, 0])
      expect(await attempt(NOW)).toBe(2000)
      expect(await attempt(NOW + 1500)).toBe(500)
      expect(await attempt(NOW + 2000)).toBe(0)
      expect(await attempt(NOW + 2000)).toBe(4000)
      await store.close()
    })

    it('are not moved by attempts that come too early: knocking prolongs nothing', async () => {
      const store = await open()
      const key = newKey()
      for (let i = 0; i < 50; i += 1) await store.take([{ key, limit }], NOW + i)
      expect((await store.take([{ key, limit }], NOW + 2002))[0]?.wait).toBe(0)
      await store.close()
    })

    it('are exact when attempts are simultaneous, on any number of instances', async () => {
      const stores = await Promise.all(name === 'memory' ? [open()] : [open(), open(), open(), open()])
      const key = newKey()
      const other = newKey()
      const attempts = [
        { key, limit },
        { key: other, limit },
      ]
      const all = await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          stores[i % stores.length]?.take(i % 2 ? attempts : attempts.toReversed(), NOW),
        ),
      )
      const through = all.flatMap((taken) => taken ?? []).filter(({ wait }) => wait === 0)
      expect(through.filter((one) => one.key === key)).toHaveLength(3)
      expect(through.filter((one) => one.key === other)).toHaveLength(3)
      await Promise.all(stores.map((store) => store.close()))
    })

    it('give an attempt back, and forget a key altogether', async () => {
      const store = await open()
      const [one, two] = [newKey(), newKey()]
      const both = [
        { key: one, limit },
        { key: two, limit },
      ]
      for (let i = 0; i < 3; i += 1) await store.take(both, NOW)
      await store.settle({ giveBack: [one], forget: [two] })
      const levels = (await store.take(both, NOW)).map(({ level, wait }) => [level, wait])
      expect(levels).toEqual([
        [3, 0],
        [1, 0],
      ])
      await store.settle({ giveBack: [newKey()], forget: [newKey()] })
      await store.close()
    })

    it.each([
      ['an hour', 3_600_000],
      ['a day', 86_400_000],
    ])('neither lock anybody out nor forgive anything when the clock was ahead by %s', async (_, ahead) => {
      const store = await open()
      const key = newKey()
      const attempt = async (now: number) => (await store.take([{ key, limit }], now))[0]?.wait
      for (let i = 0; i < 3; i += 1) await attempt(NOW + ahead)
      expect(await attempt(NOW)).toBe(2000)
      expect(await attempt(NOW + 1500)).toBe(500)
      expect(await attempt(NOW + 2000)).toBe(0)
      expect(await attempt(NOW + 2000)).toBe(4000)
      expect(await attempt(NOW + 1_202_000)).toBe(0)
      await store.close()
    })

    it('say what the arithmetic of the domain says, wherever the clock jumps', async () => {
      const store = await open()
      const jumps = fc.array(
        fc.oneof(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: -1e8, max: 1e7 })),
        {
          maxLength: 30,
        },
      )
      await fc.assert(
        fc.asyncProperty(jumps, async (moves) => {
          const key = newKey()
          let now = NOW
          let state: ThrottleState | undefined
          for (const move of moves) {
            now += move
            const wait = waitOf(state, limit, now)
            state = state && wait > 0 ? afterRefusal(state, now) : afterAttempt(state, limit, now)
            const [taken] = await store.take([{ key, limit }], now)
            expect(taken?.wait).toBeCloseTo(wait, 3)
            expect(taken?.level).toBeCloseTo(state.level, 6)
          }
        }),
        { numRuns: 40, seed: 1 },
      )
      await store.close()
    })

    it('forget what is forgiven', async () => {
      const store = await open()
      const key = newKey()
      await store.take([{ key, limit }], NOW)
      await store.sweep(NOW + 86_400_000)
      expect((await store.take([{ key, limit }], NOW + 86_400_000))[0]?.level).toBe(1)
      await store.close()
    })
  })
}

describe('counters | in memory', () => {
  it('drop the oldest keys rather than fill the memory', async () => {
    const store = createMemoryThrottles(100)
    for (let i = 0; i < 1000; i += 1) await store.take([{ key: `flood:${i}`, limit }], NOW)
    expect((await store.take([{ key: 'flood:0', limit }], NOW))[0]?.level).toBe(1)
    expect((await store.take([{ key: 'flood:999', limit }], NOW))[0]?.level).toBe(2)
  })
})
