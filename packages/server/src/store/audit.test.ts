import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewAuditEntry } from '../domain/audit.ts'
import { testDatabases } from '../testing/databases.ts'
import { connect, type OpenStore } from './open-store.ts'
import type { Database } from './schema.ts'

const DAY = 86_400_000
const NOW = Date.now()

const entry = (changes: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  at: NOW,
  action: 'signed_in',
  actorId: 1,
  userId: 1,
  address: '192.0.2.1',
  userAgent: 'curl/8',
  requestId: 'r-1',
  details: { session: 's' },
  ...changes,
})

describe.each(testDatabases())('the audit log | $name', (database) => {
  let store: OpenStore
  let db: Kysely<Database>
  beforeAll(async () => {
    store = await database.open()
    db = connect(await database.url()).db
    await store.audit.add(entry({ at: NOW - 400 * DAY, action: 'registered', actorId: null }))
    await store.audit.add(entry({ at: NOW - 300 * DAY, action: 'sign_in_failed', address: '192.0.2.2' }))
    await store.audit.add(entry({ userId: 2, action: 'role_changed', details: { before: 'a', after: 'b' } }))
    await store.audit.add(entry())
  })
  afterAll(async () => {
    await db.destroy()
    await database.close()
  })

  const ids = async (query: Partial<Parameters<OpenStore['audit']['list']>[0]>) =>
    (await store.audit.list({ limit: 10, ...query })).map(({ id }) => id)

  it('gives back what was written, the newest first', async () => {
    const all = await store.audit.list({ limit: 10 })
    expect(all.map(({ id }) => id)).toEqual([4, 3, 2, 1])
    expect(all[1]).toEqual({
      ...entry({ userId: 2, action: 'role_changed', details: { before: 'a', after: 'b' } }),
      id: 3,
    })
  })

  it('finds by account, by who did it, by action, by address and by time', async () => {
    expect(await ids({ userId: 2 })).toEqual([3])
    expect(await ids({ actorId: 1, userId: 1 })).toEqual([4, 2])
    expect(await ids({ action: 'registered' })).toEqual([1])
    expect(await ids({ address: '192.0.2.2' })).toEqual([2])
    expect(await ids({ since: NOW - 300 * DAY, until: NOW })).toEqual([2])
  })

  it('gives the next page after an entry, with nothing twice however much is added meanwhile', async () => {
    const first = await ids({ limit: 2 })
    await store.audit.add(entry())
    expect(await ids({ limit: 2, afterId: first.at(-1) })).toEqual([2, 1])
  })

  it('stores nothing when what it records is not stored', async () => {
    const failing = store.transaction(async ({ audit }) => {
      await audit.add(entry({ action: 'deleted' }))
      throw new TypeError('the flow failed')
    })
    await expect(failing).rejects.toThrow('the flow failed')
    expect(await ids({ action: 'deleted' })).toEqual([])
  })

  it('lets nobody change an entry, nor remove one of the last day, not even by SQL', async () => {
    const refusal = 'the audit log is append-only'
    await expect(sql`update audit set actor_id = 9`.execute(db)).rejects.toThrow(refusal)
    await expect(sql`delete from audit where id = 4`.execute(db)).rejects.toThrow(refusal)
    await expect(store.audit.deleteBefore({ at: NOW + 1, limit: 100 })).rejects.toThrow(refusal)
    expect(await ids({})).toHaveLength(5)
  })

  it('removes what is too old, the oldest first and no more at once than asked for', async () => {
    expect(await store.audit.deleteBefore({ at: NOW - 100 * DAY, limit: 1 })).toBe(1)
    expect(await ids({})).toEqual([5, 4, 3, 2])
    expect(await store.audit.deleteBefore({ at: NOW - 100 * DAY, limit: 10 })).toBe(1)
    expect(await store.audit.deleteBefore({ at: NOW - 100 * DAY, limit: 10 })).toBe(0)
    expect(await ids({})).toEqual([5, 4, 3])
  })
})
