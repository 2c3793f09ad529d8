import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProfileFields } from '../domain/profile-field.ts'
import type { NewUser, User } from '../domain/user.ts'
import { sampleUser, testDatabases } from '../testing/databases.ts'
import type { OpenStore } from './open-store.ts'
import type { Store } from './store.ts'

const FIELDS: ProfileFields = {
  stall: { type: 'text' },
  employees: { type: 'integer' },
  wholesale: { type: 'boolean' },
  founded: { type: 'date' },
}

async function insert(store: Pick<Store, 'users'>, email: string, changes?: Partial<NewUser>): Promise<User> {
  const user = await store.users.insert(sampleUser(email, changes))
  if (!user) throw new TypeError(`${email} is taken`)
  return user
}

const count = <T>(all: readonly T[], matches: (one: T) => boolean) => all.filter(matches).length

describe.each(testDatabases())('a new account | $name', (database) => {
  let store: OpenStore
  beforeAll(async () => {
    store = await database.open()
  })
  afterAll(() => database.close())

  it('gets an id that counts up from 1 and never comes back, not even after a restart', async () => {
    expect((await insert(store, 'first@example.com')).id).toBe(1)
    const second = await insert(store, 'second@example.com')
    expect(second.id).toBe(2)
    expect(await store.users.delete(2)).toBe(true)
    await store.close()
    store = await database.open()
    expect((await insert(store, 'third@example.com')).id).toBe(3)
  })

  it('is refused when the address is taken, letter by letter', async () => {
    await insert(store, 'taken@example.com')
    expect(await store.users.insert(sampleUser('taken@example.com'))).toBeNull()
    expect(await store.users.insert(sampleUser('Taken@example.com'))).not.toBeNull()
  })

  it('tells nothing by its id: a taken address uses one up as a free one does', async () => {
    const before = await insert(store, 'mine@example.com')
    await store.users.insert(sampleUser('mine@example.com'))
    expect((await insert(store, 'mine-too@example.com')).id).toBe(before.id + 2)
  })

  it.each([true, false])(
    'that is meant or not (%s) uses up an id, and only one that is meant is there',
    async (isMeant) => {
      const email = `alike-${isMeant}@example.com`
      const before = await insert(store, `before-${email}`)
      const stored = await store.transaction(({ users }) => users.insertAlike(sampleUser(email), isMeant))
      expect(stored?.email).toBe(isMeant ? email : undefined)
      const after = await insert(store, `after-${email}`)
      expect(after.id).toBe(before.id + 2)
      const there = await store.users.list({ afterId: before.id, limit: 10 })
      expect(there.map((user) => user.id)).toEqual(isMeant ? [before.id + 1, after.id] : [after.id])
    },
  )

  it('that is not meant keeps what else the transaction wrote', async () => {
    await store.transaction(async ({ users }) => {
      await users.insert(sampleUser('kept-1@example.com'))
      await users.insertAlike(sampleUser('passing@example.com'), false)
      await users.insert(sampleUser('kept-2@example.com'))
    })
    const found = ['kept-1', 'passing', 'kept-2'].map((name) => store.users.byEmail(`${name}@example.com`))
    expect((await Promise.all(found)).map(Boolean)).toEqual([true, false, true])
  })

  it('is stored once, however many people ask for the address at the same time', async () => {
    const stores = [store, await database.open()]
    const inserted = await Promise.all(
      Array.from({ length: 24 }, (_, n) => stores[n % 2]?.users.insert(sampleUser('rush@example.com'))),
    )
    expect(count(inserted, Boolean)).toBe(1)
  })
})

describe.each(testDatabases())('reading accounts | $name', (database) => {
  let store: OpenStore
  beforeAll(async () => {
    store = await database.open({ fields: FIELDS })
  })
  afterAll(() => database.close())

  it('gives back what was stored, with the types it had, in the declared order', async () => {
    const profile = {
      founded: '1998-02-28',
      wholesale: false,
      role: 'supplier',
      employees: 12,
      stall: 'Blok C – 12 “depan”',
      last_name: 'Wijaya',
      first_name: 'Siti',
    }
    const stored = await insert(store, 'siti@example.com', { profile, isStaff: true, locale: 'id' })
    const expected: User = {
      ...sampleUser('siti@example.com', { profile, isStaff: true, locale: 'id' }),
      id: stored.id,
      lastLogin: null,
      deactivatedAt: null,
      deactivationReason: null,
      invitedAt: null,
    }
    expect(stored).toStrictEqual(expected)
    expect(Object.keys(stored.profile)).toEqual(['first_name', 'last_name', 'role', ...Object.keys(FIELDS)])
    expect(await store.users.byId(stored.id)).toStrictEqual(expected)
    expect(await store.users.byEmail('siti@example.com')).toStrictEqual(expected)
  })

  it('gives empty texts for names that were not given, and null for declared fields', async () => {
    expect((await insert(store, 'bare@example.com')).profile).toEqual({
      first_name: '',
      last_name: '',
      role: '',
      stall: null,
      employees: null,
      wholesale: null,
      founded: null,
    })
  })

  it('refuses a field that is not declared, rather than losing it', async () => {
    const stranger = sampleUser('stranger@example.com', { profile: { shoe_size: 43 } })
    await expect(store.users.insert(stranger)).rejects.toThrow('`shoe_size` is not declared')
  })

  it('finds nothing for an id or an address that nobody has', async () => {
    expect(await store.users.byId(999_999)).toBeNull()
    expect(await store.users.byEmail("' or ''='")).toBeNull()
  })

  it('lists pages in the order of ids', async () => {
    const all = await store.users.list({ afterId: 0, limit: 100 })
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).sort((a, b) => a - b))
    expect(await store.users.list({ afterId: 0, limit: 1 })).toEqual(all.slice(0, 1))
    expect(await store.users.list({ afterId: all[0]?.id ?? 0, limit: 1 })).toEqual(all.slice(1, 2))
  })
})

describe.each(testDatabases())('changing an account | $name', (database) => {
  let store: OpenStore
  beforeAll(async () => {
    store = await database.open({ fields: FIELDS })
  })
  afterAll(() => database.close())

  it('writes what is given and leaves the rest', async () => {
    const user = await insert(store, 'change@example.com', { profile: { stall: 'A', employees: 3 } })
    const changes = {
      isActive: true,
      lastLogin: 5,
      deactivatedAt: 6,
      profile: { stall: null, wholesale: true },
    }
    const changed = await store.users.update(user.id, changes)
    const profile = { ...user.profile, ...changes.profile }
    expect(changed).toStrictEqual({ ...user, ...changes, profile })
    expect(await store.users.byId(user.id)).toStrictEqual(changed)
  })

  it('answers with the account when there is nothing to change', async () => {
    const user = await insert(store, 'same@example.com')
    expect(await store.users.update(user.id, {})).toEqual(user)
    expect(await store.users.update(user.id, { email: user.email })).toEqual(user)
  })

  it('answers null for an account that is gone', async () => {
    expect(await store.users.update(999_999, { isStaff: true })).toBeNull()
    expect(await store.users.update(999_999, { email: 'change@example.com' })).toBeNull()
  })

  it('refuses an address that somebody has, and changes nothing', async () => {
    await insert(store, 'owner@example.com')
    const user = await insert(store, 'wants@example.com')
    expect(await store.users.update(user.id, { email: 'owner@example.com', isStaff: true })).toBe('taken')
    expect(await store.users.updateIfUnchanged(user, { email: 'owner@example.com' })).toBe('taken')
    expect(await store.users.byId(user.id)).toEqual(user)
  })

  it('gives a free address to one of all who want it at the same time', async () => {
    const stores = [store, await database.open()]
    const users = await Promise.all(Array.from({ length: 16 }, (_, n) => insert(store, `n${n}@example.com`)))
    const results = await Promise.all(
      users.map(({ id }, n) => stores[n % 2]?.users.update(id, { email: 'wanted@example.com' })),
    )
    expect(count(results, (result) => result === 'taken')).toBe(15)
    expect(count(results, (result) => typeof result === 'object' && result !== null)).toBe(1)
  })

  it('leaves the transaction usable when the address was taken by another one at that moment', async () => {
    const [quick, slow] = [await insert(store, 'quick@example.com'), await insert(store, 'slow@example.com')]
    const written = Promise.withResolvers<void>()
    const first = store.transaction(async ({ users }) => {
      await users.update(quick.id, { email: 'contested@example.com' })
      written.resolve()
      await setTimeout(100)
    })
    await written.promise
    const second = await store.transaction(async ({ users }) => {
      const result = await users.update(slow.id, { email: 'contested@example.com' })
      await users.update(slow.id, { locale: 'id' })
      return result
    })
    await first
    expect(second).toBe('taken')
    expect(await store.users.byId(slow.id)).toEqual({ ...slow, locale: 'id' })
  })
})

describe.each(testDatabases())('changing an account as it was read | $name', (database) => {
  let store: OpenStore
  beforeAll(async () => {
    store = await database.open()
  })
  afterAll(() => database.close())

  it('happens once, however often the same link is used at the same time', async () => {
    const seen = await insert(store, 'once@example.com')
    const stores = [store, await database.open()]
    const results = await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        stores[n % 2]?.users.updateIfUnchanged(seen, { passwordHash: `${n}` }),
      ),
    )
    expect(count(results, Boolean)).toBe(1)
  })

  it.each([
    ['address', { email: 'moved@example.com' }],
    ['password', { passwordHash: 'another' }],
    ['last sign-in', { lastLogin: 1_700_000_000_001 }],
  ])('does not happen after the %s changed', async (what, change) => {
    const seen = await insert(store, `${what.replace(' ', '-')}@example.com`)
    await store.users.update(seen.id, change)
    expect(await store.users.updateIfUnchanged(seen, { isStaff: true })).toBeNull()
    expect((await store.users.byId(seen.id))?.isStaff).toBe(false)
  })

  it('is still possible when only other things changed, and after a sign-in that was seen', async () => {
    const first = await insert(store, 'other@example.com')
    await store.users.update(first.id, { locale: 'id', lastLogin: 7 })
    expect(await store.users.updateIfUnchanged({ ...first, lastLogin: 7 }, { isStaff: true })).toMatchObject({
      isStaff: true,
      locale: 'id',
    })
  })

  it('tells the holder of a spent link nothing about the address: null, not taken', async () => {
    const seen = await insert(store, 'spent@example.com')
    await insert(store, 'secret-owner@example.com')
    await store.users.update(seen.id, { passwordHash: 'another' })
    expect(await store.users.updateIfUnchanged(seen, { email: 'secret-owner@example.com' })).toBeNull()
  })
})

describe.each(testDatabases())('activating and deleting | $name', (database) => {
  let store: OpenStore
  beforeAll(async () => {
    store = await database.open()
  })
  afterAll(() => database.close())

  it('activates once', async () => {
    const user = await insert(store, 'new@example.com')
    const results = await Promise.all(Array.from({ length: 12 }, () => store.users.activate(user)))
    expect(count(results, Boolean)).toBe(1)
    expect((await store.users.byId(user.id))?.isActive).toBe(true)
  })

  it('does not activate what is no longer as it was read: somebody registered again meanwhile', async () => {
    const seen = await insert(store, 'again@example.com')
    await store.users.update(seen.id, { passwordHash: 'of somebody else' })
    expect(await store.users.activate(seen)).toBe(false)
    expect((await store.users.byId(seen.id))?.isActive).toBe(false)
  })

  it('does not activate an account that staff switched off', async () => {
    const user = await insert(store, 'off@example.com')
    await store.users.update(user.id, { deactivatedAt: 1 })
    expect(await store.users.activate(user)).toBe(false)
    expect(await store.users.activate({ ...user, id: 999_999 })).toBe(false)
  })

  it('deletes sessions and the database token with the account, and keeps mails on their way', async () => {
    const { id } = await insert(store, 'leaving@example.com')
    const times = {
      createdAt: 1,
      lastUsedAt: 1,
      expiresAt: 9,
      authenticatedAt: 1,
      rotatedAt: 1,
      endedAt: null,
    }
    const texts = {
      amr: 'pwd',
      userAgent: '',
      address: '',
      refreshHash: 'r',
      parentHash: null,
      endReason: null,
    }
    await store.sessions.insert({ id: 'gone', userId: id, ...times, ...texts })
    await store.databaseTokens.getOrCreate(id, { hash: 'gone', sealed: 's', createdAt: 1 })
    const mail = {
      to: 'leaving@example.com',
      subject: 's',
      text: 't',
      html: 'h',
      messageId: 'm',
      createdAt: 1,
    }
    await store.outbox.add({ userId: id, kind: 'confirmation', ...mail })

    expect(await store.users.delete(id)).toBe(true)
    expect(await store.users.delete(id)).toBe(false)
    expect(await store.sessions.byId('gone')).toBeNull()
    expect(await store.databaseTokens.userByHash('gone')).toBeNull()
    expect(await store.outbox.list({ to: 'leaving@example.com', limit: 9 })).toMatchObject([
      { userId: null, ...mail },
    ])
  })
})
