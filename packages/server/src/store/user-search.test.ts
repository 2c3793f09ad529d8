/** Finding accounts among many, and that the indexes are used for it. */
import { CompiledQuery, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewUser, User } from '../domain/user.ts'
import { ACCOUNT_STATES, accountState } from '../domain/user.ts'
import { sampleUser, testDatabases } from '../testing/databases.ts'
import { connect, type OpenStore } from './open-store.ts'
import { profileColumns } from './profile-columns.ts'
import type { UserQuery } from './user-query.ts'
import { userQuery } from './user-search.ts'

const PEOPLE: readonly (readonly [email: string, first: string, last: string, changes?: Partial<NewUser>])[] =
  [
    ['ana@example.com', 'Ana', 'Lovelace', { isActive: true, isStaff: true }],
    ['anagram@example.com', 'Éva', 'Kovács', { isActive: true }],
    ['an_a@example.com', 'ÉMILE', 'Zola'],
    ['an%a@example.com', 'Per', 'Cent%'],
    ["o'neil@example.com", "O'Neil", 'Under_score', { isActive: true }],
    ['Upper@example.com', 'Mary Ann', 'Evans', { isActive: true }],
    ['zoe@example.com', 'Zoë', 'Anand', { invitedAt: 5 }],
  ]

describe.each(testDatabases())('finding accounts | $name', (database) => {
  let store: OpenStore
  let off: User | null
  beforeAll(async () => {
    store = await database.open()
    for (const [n, [email, first, last, changes]] of PEOPLE.entries()) {
      const profile = { first_name: first, last_name: last, role: n % 2 ? 'buyer' : 'supplier' }
      await store.users.insert(sampleUser(email, { profile, createdAt: 1000 + n, ...changes }))
    }
    const gone = await store.users.insert(sampleUser('off@example.com'))
    off =
      gone && ((await store.users.update(gone.id, { deactivatedAt: 9, deactivationReason: 'spam' })) as User)
  })
  afterAll(() => database.close())

  const find = async (query: Partial<UserQuery>) => {
    const found = await store.users.search({ sort: 'newest', limit: 100, ...query })
    return found.map(({ email }) => email)
  }

  it.each([
    ['the beginning of an address', 'anag', ['anagram@example.com']],
    ['a whole address', 'zoe@example.com', ['zoe@example.com']],
    ['an address with a capital, where case counts', 'Upper@', ['Upper@example.com']],
    ['the beginning of a first name, in any case', 'ZOË', ['zoe@example.com']],
    ['letters beyond a to z', 'éva', ['anagram@example.com']],
    ['such letters as they were typed', 'ÉM', ['an_a@example.com']],
    ['the beginning of a last name', 'lovel', ['ana@example.com']],
    ['both names', 'éva kov', ['anagram@example.com']],
    ['a first name of two words', 'mary ann', ['Upper@example.com']],
    ['both, with a first name of two words', 'mary ann e', ['Upper@example.com']],
    ['what is in the middle: nothing', 'example', []],
    ['what nobody has', 'nobody', []],
  ])('by %s', async (_, search, expected) => {
    expect(await find({ search })).toEqual(expected)
  })

  it.each([
    ['%', []],
    ['_', []],
    ['an%', ['an%a@example.com']],
    ['an_', ['an_a@example.com']],
    ['cent%', ['an%a@example.com']],
    ['under_', ["o'neil@example.com"]],
    ['\\', []],
    ["o'", ["o'neil@example.com"]],
    ["' or 1=1 --", []],
    ['\u{10ffff}', []],
  ])('takes %s literally', async (search, expected) => {
    expect(await find({ search })).toEqual(expected)
  })

  it('by how they stand: the same as an account says of itself', async () => {
    const all = await store.users.search({ sort: 'newest', limit: 100 })
    for (const state of ACCOUNT_STATES) {
      const expected = all.filter((user) => accountState(user) === state).map(({ email }) => email)
      expect(expected.length, state).toBeGreaterThan(0)
      expect(await find({ state }), state).toEqual(expected)
    }
    expect(off?.deactivationReason).toBe('spam')
  })

  it('by activity, staff rights, role and time of registration, all at once', async () => {
    expect(await find({ isStaff: true })).toEqual(['ana@example.com'])
    expect(await find({ isStaff: false, isActive: true, role: 'buyer', createdSince: 1002 })).toEqual([
      'Upper@example.com',
    ])
    expect(await find({ createdSince: 1006, isActive: false, search: 'z' })).toEqual(['zoe@example.com'])
  })

  it('sorted by address in the order of bytes, whatever language the database sorts in', async () => {
    const emails = await find({ sort: 'email' })
    expect(emails).toEqual([...emails].sort())
    expect(emails[0]).toBe('Upper@example.com')
  })

  it.each(['newest', 'email'] as const)(
    'page by page, sorted by %s: everybody once, though people come and go meanwhile',
    async (sort) => {
      const before = await find({ sort })
      const seen: string[] = []
      let after: number | string | undefined
      for (let page = 0; page < 20; page += 1) {
        const users = await store.users.search({ sort, limit: 2, after })
        const last = users.at(-1)
        if (!last) break
        seen.push(...users.map(({ email }) => email))
        after = sort === 'email' ? last.email : last.id
        const visitor = await store.users.insert(sampleUser(`a-visitor-${sort}-${page}@example.com`))
        if (page > 0) await store.users.delete(visitor?.id ?? 0)
      }
      expect(seen).toEqual(before)
    },
  )
})

const MANY = 20_000

describe.each(testDatabases())('finding accounts among many | $name', (database) => {
  beforeAll(async () => {
    await database.open()
    await fill(await database.url())
  })
  afterAll(() => database.close())

  async function fill(url: string): Promise<void> {
    const { db, dialect } = connect(url)
    const series =
      dialect === 'sqlite'
        ? sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sql.lit(MANY)}) select i from n`
        : sql`select i from generate_series(1, ${sql.lit(MANY)}) as n(i)`
    await sql`
      insert into users (email, password_hash, is_active, is_staff, created_at, first_name, last_name, role)
      select 'p' || i || '@example.com', 'x', i % 50 <> 0, i % 5000 = 0, i, 'First' || i, 'Last' || i,
        case when i % 100 = 0 then 'buyer' else 'supplier' end
      from (${series}) as numbers
    `.execute(db)
    await sql`analyze`.execute(db)
    await db.destroy()
  }

  /** What the database means to do, in its own words. */
  async function planOf(query: Partial<UserQuery>): Promise<string> {
    const { db, dialect } = connect(await database.url())
    const table = { columns: profileColumns({}), dialect }
    const { sql: text, parameters } = userQuery(db, table, { sort: 'newest', limit: 51, ...query }).compile()
    const explain = dialect === 'sqlite' ? 'explain query plan' : 'explain'
    const { rows } = await db.executeQuery(CompiledQuery.raw(`${explain} ${text}`, [...parameters]))
    await db.destroy()
    return JSON.stringify(rows)
  }

  it.each([
    ['the beginning of an address or a name', { search: 'p1234' }, /users_search_email/],
    ['both names', { search: 'first12 last12' }, /users_search_first_name/],
    ['staff', { isStaff: true }, /users_is_staff/],
    ['a rare role', { role: 'buyer' }, /users_role|users_pkey|PRIMARY KEY|SCAN users/],
    ['a page by address', { sort: 'email', after: 'p5' }, /users_search_email/],
  ] as const)('%s is looked up in an index', async (_, query, index) => {
    expect(await planOf(query)).toMatch(index)
  })
})
