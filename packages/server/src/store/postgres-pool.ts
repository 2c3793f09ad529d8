/**
 * How Kysely gets and uses connections to PostgreSQL: statements are prepared once for each connection, a server
 * that does not answer is given up, and every fault of a connection is `unavailable`.
 */
import { createHash } from 'node:crypto'
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'
import { asStoreError, isUnavailable } from './database-faults.ts'
import { loadPg } from './load-pg.ts'
import type { PoolStats } from './store.ts'

/** How the connections are used. */
export interface PoolUse {
  /** Whether statements are prepared by name. Not behind a pooler, which gives each transaction another connection. */
  readonly named: boolean
}

/** How long disconnecting may take, in milliseconds; then it goes on in the background. */
const CLOSING_TIMEOUT = 3000

/** The pool, and how it is. */
export interface MeasuredPool extends PostgresPool {
  stats(): PoolStats
}

/** Makes the pool that Kysely works with. Connects at the first query. */
export function createPostgresPool(config: pg.PoolConfig, use: PoolUse): MeasuredPool {
  const pool = new (loadPg().Pool)(config)
  // A connection that breaks is dropped by the pool, and whoever was using it gets the error from the query. Without
  // listeners the event would end the process: on the pool for idle connections, on the client for those in use.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const nameOf = use.named ? createNames() : () => undefined
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  const adapt = (client: pg.PoolClient): PostgresPoolClient => {
    const adapted = known.get(client) ?? createClient(client, nameOf)
    known.set(client, adapted)
    return adapted
  }
  return {
    options: pool.options,
    connect: () => pool.connect().then(adapt, refuse),
    stats: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    end: () => Promise.race([pool.end(), afterPatience()]),
  }
}

/** A server that is frozen does not say goodbye either. */
const afterPatience = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, CLOSING_TIMEOUT).unref()
  })

function refuse(error: unknown): never {
  throw asStoreError(error)
}

function createClient(
  client: pg.PoolClient,
  nameOf: (sql: string) => string | undefined,
): PostgresPoolClient {
  let broken: unknown
  const query = async (text: string, values: readonly unknown[]) => {
    // a rollback, for example, would wait behind the statement that is not answered
    if (broken !== undefined) throw asStoreError(broken)
    try {
      return await client.query({ text, values: [...values], name: nameOf(text) })
    } catch (error) {
      if (isUnavailable(error) && !isAnswer(error)) broken = error
      throw asStoreError(error)
    }
  }
  return {
    query: query as <R>(...input: unknown[]) => Promise<PostgresQueryResult<R>> & never,
    release: (destroy) => client.release(destroy === true || broken !== undefined),
  }
}

/** Whether the server itself said it: the connection then goes on, or ends by itself. */
const isAnswer = (error: unknown): boolean => error instanceof loadPg().DatabaseError

/** The program has some hundred statements; lists of different lengths must not make ever more of them. */
const MAX_NAMES = 500

function createNames(): (sql: string) => string | undefined {
  const names = new Map<string, string>()
  return (sql) => {
    const known = names.get(sql)
    if (known !== undefined || names.size >= MAX_NAMES) return known
    // the names of a connection are one text each, whichever process made them
    const name = createHash('sha256').update(sql).digest('base64url').slice(0, 22)
    names.set(sql, name)
    return name
  }
}
