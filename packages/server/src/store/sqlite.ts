/** The embedded database: one file beside the program. */
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Dialect, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Connection } from './dialect.ts'
import type { Database } from './schema.ts'
import { createSqliteDriver } from './sqlite-driver.ts'

/**
 * Opens the database in a file, or `:memory:`, at the first query. File and folder are made if they are missing,
 * for their owner alone: they hold password hashes.
 *
 * `synchronous=full` writes through to the disk at each commit, so nothing acknowledged is lost with the power.
 */
export function openSqlite(path: string): Connection {
  const { driver, run } = createSqliteDriver(() => openFile(path))
  const dialect: Dialect = {
    createDriver: () => driver,
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TransactionalDdl(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
  return { db: new Kysely<Database>({ dialect }), dialect: 'sqlite', run }
}

/**
 * Tells Kysely what SQLite can: tables are changed inside transactions, so a migration is done or not; and the driver
 * sees to it itself that queries and transactions take turns.
 */
class TransactionalDdl extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }

  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** How long opening may wait for another process, in milliseconds. Later, the driver waits. */
const OPENING_TIMEOUT = 10_000

function openFile(path: string): DatabaseSync {
  if (path !== ':memory:') makePrivateFile(path)
  const database = new DatabaseSync(path, { timeout: OPENING_TIMEOUT })
  database.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma temp_store = memory;
    pragma busy_timeout = 0;
  `)
  return database
}

function makePrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  // SQLite gives its other files, `-wal` and `-shm`, the mode of this one
  closeSync(openSync(path, 'a', 0o600))
}
