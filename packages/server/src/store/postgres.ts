/** The database for more than one instance: PostgreSQL. */
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Connection } from './dialect.ts'
import type { Database } from './schema.ts'

/** Connections of one instance; PostgreSQL itself has 100 by default, for all of them. */
const POOL_SIZE = 10

/** How long to wait for a connection, in milliseconds. */
const CONNECTION_TIMEOUT = 10_000

/** How long a statement, or a pause inside a transaction, may take, in milliseconds. */
const STATEMENT_TIMEOUT = 30_000

/**
 * Connects at the first query. Beside what `pg` reads from the address (`sslmode`, `statement_timeout`, …), it may
 * say `schema=<name>` (made if it is missing) and `pool=<connections>`. Throws TypeError if one of them is no good.
 */
export function openPostgres(url: string): Connection {
  const address = new URL(url)
  const schema = take(address, 'schema')
  if (schema !== undefined && !/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new TypeError('database.url: `schema` is not a name of small letters, digits and `_`')
  }
  const size = Number(take(address, 'pool') ?? POOL_SIZE)
  if (!Number.isInteger(size) || size < 1) {
    throw new TypeError('database.url: `pool` is not a number of connections, such as `pool=10`')
  }
  const pool = createPool(address, size, schema)
  return { db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), dialect: 'postgres', schema }
}

function createPool(address: URL, size: number, schema: string | undefined): pg.Pool {
  const ownOptions = take(address, 'options')
  // dates are read in this form whatever the server is used to
  const options = [ownOptions, '-c datestyle=ISO', schema && `-c search_path=${schema}`]
  const pool = new pg.Pool({
    statement_timeout: STATEMENT_TIMEOUT,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT,
    connectionTimeoutMillis: CONNECTION_TIMEOUT,
    application_name: 'doorward',
    keepAlive: true,
    max: size,
    options: options.filter(Boolean).join(' '),
    types: { getTypeParser },
    connectionString: address.href,
  })
  // A connection that breaks is dropped by the pool, and whoever was using it gets the error from the query. Without
  // listeners the event would end the process: on the pool for idle connections, on the client for those in use.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Whole numbers come as numbers, not texts; days as they are written, not as moments of some time zone. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
  if (oid === pg.types.builtins.INT8) return Number
  if (oid === pg.types.builtins.DATE) return String
  return pg.types.getTypeParser(oid, format as 'text')
}

/** Takes a parameter out of the address, for `pg` would not know it. */
function take(address: URL, name: string): string | undefined {
  const value = address.searchParams.get(name) ?? undefined
  address.searchParams.delete(name)
  return value
}
