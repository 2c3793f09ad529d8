/**
 * How Kysely speaks to `node:sqlite`: as many connections as it likes over the one there is. What only looks runs at
 * once; who writes stands in the queue of `sqlite-writers.ts`.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import type { Run } from './prepared.ts'
import { whenFree } from './sqlite-lock.ts'
import type { Turn, Writers } from './sqlite-writers.ts'
import { createWriters } from './sqlite-writers.ts'

/** How many prepared statements are kept. The program has some fifty. */
const MAX_STATEMENTS = 200

/** What Kysely is given, and the way around it for queries that are compiled already. */
export interface SqliteDriver {
  readonly driver: Driver
  readonly run: Run
}

/** Opens the database at the first query of Kysely's; only then is there a way around it. */
export function createSqliteDriver(open: () => DatabaseSync): SqliteDriver {
  let database: DatabaseSync
  let writers: Writers
  let statement: (sql: string) => CachedStatement
  const driver: Driver = {
    init: async () => {
      database = await whenFree(open)
      writers = createWriters(database)
      statement = createStatementCache(database)
    },
    acquireConnection: async () => new SqliteConnection(writers, statement),
    beginTransaction: (connection) => (connection as SqliteConnection).begin(),
    commitTransaction: (connection) => (connection as SqliteConnection).commit(),
    rollbackTransaction: (connection) => (connection as SqliteConnection).rollback(),
    releaseConnection: async () => {},
    destroy: async () => {
      await writers.idle()
      database.close()
    },
  }
  const run: Run = async <R>(query: CompiledQuery<R>) =>
    (await runOutside<R>(writers, query.sql, () => execute<R>(statement(query.sql), query.parameters))).rows
  return { driver, run }
}

/** Runs what belongs to no transaction: who writes stands in the queue, who reads only waits until nothing is half done. */
async function runOutside<R>(
  writers: Writers,
  sql: string,
  run: () => QueryResult<R>,
): Promise<QueryResult<R>> {
  if (WRITES.test(sql)) return writers.statement(run)
  for (let pending = writers.pending(); pending; pending = writers.pending()) await pending
  return whenFree(run)
}

/** What Kysely holds for one query or one transaction. */
class SqliteConnection implements DatabaseConnection {
  readonly #writers: Writers
  readonly #statement: (sql: string) => CachedStatement
  #turn: Turn | null = null

  constructor(writers: Writers, statement: (sql: string) => CachedStatement) {
    this.#writers = writers
    this.#statement = statement
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const run = () => execute<R>(this.#statement(query.sql), query.parameters)
    return this.#turn ? whenFree(run) : runOutside(this.#writers, query.sql, run)
  }

  async begin(): Promise<void> {
    this.#turn = await this.#writers.begin()
  }

  async commit(): Promise<void> {
    const turn = this.#turn
    this.#turn = null
    await turn?.commit()
  }

  async rollback(): Promise<void> {
    this.#turn?.rollback()
    this.#turn = null
  }

  // biome-ignore lint/correctness/useYield: it refuses
  async *streamQuery(): AsyncGenerator<never> {
    throw new TypeError('queries are not streamed: read pages')
  }
}

/** Statements that change rows. Others, such as those that make tables, stand alone as they come. */
const WRITES = /^\s*(insert|update|delete|replace|with)\b/i

function execute<R>({ prepared, hasRows }: CachedStatement, parameters: readonly unknown[]): QueryResult<R> {
  const values = parameters.map(toSqlite)
  if (hasRows) return { rows: prepared.all(...values) as R[] }
  return { rows: [], numAffectedRows: BigInt(prepared.run(...values).changes) }
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
