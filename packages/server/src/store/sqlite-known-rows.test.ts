import { stat } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextRound } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewUser } from '../domain/user.ts'
import { testSealer } from '../testing/databases.ts'
import type { OpenStore } from './open-store.ts'
import { openStore } from './open-store.ts'
import { createKnownRows } from './sqlite-known-rows.ts'

let folder: string
let url: string
let store: OpenStore
let other: OpenStore
let count = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorward-test-'))
  url = `sqlite:${join(folder, 'doorward.db')}`
  store = await openStore({ url, fields: {}, sealer: testSealer })
  other = await openStore({ url, fields: {}, sealer: testSealer })
})
afterAll(async () => {
  await Promise.all([store.close(), other.close()])
  await rm(folder, { recursive: true })
})

const newUser = (): NewUser => {
  count += 1
  const profile = { first_name: 'Maya', last_name: 'Santoso', role: 'staff' }
  const email = `person-${count}@example.com`
  return { email, profile, passwordHash: 'x', isActive: true, isStaff: false, locale: null, createdAt: 0 }
}

/** An account that was read in a round that is over, so that its row is known. */
async function knownUser() {
  const user = await store.users.insert(newUser())
  if (user === null) throw new TypeError('the address is taken')
  await store.users.byId(user.id)
  await nextRound()
  expect(await store.users.byId(user.id)).toEqual(user)
  return user
}

describe('a row of SQLite that was read before', () => {
  it.each([
    ['this process', () => store],
    ['another process', () => other],
  ])('is read again when %s has changed it', async (_, writer) => {
    const { id } = await knownUser()
    await writer().users.update(id, { isActive: false })
    await nextRound()
    expect(await store.users.byId(id)).toMatchObject({ isActive: false })
  })

  it.each([
    ['this process', () => store],
    ['another process', () => other],
  ])('is gone when %s has deleted it', async (_, writer) => {
    const { id, email } = await knownUser()
    expect(await store.users.byEmail(email)).not.toBeNull()
    await writer().users.delete(id)
    await nextRound()
    expect(await store.users.byId(id)).toBeNull()
    expect(await store.users.byEmail(email)).toBeNull()
  })

  it('is seen changed by whoever waited for the change, in the same round as well', async () => {
    const { id } = await knownUser()
    await store.users.byId(id)
    await store.users.update(id, { locale: 'id' })
    expect(await store.users.byId(id)).toMatchObject({ locale: 'id' })
  })

  it('is seen changed by whoever asks after another process changed it, right after somebody wrote and read', async () => {
    const { id } = await knownUser()
    const elsewhere = new DatabaseSync(join(folder, 'doorward.db'))
    // heard in the next round: by then the work of this thread has been done for long
    const heard = (ask: () => unknown) => new Promise((resolve) => stat(folder, () => resolve(ask())))
    await store.users.update(id, { locale: 'id' })
    await store.users.byId(id)
    elsewhere.prepare('update users set is_active = 0 where id = ?').run(id)
    elsewhere.close()
    const answer = heard(() => store.users.byId(id))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
    expect(await answer).toMatchObject({ isActive: false })
  })

  it('is what it was after a change that was undone', async () => {
    const user = await knownUser()
    const undone = store.transaction(async ({ users }) => {
      await users.update(user.id, { isActive: false })
      expect(await users.byId(user.id)).toMatchObject({ isActive: false })
      throw new RangeError('changed my mind')
    })
    await expect(undone).rejects.toThrow('changed my mind')
    expect(await store.users.byId(user.id)).toEqual(user)
  })

  it('is found by its own key alone, and missing rows are found once they are there', async () => {
    const [one, two] = [await knownUser(), await knownUser()]
    expect(await store.users.byId(two.id + 1)).toBeNull()
    const three = await other.users.insert(newUser())
    await nextRound()
    expect(await store.users.byId(two.id + 1)).toEqual(three)
    expect(await store.users.byId(one.id)).toEqual(one)
  })
})

describe('the memory of rows', () => {
  const query = { sql: 'select 1', parameters: [], query: {} as never, queryId: {} as never }

  it('keeps rows until something was written, here or by another connection', () => {
    const path = join(folder, 'plain.db')
    const [here, there] = [new DatabaseSync(path), new DatabaseSync(path)]
    here.exec('pragma journal_mode = wal; create table notes (text text)')
    const known = createKnownRows(here)
    const isKeptAfter = (change: () => void): boolean => {
      known.look()
      known.keep(query, [1], [{ one: 1 }])
      change()
      known.look()
      return known.find(query, [1]) !== undefined
    }
    expect(isKeptAfter(() => {})).toBe(true)
    expect(isKeptAfter(() => here.exec("insert into notes values ('a')"))).toBe(false)
    expect(isKeptAfter(() => there.exec("insert into notes values ('b')"))).toBe(false)
    expect(isKeptAfter(() => here.exec('select * from notes'))).toBe(true)
    here.close()
    there.close()
  })

  it('is bounded, and takes no query with several values', () => {
    const database = new DatabaseSync(':memory:')
    const known = createKnownRows(database)
    for (let key = 0; key < 2500; key += 1) known.keep(query, [key], [])
    const kept = Array.from({ length: 2500 }, (_, key) => known.find(query, [key])).filter(Boolean)
    expect(kept.length).toBeLessThanOrEqual(1000)
    expect(kept.length).toBeGreaterThan(0)
    known.keep(query, [1, 2], [])
    expect(known.find(query, [1, 2])).toBeUndefined()
    database.close()
  })
})
