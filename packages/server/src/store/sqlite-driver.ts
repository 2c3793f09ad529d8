/**
 * How Kysely speaks to `node:sqlite`: as many connections as it likes over the one there is. What only looks runs at
 * once; who writes stands in the queue of `sqlite-writers.ts`.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import type { Run } from './prepared.ts'
import type { KnownRows } from './sqlite-known-rows.ts'
import { createKnownRows } from './sqlite-known-rows.ts'
import { whenFree } from './sqlite-lock.ts'
import type { ReadRound } from './sqlite-reads.ts'
import { createReadRound } from './sqlite-reads.ts'
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
  let reads: ReadRound
  let known: KnownRows
  let writers: Writers
  let statement: (sql: string) => CachedStatement
  const outside: Outside = async (sql, run) => {
    if (WRITES.test(sql)) return writers.statement(run)
    for (let pending = writers.pending(); pending; pending = writers.pending()) await pending
    const prepare = READS.test(sql) ? reads.join : reads.end
    return whenFree(() => {
      prepare()
      return run()
    })
  }
  const driver: Driver = {
    init: async () => {
      database = await whenFree(open)
      known = createKnownRows(database)
      reads = createReadRound(database, known.look)
      writers = createWriters(database, reads.end)
      statement = createStatementCache(database)
    },
    acquireConnection: async () => new SqliteConnection(outside, writers, statement),
    beginTransaction: (connection) => (connection as SqliteConnection).begin(),
    commitTransaction: (connection) => (connection as SqliteConnection).commit(),
    rollbackTransaction: (connection) => (connection as SqliteConnection).rollback(),
    releaseConnection: async () => {},
    destroy: async () => {
      await writers.idle()
      reads.end()
      database.close()
    },
  }
  const statements = new WeakMap<CompiledQuery, CachedStatement>()
  const run: Run = <R>(query: CompiledQuery<R>, values: readonly unknown[]) => {
    const { sql } = query
    let prepared = statements.get(query)
    if (!prepared) {
      prepared = statement(sql)
      statements.set(query, prepared)
    }
    if (prepared.isRead && !writers.pending()) {
      try {
        reads.join()
        const before = known.find(query, values)
        if (before) return before
        const { rows } = execute<R>(prepared, values)
        known.keep(query, values, rows)
        return rows
      } catch {
        // the longer way waits for a lock, and says what else is wrong
      }
    }
    const slowly = () => execute<R>(statement(sql), values)
    return outside(sql, slowly).then(({ rows }) => rows)
  }
  return { driver, run }
}

/** Runs what belongs to no transaction: who writes stands in the queue, who reads waits until nothing is half done. */
type Outside = <T>(sql: string, run: () => T) => Promise<T>

/** Statements that change rows. Others, such as those that make tables, stand alone as they come. */
const WRITES = /^\s*(insert|update|delete|replace|with)\b/i
const READS = /^\s*select\b/i

/** What Kysely holds for one query or one transaction. */
class SqliteConnection implements DatabaseConnection {
  readonly #outside: Outside
  readonly #writers: Writers
  readonly #statement: (sql: string) => CachedStatement
  #turn: Turn | null = null

  constructor(outside: Outside, writers: Writers, statement: (sql: string) => CachedStatement) {
    this.#outside = outside
    this.#writers = writers
    this.#statement = statement
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const run = () => execute<R>(this.#statement(sql), parameters)
    return this.#turn ? whenFree(run) : this.#outside(sql, run)
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

function execute<R>({ prepared, columns }: CachedStatement, parameters: readonly unknown[]): QueryResult<R> {
  const values = parameters.map(toSqlite)
  if (columns.length === 0) return { rows: [], numAffectedRows: BigInt(prepared.run(...values).changes) }
  const rows = prepared.all(...values) as unknown as readonly unknown[][]
  return { rows: rows.map((row) => toObject(columns, row)) as R[] }
}

/** Node makes an object of a row as a dictionary, which is slow to make, slow to read, and slow to throw away. */
function toObject(columns: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (let i = 0; i < columns.length; i += 1) row[columns[i] ?? ''] = values[i]
  return row
}

interface CachedStatement {
  readonly prepared: StatementSync
  /** Their names; none in a statement that gives no rows. */
  readonly columns: readonly string[]
  readonly isRead: boolean
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
    prepared.setReturnArrays(true)
    const columns = prepared.columns().map(({ name }) => name)
    const fresh = { prepared, columns, isRead: READS.test(sql) }
    cache.set(sql, fresh)
    const [oldest] = cache.keys()
    if (cache.size > MAX_STATEMENTS && oldest !== undefined) cache.delete(oldest)
    return fresh
  }
}

const toSqlite = (value: unknown): SQLInputValue =>
  typeof value === 'boolean' ? Number(value) : (value as SQLInputValue)
