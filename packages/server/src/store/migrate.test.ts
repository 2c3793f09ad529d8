import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { ProfileFields } from '../domain/profile-field.ts'
import { sampleUser, testDatabases } from '../testing/databases.ts'
import type { DialectName } from './dialect.ts'
import { migrateUp, migrationPlan, migrationStatus, syncProfileColumns } from './migrate.ts'
import { migrationsFor } from './migrations/index.ts'
import { connect, type OpenStore } from './open-store.ts'

const allApplied = async (dialect: DialectName) =>
  Object.keys(await migrationsFor(dialect).getMigrations()).map((name) => ({ name, state: 'applied' }))

describe.each(testDatabases())('migrations | $name', (database) => {
  afterEach(() => database.close())

  it('are pending on a new database and applied afterwards; again, they change nothing', async () => {
    const connection = connect(await database.url())
    expect(new Set((await migrationStatus(connection)).map(({ state }) => state))).toEqual(
      new Set(['pending']),
    )
    await migrateUp(connection)
    await migrateUp(connection)
    expect(await migrationStatus(connection)).toEqual(await allApplied(connection.dialect))
    await connection.db.destroy()
  })

  it('are planned with every statement that they would run, and nothing is run', async () => {
    const connection = connect(await database.url())
    const [first] = await migrationPlan(connection)
    expect(first?.name).toBe('0001-initial')
    expect(first?.statements.some((text) => text.startsWith('create table "users"'))).toBe(true)
    expect(await migrationStatus(connection)).toContainEqual({ name: '0001-initial', state: 'pending' })
    await migrateUp(connection)
    expect(await migrationPlan(connection)).toEqual([])
    await connection.db.destroy()
  })

  it('run once when ten instances start together', async () => {
    const url = await database.url()
    const connections = Array.from({ length: 10 }, () => connect(url))
    await Promise.all(connections.map(migrateUp))
    await Promise.all(
      connections.map((connection) => syncProfileColumns(connection, { age: { type: 'integer' } })),
    )
    for (const connection of connections) {
      expect(await migrationStatus(connection)).toEqual(await allApplied(connection.dialect))
    }
    await Promise.all(connections.map(({ db }) => db.destroy()))
  })

  it('leave nothing behind when they are taken back', async () => {
    const { db, dialect, schema } = connect(await database.url())
    await migrateUp({ db, dialect, schema })
    const migrations = Object.values(await migrationsFor(dialect).getMigrations())
    for (const { down } of migrations.reverse()) await down?.(db)
    const tables = (await db.introspection.getTables()).filter((table) => table.schema === schema)
    expect(tables.map(({ name }) => name)).toEqual([])
    await db.destroy()
  })
})

describe.each(testDatabases())('the previous version of the program | $name', (database) => {
  afterAll(() => database.close())

  /** What every migration may do: add tables, add columns that need no value. */
  async function applyNextVersion(): Promise<void> {
    const { db } = connect(await database.url())
    const isOurs = ({ name, schema }: { name: string; schema?: string }) =>
      !name.startsWith('kysely') && (schema === undefined || schema === 'doorward')
    for (const table of (await db.introspection.getTables()).filter(isOurs)) {
      await db.schema.alterTable(table.name).addColumn('later', 'text').execute()
    }
    await db.schema.createTable('later').addColumn('id', 'integer').execute()
    await sql`
      insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01T00:00:00.000Z')
    `.execute(db)
    await db.destroy()
  }

  const useEverything = async (store: OpenStore, email: string) => {
    const user = await store.users.insert(sampleUser(email))
    const id = user?.id ?? 0
    await store.users.update(id, { locale: 'id' })
    await store.revocations.add({ sessionId: email, expiresAt: 9 })
    await store.revocations.since(0, 1)
    await store.databaseTokens.getOrCreate(id, { hash: email, sealed: 'x', createdAt: 1 })
    await store.sessions.listOf(id, 1)
    await store.outbox.claim({ now: 1, lease: 1, limit: 1 })
    return store.users.byEmail(email)
  }

  it('goes on working while the next one brings the database up to date, and can be started again', async () => {
    const store = await database.open()
    expect(await useEverything(store, 'before@example.com')).not.toBeNull()
    await applyNextVersion()
    expect(await useEverything(store, 'after@example.com')).not.toBeNull()
    const restarted = await database.open()
    expect(await useEverything(restarted, 'again@example.com')).not.toBeNull()
    expect(await restarted.migrationStatus()).toContainEqual({ name: '9999-later', state: 'newer' })
  })
})

describe.each(testDatabases())('columns for declared profile fields | $name', (database) => {
  afterAll(() => database.close())
  const older: ProfileFields = { age: { type: 'integer' }, member: { type: 'boolean' } }

  it('are added when a field is declared later; accounts there are have null in it', async () => {
    const before = await database.open()
    await before.users.insert(sampleUser('early@example.com'))
    const after = await database.open({ fields: older })
    const early = await after.users.byEmail('early@example.com')
    expect(early?.profile).toMatchObject({ age: null, member: null })
    const late = await after.users.insert(
      sampleUser('late@example.com', { profile: { age: 9_007_199_254_740_991, member: false } }),
    )
    expect(late?.profile).toMatchObject({ age: 9_007_199_254_740_991, member: false })
  })

  it('keep what they hold while a field is not declared', async () => {
    const without = await database.open()
    expect((await without.users.byEmail('late@example.com'))?.profile).not.toHaveProperty('age')
    const again = await database.open({ fields: older })
    expect((await again.users.byEmail('late@example.com'))?.profile.age).toBe(9_007_199_254_740_991)
  })

  it.each(['text', 'boolean', 'date'] as const)(
    'refuse to start when a number is now declared as %s',
    async (type) => {
      const opening = database.open({ fields: { ...older, age: { type } } })
      await expect(opening).rejects.toThrow(TypeError)
      await expect(opening).rejects.toThrow(`users.fields.age is declared as ${type}, but its column`)
    },
  )

  it('add nothing when one of them clashes', async () => {
    const clashing = { fresh: { type: 'text' }, member: { type: 'text' } } as const
    await expect(database.open({ fields: clashing })).rejects.toThrow('users.fields.member')
    const { db, dialect } = connect(await database.url())
    const tables = await db.introspection.getTables()
    const columns = tables.filter(({ name }) => name === 'users').flatMap((table) => table.columns)
    expect(
      columns.some(({ name }) => name === 'member'),
      dialect,
    ).toBe(true)
    expect(
      columns.some(({ name }) => name === 'fresh'),
      dialect,
    ).toBe(false)
    await db.destroy()
  })
})
