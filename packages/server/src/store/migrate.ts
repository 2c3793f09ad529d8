/** Brings the database to the form that this version needs. Safe when any number of instances start together. */
import { type ColumnMetadata, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { ProfileField, ProfileFields } from '../domain/profile-field.ts'
import type { Connection } from './dialect.ts'
import { migrationsFor } from './migrations/index.ts'
import { type ProfileColumn, profileColumns } from './profile-columns.ts'

/** A migration and whether the database has it. */
export interface MigrationStatus {
  readonly name: string
  readonly state: 'applied' | 'pending'
}

/**
 * Runs all pending migrations, in order, in one transaction: all of them are stored or none. On PostgreSQL an
 * advisory lock, on SQLite the write lock lets one instance work while the others wait; then they find it done.
 */
export async function migrateUp(connection: Connection): Promise<void> {
  await withoutTimeout(connection, async (alone) => {
    const { error } = await (await migratorOf(alone)).migrateToLatest()
    if (error) throw error
  })
}

/** All migrations, in order. */
export async function migrationStatus(connection: Connection): Promise<readonly MigrationStatus[]> {
  const migrations = await (await migratorOf(connection)).getMigrations()
  return migrations.map(({ name, executedAt }) => ({ name, state: executedAt ? 'applied' : 'pending' }))
}

/** Without a schema, Kysely would take the tables of another schema of the same database for its own. */
async function migratorOf({ db, dialect, schema }: Connection): Promise<Migrator> {
  const provider = migrationsFor(dialect)
  if (dialect === 'sqlite') return new Migrator({ db, provider })
  return new Migrator({ db, provider, migrationTableSchema: schema ?? (await currentSchema(db)) })
}

async function currentSchema(db: Connection['db']): Promise<string> {
  const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db)
  const name = rows[0]?.name
  if (!name) throw new TypeError('database.url: the search path has no schema; add `?schema=doorward`')
  return name
}

/** A migration, and waiting for that of another instance, may take long. */
function withoutTimeout(connection: Connection, work: (alone: Connection) => Promise<void>): Promise<void> {
  if (connection.dialect === 'sqlite') return work(connection)
  return connection.db.connection().execute(async (db) => {
    await sql`set statement_timeout = 0`.execute(db)
    await work({ ...connection, db })
    await sql`reset statement_timeout`.execute(db)
  })
}

/** The types of columns, as they are written and as the database names them. */
const COLUMN_TYPES = {
  sqlite: {
    text: ['text', 'text'],
    integer: ['integer', 'integer'],
    boolean: ['boolean', 'boolean'],
    date: ['date', 'date'],
  },
  postgres: {
    text: ['text', 'text'],
    integer: ['bigint', 'int8'],
    boolean: ['boolean', 'bool'],
    date: ['date', 'date'],
  },
} as const satisfies Record<
  Connection['dialect'],
  Record<ProfileField['type'], readonly [written: string, named: string]>
>

/** Held while columns are added, so that two instances do not add the same one. */
const COLUMNS_LOCK = 7_355_608

/**
 * Adds a column to `users` for each declared profile field that has none; empty for the accounts there are. Fields
 * that are no longer declared keep their column. Throws TypeError if a column of that name has another type.
 */
export async function syncProfileColumns(connection: Connection, fields: ProfileFields): Promise<void> {
  const { db, dialect } = connection
  const declared = profileColumns(fields)
  await db.transaction().execute(async (trx) => {
    if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${COLUMNS_LOCK})`.execute(trx)
    const existing = await userColumns({ ...connection, db: trx })
    for (const column of declared) {
      const found = existing.find(({ name }) => name === column.name)
      if (found) checkType(dialect, column, found)
      else {
        const [type] = COLUMN_TYPES[dialect][column.type]
        await trx.schema.alterTable('users').addColumn(column.name, type).execute()
      }
    }
  })
}

async function userColumns(connection: Connection): Promise<readonly ColumnMetadata[]> {
  const { db, dialect } = connection
  const schema = dialect === 'postgres' ? (connection.schema ?? (await currentSchema(db))) : undefined
  const tables = await db.introspection.getTables()
  return tables.find((table) => table.name === 'users' && table.schema === schema)?.columns ?? []
}

function checkType(dialect: Connection['dialect'], column: ProfileColumn, found: ColumnMetadata): void {
  const [, expected] = COLUMN_TYPES[dialect][column.type]
  const actual = found.dataType.toLowerCase().replace(/^varchar.*/, 'text')
  if (actual === expected) return
  throw new TypeError(
    `users.fields.${column.name} is declared as ${column.type}, but its column in the database is ${found.dataType}. ` +
      'Declare the type it has, or choose another name.',
  )
}
