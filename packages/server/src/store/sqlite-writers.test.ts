import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sampleUser, testSealer } from '../testing/databases.ts'
import type { OpenStore } from './open-store.ts'
import { openStore } from './open-store.ts'
import { openSqlite } from './sqlite.ts'

let folder: string
let path: string
let store: OpenStore

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorward-test-'))
  path = join(folder, 'doorward.db')
  store = await openStore({ url: `sqlite:${path}`, fields: {}, sealer: testSealer })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await store.close()
  await rm(folder, { recursive: true })
})

const numbers = Array.from({ length: 20 }, (_, n) => n)
const addressOf = (n: number) => `person-${n}@example.com`

/** What somebody sees who opened the file alone. */
function addressesOnDisk(): readonly unknown[] {
  const other = new DatabaseSync(path, { readOnly: true })
  const rows = other.prepare('select email from users order by id').all()
  other.close()
  return rows.map(({ email }) => email)
}

/** Notes what is committed from now on; it is committed all the same. */
function notedCommits(): readonly string[] {
  const noted: string[] = []
  const exec = DatabaseSync.prototype.exec
  vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, text) {
    noted.push(text)
    exec.call(this, text)
  })
  return noted
}

describe('writers on SQLite | at the same moment', () => {
  it('share one commit, and everyone has what was asked for', async () => {
    const noted = notedCommits()
    const users = await Promise.all(numbers.map((n) => store.users.insert(sampleUser(addressOf(n)))))
    expect(users.map((user) => user?.email)).toEqual(numbers.map(addressOf))
    expect(noted).toEqual(['begin immediate', 'commit'])
  })

  it('hear of it only when it is in the file', async () => {
    const seen = await Promise.all(
      numbers.map(async (n) => {
        const work = () => store.users.insert(sampleUser(addressOf(n)))
        await (n % 2 === 0
          ? work()
          : store.transaction(({ users }) => users.insert(sampleUser(addressOf(n)))))
        return addressesOnDisk().includes(addressOf(n))
      }),
    )
    expect(seen).toEqual(numbers.map(() => true))
  })

  it('do not see a race differently: one of them wins', async () => {
    const users = await Promise.all(numbers.map(() => store.users.insert(sampleUser('same@example.com'))))
    expect(users.filter((user) => user !== null)).toHaveLength(1)
  })

  it('are not undone by one that fails', async () => {
    const results = await Promise.allSettled(
      numbers.map((n) =>
        store.transaction(async ({ users }) => {
          await users.insert(sampleUser(addressOf(n)))
          if (n % 5 === 0) throw new RangeError('changed my mind')
        }),
      ),
    )
    const kept = numbers.filter((n) => n % 5 !== 0)
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(4)
    expect(addressesOnDisk()).toEqual(kept.map(addressOf))
  })

  it('find the statement of another one that is refused without harm', async () => {
    const { db } = openSqlite(path)
    const refused = sql`insert into users (email) values ('no hash')`.execute(db)
    const others = numbers.map((n) => sql`update users set role = ${n}`.execute(db))
    await expect(refused).rejects.toThrow('NOT NULL')
    await Promise.all(others)
    await db.destroy()
  })
})

describe('writers on SQLite | while a transaction is open', () => {
  it('nobody sees what is not committed', async () => {
    const change = store.transaction(async ({ users }) => {
      await users.insert(sampleUser('soon@example.com'))
      await setTimeout(30)
      throw new RangeError('changed my mind')
    })
    await setTimeout(10)
    const seen = store.users.byEmail('soon@example.com')
    await expect(change).rejects.toThrow('changed my mind')
    expect(await seen).toBeNull()
  })

  it('the others wait and then have their turn', async () => {
    const first = store.transaction(async ({ users }) => {
      await users.insert(sampleUser('first@example.com'))
      await setTimeout(30)
    })
    await setTimeout(10)
    await Promise.all([first, ...numbers.map((n) => store.users.insert(sampleUser(addressOf(n))))])
    expect(addressesOnDisk()).toEqual(['first@example.com', ...numbers.map(addressOf)])
  })
})

describe('writers on SQLite | when the disk is full', () => {
  it('nobody hears of success whose write is lost, and what was acknowledged stays', async () => {
    const { db } = openSqlite(path)
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db)
    await sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + 6)}`.execute(db)
    const insert = (n: number) =>
      sql`insert into users (email, password_hash, is_active, is_staff, created_at, first_name)
          values (${addressOf(n)}, 'hash', 1, 0, 0, ${'x'.repeat(3000)})`.execute(db)
    const results = await Promise.allSettled(numbers.map(insert))
    const acknowledged = numbers.filter((n) => results[n]?.status === 'fulfilled')
    expect(acknowledged.length).toBeLessThan(numbers.length)
    expect(addressesOnDisk()).toEqual(acknowledged.map(addressOf))
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'unavailable' })
    }
    await db.destroy()
  })
})

describe('writers on SQLite | while another process writes and this one reads', () => {
  it('keep no reader waiting while they wait themselves', async () => {
    const other = new DatabaseSync(path)
    other.exec('begin immediate')
    const writes = numbers.map((n) => store.users.insert(sampleUser(addressOf(n))))
    await setTimeout(10)
    const read = store.users.byEmail(addressOf(0))
    const isRead = await Promise.race([
      Promise.resolve(read).then(() => true),
      setTimeout(1000).then(() => false),
    ])
    other.exec('commit')
    other.close()
    expect(isRead).toBe(true)
    expect(await read).toBeNull()
    await Promise.all(writes)
    expect(addressesOnDisk()).toHaveLength(numbers.length)
  })

  it('wait for it, are not caught in the snapshot of a reader, and hear only when it is in the file', async () => {
    const other = new DatabaseSync(path)
    other.exec('begin immediate')
    let reading = true
    const read = async () => {
      for (; reading; await setTimeout(1)) await store.users.byEmail('nobody@example.com')
    }
    const reads = Promise.all(numbers.map(read))
    const alone = store.users.insert(sampleUser('alone@example.com'))
    await setTimeout(15)
    const together = [
      store.users.insert(sampleUser('first@example.com')),
      store.transaction(({ users }) => users.insert(sampleUser('second@example.com'))),
    ]
    await setTimeout(15)
    other.exec('commit')
    other.close()
    expect((await alone)?.email).toBe('alone@example.com')
    expect(addressesOnDisk()).toContain('alone@example.com')
    await Promise.all(together)
    expect(addressesOnDisk()).toHaveLength(3)
    reading = false
    await reads
  })
})
