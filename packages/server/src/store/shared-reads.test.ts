/** Reads by key on a database server: those of a round share a question, and each gets its own answer. */
import { afterAll, describe, expect, it } from 'vitest'
import { sampleUser, testDatabases } from '../testing/databases.ts'
import { createSharedRead } from './shared-reads.ts'

describe('reads of the same round', () => {
  it('share one question, which asks for each key once', async () => {
    const asked: (readonly number[])[] = []
    const read = createSharedRead(
      async (keys: readonly number[]) => {
        asked.push(keys)
        return keys.filter((key) => key !== 3).map((key) => ({ key }))
      },
      ({ key }) => key,
    )
    const rows = await Promise.all([read(2), read(1), read(3), read(2)])
    expect(rows).toEqual([{ key: 2 }, { key: 1 }, undefined, { key: 2 }])
    expect(asked).toEqual([[2, 1, 3]])
    expect(await read(1)).toEqual({ key: 1 })
    expect(asked).toHaveLength(2)
  })

  it('are not joined by one who comes when the question is on its way, for the answer may be older', async () => {
    const answers: ((rows: { key: number; at: string }[]) => void)[] = []
    const read = createSharedRead(
      () => new Promise<{ key: number; at: string }[]>((resolve) => answers.push(resolve)),
      ({ key }) => key,
    )
    const early = read(1)
    await expect.poll(() => answers.length).toBe(1)
    const late = read(1)
    await expect.poll(() => answers.length).toBe(2)
    answers[1]?.([{ key: 1, at: 'later' }])
    answers[0]?.([{ key: 1, at: 'before' }])
    expect([await early, await late].map((row) => row?.at)).toEqual(['before', 'later'])
  })

  it('fail together, and the next round asks again', async () => {
    let fault: Error | null = new TypeError('away')
    const read = createSharedRead(
      async (keys: readonly number[]) => {
        if (fault) throw fault
        return keys.map((key) => ({ key }))
      },
      ({ key }) => key,
    )
    const outcomes = await Promise.allSettled([read(1), read(2)])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    fault = null
    expect(await read(1)).toEqual({ key: 1 })
  })
})

describe.each(testDatabases())('accounts by id | $name', (database) => {
  afterAll(() => database.close())

  it('come each to whoever asked, over one connection however many ask at once', async () => {
    const store = await database.open()
    const emails = Array.from({ length: 20 }, (_, n) => `person-${n}@example.com`)
    const ids: number[] = []
    for (const email of emails) ids.push((await store.users.insert(sampleUser(email)))?.id ?? 0)
    const found = await Promise.all([...ids, 0, 2 ** 52, -1].map((id) => store.users.byId(id)))
    expect(found.map((user) => user?.email ?? null)).toEqual([...emails, null, null, null])
    if (store.dialect === 'postgres') expect(store.pool()).toEqual({ total: 1, idle: 1, waiting: 0 })
  })

  it('are as they were just stored, also inside of a transaction', async () => {
    const store = await database.open()
    const user = await store.users.insert(sampleUser('just-now@example.com'))
    const id = user?.id ?? 0
    await store.transaction(async ({ users }) => {
      await users.update(id, { locale: 'id' })
      expect((await users.byId(id))?.locale).toBe('id')
    })
    expect((await store.users.byId(id))?.locale).toBe('id')
  })
})
