/** A project moves from SQLite to PostgreSQL and back, and nobody notices: tokens, sessions and links stay good. */
import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { resolveSettings } from './config/resolve.ts'
import type { Settings } from './config/settings.ts'
import { copyDatabase } from './copy.ts'
import { createDoorward, type Doorward } from './create-doorward.ts'
import { databaseStatus, migrateDatabase } from './database.ts'
import { tablesThere } from './store/copy/tables.ts'
import { connect } from './store/open-store.ts'
import { type TestDatabase, testDatabases } from './testing/databases.ts'

const TINA = { email: 'tina@example.com', password: 'Kiddie-Ride-4821' }
const [sqlite, postgres] = testDatabases() as [TestDatabase, TestDatabase]

const settingsFor = (url: string): Settings =>
  resolveSettings({
    config: {
      server: { throttle: false },
      database: { url },
      users: { fields: { age: { type: 'integer' }, member: { type: 'boolean' }, born: { type: 'date' } } },
      secrets: { list: ['only for tests: everybody may know this secret'] },
      passwords: { memoryCost: 8, timeCost: 1 },
    },
  }).settings

async function post(doorward: Doorward, path: string, body: object): Promise<Record<string, string>> {
  const url = `${doorward.settings.server.publicUrl}/auth/${path}`
  const headers = { 'content-type': 'application/json' }
  const answer = await doorward.fetch(
    new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }),
  )
  const text = await answer.text()
  expect(answer.status, text).toBeLessThan(300)
  return text === '' ? {} : JSON.parse(text)
}

async function linkOf(doorward: Doorward, to: string): Promise<{ uid: string; token: string }> {
  const [mail] = await doorward.store.outbox.list({ to, limit: 1 })
  const [uid = '', token = ''] =
    /https?:\/\/\S+/
      .exec(mail?.text ?? '')?.[0]
      .split('/')
      .slice(-2) ?? []
  return { uid, token }
}

/** Somebody signed in, somebody whose link is on its way, and traces of somebody who is gone. */
async function populate(doorward: Doorward) {
  const person = {
    first_name: 'Tina',
    last_name: 'S',
    role: 'buyer',
    age: 31,
    member: true,
    born: '1994-02-03',
  }
  await post(doorward, 'users/', { ...person, ...TINA })
  await post(doorward, 'users/activation/', await linkOf(doorward, TINA.email))
  await post(doorward, 'users/', { ...person, email: 'omar@example.com', password: TINA.password })
  await post(doorward, 'users/', { ...person, email: 'gone@example.com', password: TINA.password })
  const gone = await doorward.store.users.byEmail('gone@example.com')
  await doorward.store.users.delete(gone?.id ?? 0)
  await doorward.store.revocations.add({ sessionId: 'ended', expiresAt: Date.now() + 60_000 })
  for (let n = 0; n < 700; n += 1) await doorward.store.revocations.blacklist(`jti-${n}-é`, 9)
  return {
    signedIn: await post(doorward, 'jwt/create/', TINA),
    link: await linkOf(doorward, 'omar@example.com'),
  }
}

describe.each([
  ['SQLite', 'PostgreSQL', sqlite, postgres],
  ['PostgreSQL', 'SQLite', postgres, sqlite],
] as const)('a copy from %s to %s', (_, __, source, target) => {
  afterEach(() => Promise.all([source.close(), target.close()]))

  async function populated() {
    const settings = settingsFor(await source.url())
    const before = await createDoorward({ settings, deliver: false })
    const people = await populate(before)
    const users = await before.store.users.list({ afterId: 0, limit: 9 })
    await before.close()
    return { settings, people, users }
  }

  it('keeps sessions, access tokens, links and ids as they are', async () => {
    const { settings, people, users } = await populated()
    const steps = new Set<string>()
    const to = await target.url()
    const report = await copyDatabase(settings, { to, onProgress: ({ step }) => steps.add(step) })
    expect([...steps]).toEqual(['copying', 'comparing'])
    expect(report.resumed).toBe(false)
    expect(report.tables.find(({ name }) => name === 'blacklisted_tokens')?.rows).toBe(700)

    const after = await createDoorward({ settings: settingsFor(to), deliver: false })
    expect(await after.store.users.list({ afterId: 0, limit: 9 })).toStrictEqual(users)
    const me = await after.fetch(
      new Request(`${settings.server.publicUrl}/auth/users/me/`, {
        headers: { authorization: `JWT ${people.signedIn.access}` },
      }),
    )
    expect(await me.json()).toMatchObject({ email: TINA.email, age: 31, member: true, born: '1994-02-03' })
    await post(after, 'jwt/refresh/', { refresh: people.signedIn.refresh })
    await post(after, 'users/activation/', people.link)
    const revocation = { sessionId: 'later', expiresAt: 9 }
    expect((await after.store.revocations.add(revocation)).seq).toBeGreaterThan(1)
    await post(after, 'users/', {
      ...TINA,
      email: 'new@example.com',
      first_name: 'N',
      last_name: 'N',
      role: 'x',
    })
    // the id of the account that was deleted before the copy does not come back
    expect((await after.store.users.byEmail('new@example.com'))?.id).toBeGreaterThan(3)
    await after.close()
  })

  it('is refused when the target holds something', async () => {
    const { settings } = await populated()
    const to = await target.url()
    await copyDatabase(settings, { to })
    await expect(copyDatabase(settings, { to })).rejects.toThrow('The target is not empty')
  })

  it('is refused onto its own source, which is empty, and leaves no mark on it', async () => {
    const url = await source.url()
    const settings = settingsFor(url)
    await migrateDatabase(settings)
    // the same database by another address
    const to = url.startsWith('sqlite:') ? url.replace(/([^/]+)$/, './$1') : `${url}&application_name=copy`
    await expect(copyDatabase(settings, { to })).rejects.toThrow('The target is the source itself')
    const { db, ...rest } = connect(url)
    expect((await tablesThere({ db, ...rest })).map(({ name }) => name)).not.toContain('copy_state')
    await db.destroy()
  })

  it("leaves somebody's database as it was when it is named by mistake", async () => {
    const { settings } = await populated()
    const to = await target.url()
    const connection = connect(to)
    const { db, schema } = connection
    if (schema) await sql`create schema if not exists ${sql.ref(schema)}`.execute(db)
    await sql`create table users (name text primary key)`.execute(db)
    await sql`insert into users values ('Nobody of ours')`.execute(db)
    await expect(copyDatabase(settings, { to })).rejects.toThrow('there are rows in users')
    const tables = await tablesThere(connection)
    expect(tables.map(({ name, columns }) => [name, columns.length])).toEqual([['users', 1]])
    await db.destroy()
  })

  it('goes on where it was interrupted', async () => {
    const { settings } = await populated()
    const to = await target.url()
    const interrupted = copyDatabase(settings, {
      to,
      onProgress: ({ step, table, done }) => {
        if (step === 'copying' && table === 'users' && done > 0) throw new RangeError('interrupted')
        if (table === 'blacklisted_tokens' && done > 500) throw new RangeError('interrupted')
      },
    })
    await expect(interrupted).rejects.toThrow('interrupted')
    const part = `holds a part of a copy of ${settings.database.url.replace(/\/\/.*@/, '//').split('?')[0]}`
    await expect(createDoorward({ settings: settingsFor(to), deliver: false })).rejects.toThrow(part)
    await expect(databaseStatus(settingsFor(to))).rejects.toThrow('Run the same `doorward db copy` once more')
    await expect(copyDatabase(settingsFor(to), { to: 'sqlite::memory:' })).rejects.toThrow(part)

    expect(await copyDatabase(settings, { to })).toMatchObject({ resumed: true })
    await (await createDoorward({ settings: settingsFor(to), deliver: false })).close()
    await expect(copyDatabase(settings, { to })).rejects.toThrow('The target is not empty')
  })

  it('keeps everybody from writing to the source until the two are compared', async () => {
    const { settings } = await populated()
    const to = await target.url()
    const other = connect(await source.url())
    const order: string[] = []
    let written: Promise<unknown> | undefined
    const report = await copyDatabase(settings, {
      to,
      onProgress: ({ step, table }) => {
        order.push(`${step} ${table}`)
        if (step !== 'comparing') return
        written ??= sql`update users set first_name = 'Late'`
          .execute(other.db)
          .then(() => order.push('written'))
      },
    })
    await written
    await other.db.destroy()
    expect(report.tables.find(({ name }) => name === 'users')?.rows).toBe(2)
    expect(order.at(-1)).toBe('written')
  })

  it('notices when somebody wrote to the source meanwhile', async () => {
    const { settings } = await populated()
    const to = await target.url()
    const interrupted = copyDatabase(settings, {
      to,
      onProgress: ({ step }) => {
        if (step === 'comparing') throw new RangeError('interrupted')
      },
    })
    await expect(interrupted).rejects.toThrow('interrupted')
    const { db } = connect(await source.url())
    await sql`update users set first_name = 'Other' where email = ${TINA.email}`.execute(db)
    await db.destroy()
    await expect(copyDatabase(settings, { to })).rejects.toThrow('The table users differs after the copy')
  })

  it('is refused when the source is not up to date', async () => {
    const settings = settingsFor(await source.url())
    await expect(copyDatabase(settings, { to: await target.url() })).rejects.toThrow('doorward migrate')
  })
})
