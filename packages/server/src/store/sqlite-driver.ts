/**
 * How Kysely speaks to `node:sqlite`. Kysely's own driver waits for locks inside SQLite, which stops the whole
 * process; this one waits beside the event loop, and takes the write lock when a transaction begins.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import { asStoreError } from './database-faults.ts'

/** How many prepared statements are kept. The program has some fifty. */
const MAX_STATEMENTS = 200

/** How long a statement waits for the lock of another process, in milliseconds, and how long between two tries. */
const MAX_WAIT = 10_000
const MAX_PAUSE = 25

/** Opens the database at the first query. Kysely gives the one connection to one query or transaction at a time. */
export function createSqliteDriver(open: () => DatabaseSync): Driver {
  let database: DatabaseSync
  let connection: DatabaseConnection
  return {
    init: async () => {
      database = await whenFree(open)
      connection = createConnection(database)
    },
    acquireConnection: async () => connection,
    // `begin` alone would take the write lock at the first write, when it is too late to wait for it
    beginTransaction: () => whenFree(() => database.exec('begin immediate')),
    commitTransaction: () => whenFree(() => database.exec('commit')),
    rollbackTransaction: async () => {
      // after some faults, a full disk for example, SQLite has rolled back already
      if (database.isTransaction) database.exec('rollback')
    },
    releaseConnection: async () => {},
    destroy: async () => database.close(),
  }
}

function createConnection(database: DatabaseSync): DatabaseConnection {
  const statement = createStatementCache(database)
  const execute = <R>({ sql, parameters }: CompiledQuery): QueryResult<R> => {
    const { prepared, hasRows } = statement(sql)
    const values = parameters.map(toSqlite)
    if (hasRows) return { rows: prepared.all(...values) as R[] }
    return { rows: [], numAffectedRows: BigInt(prepared.run(...values).changes) }
  }
  return {
    executeQuery: <R>(query: CompiledQuery) => whenFree(() => execute<R>(query)),
    streamQuery: () => {
      throw new TypeError('queries are not streamed: read pages')
    },
  }
}

interface CachedStatement {
  readonly prepared: StatementSync
  readonly hasRows: boolean
}

/** Prepares each SQL text once and forgets the one that was not used for longest. */
function createStatementCache(database: DatabaseSync): (sql: string) => CachedStatement {
  const cache = new Map<string, CachedStatement>()
  return (sql) => {
    const known = cache.get(sql)
    if (known) {
      cache.delete(sql)
      cache.set(sql, known)
      return known
    }
    const prepared = database.prepare(sql)
    const fresh = { prepared, hasRows: prepared.columns().length > 0 }
    cache.set(sql, fresh)
    const [oldest] = cache.keys()
    if (cache.size > MAX_STATEMENTS && oldest !== undefined) cache.delete(oldest)
    return fresh
  }
}

const toSqlite = (value: unknown): SQLInputValue =>
  typeof value === 'boolean' ? Number(value) : (value as SQLInputValue)

/** Tries again while another process holds the lock, without stopping this one. */
async function whenFree<T>(run: () => T): Promise<T> {
  for (let pause = 1, waited = 0; ; pause = Math.min(2 * pause, MAX_PAUSE)) {
    try {
      return run()
    } catch (error) {
      if (!isBusy(error) || waited >= MAX_WAIT) throw asStoreError(error)
    }
    await setTimeout(pause)
    waited += pause
  }
}

const SQLITE_BUSY = 5

/** The lowest byte of an extended result code is the primary one. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY
