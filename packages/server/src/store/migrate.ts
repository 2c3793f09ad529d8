/** Brings the database to the form that this version needs. Safe when any number of instances start together. */
import {
  type ColumnMetadata,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { ProfileField, ProfileFields } from '../domain/profile-field.ts'
import { type Connection, isLockTimeout } from './dialect.ts'
import { migrationsFor } from './migrations/index.ts'
import { type ProfileColumn, profileColumns } from './profile-columns.ts'

/** A migration and whether the database has it. `newer`: it was applied by a later version of the program. */
export interface MigrationStatus {
  readonly name: string
  readonly state: 'applied' | 'pending' | 'newer'
}

/**
 * Runs all pending migrations, in order, in one transaction: all of them are stored or none. On PostgreSQL an
 * advisory lock, on SQLite the write lock lets one instance work while the others wait; then they find it done.
 * Throws TypeError if another one is not done in time.
 */
export function migrateUp(connection: Connection): Promise<void> {
  return unhurried(connection, async (alone) => {
    const { error } = await (await migratorOf(alone)).migrateToLatest()
    if (error) throw error
  })
}

/** All migrations, in order. */
export async function migrationStatus(connection: Connection): Promise<readonly MigrationStatus[]> {
  const known = await migrationsFor(connection.dialect).getMigrations()
  const migrations = await (await migratorOf(connection)).getMigrations()
  return migrations.map(({ name, executedAt }) => {
    if (!(name in known)) return { name, state: 'newer' }
    return { name, state: executedAt ? 'applied' : 'pending' }
  })
}

/** A migration that is missing, and the statements that it would run. */
export interface PlannedMigration {
  readonly name: string
  readonly statements: readonly string[]
}

/** What `migrateUp` would do, told by running the migrations against nothing. Changes nothing. */
export async function migrationPlan(connection: Connection): Promise<readonly PlannedMigration[]> {
  const known = await migrationsFor(connection.dialect).getMigrations()
  const plan: PlannedMigration[] = []
  for (const { name, state } of await migrationStatus(connection)) {
    if (state !== 'pending') continue
    const statements: string[] = []
    await known[name]?.up(recorder(connection.dialect, statements))
    plan.push({ name, statements })
  }
  return plan
}

/** A database that only writes down what it is told. */
function recorder(dialect: Connection['dialect'], statements: string[]): Kysely<unknown> {
  const parts =
    dialect === 'sqlite'
      ? { adapter: new SqliteAdapter(), compiler: new SqliteQueryCompiler() }
      : { adapter: new PostgresAdapter(), compiler: new PostgresQueryCompiler() }
  return new Kysely<unknown>({
    dialect: {
      createAdapter: () => parts.adapter,
      createQueryCompiler: () => parts.compiler,
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    },
    log: ({ query }) => {
      statements.push(query.sql.trim())
    },
  })
}

/** Without a schema, Kysely would take the tables of another schema of the same database for its own. */
async function migratorOf(connection: Connection): Promise<Migrator> {
  const { db, dialect, schema } = connection
  const migrationTableSchema = dialect === 'sqlite' ? undefined : (schema ?? (await currentSchema(db)))
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  const isMigrated = tables.some(
    (table) => table.name === MIGRATIONS_TABLE && (table.schema ?? undefined) === migrationTableSchema,
  )
  // read here, because the migrator asks for them while it holds the only connection
  const migrations = await knownAndNewer(connection, isMigrated)
  return new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    ...(migrationTableSchema !== undefined && { migrationTableSchema }),
  })
}

const MIGRATIONS_TABLE = 'kysely_migration'

/**
 * Our migrations, and a place for those that a later version of the program has applied: this version goes on
 * working on its database, so that instances can be exchanged one after the other, and back.
 */
async function knownAndNewer(
  { db, dialect }: Connection,
  isMigrated: boolean,
): Promise<Record<string, Migration>> {
  const known = await migrationsFor(dialect).getMigrations()
  if (!isMigrated) return known
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(MIGRATIONS_TABLE)}`.execute(db)
  const last = Object.keys(known).sort().at(-1) ?? ''
  const newer = rows.map(({ name }) => name).filter((name) => !(name in known) && name > last)
  return { ...known, ...Object.fromEntries(newer.map((name) => [name, { up: async () => {} }])) }
}

/** The schema in which tables are made and found. Throws TypeError if the search path has none. */
export async function currentSchema(db: Connection['db']): Promise<string> {
  const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db)
  const name = rows[0]?.name
  if (!name) throw new TypeError('database.url: the search path has no schema; add `?schema=doorward`')
  return name
}

/** A migration may take long; only the wait for another instance has an end. */
async function unhurried(connection: Connection, work: (alone: Connection) => Promise<void>): Promise<void> {
  const alone = connection.unhurried?.() ?? connection
  try {
    await work(alone)
  } catch (error) {
    if (!isLockTimeout(error)) throw error
    const advice = 'Look at what it is doing, or raise DATABASE_MIGRATION_TIMEOUT.'
    throw new TypeError(`Another instance has been changing the database for too long. ${advice}`, {
      cause: error,
    })
  } finally {
    if (alone !== connection) await alone.db.destroy()
  }
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
