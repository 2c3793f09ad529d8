/** The database for more than one instance: PostgreSQL, and what speaks its protocol. */
import { Kysely, PostgresAdapter, PostgresDialect, sql } from 'kysely'
import type pg from 'pg'
import type { Connection } from './dialect.ts'
import { loadPg } from './load-pg.ts'
import { createPostgresPool } from './postgres-pool.ts'
import { type TlsOptions, takeTls } from './postgres-tls.ts'
import type { Database } from './schema.ts'

/** How PostgreSQL is used. Times are seconds. */
export interface PostgresOptions extends TlsOptions {
  /** The same database without the pooler, if `url` leads to one; null otherwise. */
  readonly directUrl: string | null
  readonly schema: string | null
  readonly poolSize: number
  readonly connectTimeout: number
  readonly statementTimeout: number
  readonly lockTimeout: number
  readonly idleInTransactionTimeout: number
  /** How long a migration waits for that of another instance. */
  readonly migrationTimeout: number
  readonly applicationName: string
}

const DEFAULTS: PostgresOptions = {
  directUrl: null,
  schema: null,
  poolSize: 10,
  connectTimeout: 5,
  statementTimeout: 5,
  lockTimeout: 5,
  idleInTransactionTimeout: 30,
  migrationTimeout: 300,
  sslMode: 'unset',
  sslCa: null,
  applicationName: 'doorward',
}

/** How much longer than a statement may take its answer is waited for: a server that is frozen does not count. */
const ANSWER_GRACE = 2

/**
 * Connects at the first query. Beside what `pg` reads from the address (`statement_timeout`, …), it may say
 * `schema=<name>` (made if it is missing), `pool=<connections>` and libpq's `sslmode`, `sslrootcert`, `sslcert`,
 * `sslkey`. Throws TypeError if one of them is no good.
 */
export function openPostgres(url: string, given: Partial<PostgresOptions> = {}): Connection {
  const options = { ...DEFAULTS, ...given }
  const { config, schema } = clientConfig(url, options)
  const pool = createPostgresPool(config, { named: options.directUrl === null })
  const direct = options.directUrl ?? url
  return {
    db: new Kysely<Database>({ dialect: new BoundedDialect({ pool }) }),
    dialect: 'postgres',
    schema,
    pool: pool.stats,
    unhurried: () => openPostgres(direct, unhurried(options)),
    listening: () => new (loadPg().Client)(clientConfig(direct, { ...options, directUrl: null }).config),
  }
}

/** Held while somebody migrates. */
const MIGRATION_LOCK = 7_355_607

/** Kysely would wait an hour for another instance that migrates; this one as long as the session waits for locks. */
class BoundedAdapter extends PostgresAdapter {
  override async acquireMigrationLock(db: Kysely<unknown>): Promise<void> {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`.execute(db)
  }
  override async releaseMigrationLock(db: Kysely<unknown>): Promise<void> {
    await sql`select pg_advisory_unlock(${MIGRATION_LOCK})`.execute(db)
  }
}

class BoundedDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new BoundedAdapter()
  }
}

/** For one who may take as long as it takes, and only waits for others so long. */
const unhurried = (options: PostgresOptions): PostgresOptions => ({
  ...options,
  directUrl: null,
  poolSize: 1,
  statementTimeout: 0,
  lockTimeout: options.migrationTimeout,
  idleInTransactionTimeout: 0,
})

function clientConfig(url: string, options: PostgresOptions): { config: pg.PoolConfig; schema?: string } {
  const address = new URL(url)
  const take = (name: string) => takeFrom(address, name)
  const schema = take('schema') ?? options.schema ?? undefined
  if (schema !== undefined && !/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new TypeError('database.url: `schema` is not a name of small letters, digits and `_`')
  }
  if (schema !== undefined && options.directUrl !== null) {
    throw new TypeError(
      'database.url: a pooler does not keep `schema`; set the search path of the role instead',
    )
  }
  const max = Number(take('pool') ?? options.poolSize)
  if (!Number.isInteger(max) || max < 1) {
    throw new TypeError('database.url: `pool` is not a number of connections, such as `pool=10`')
  }
  const { statementTimeout, connectTimeout } = options
  const config: pg.PoolConfig = {
    max,
    connectionTimeoutMillis: connectTimeout * 1000,
    query_timeout: statementTimeout === 0 ? undefined : (statementTimeout + ANSWER_GRACE) * 1000,
    application_name: options.applicationName,
    keepAlive: true,
    types: { getTypeParser },
    ssl: takeTls(take, options),
    ...(options.directUrl === null && sessionParameters(take('options'), schema, options)),
    connectionString: address.href,
  }
  return { config, ...(schema !== undefined && { schema }) }
}

/** What a session is told when it begins. A pooler in transaction mode refuses this: its sessions have many users. */
function sessionParameters(
  own: string | undefined,
  schema: string | undefined,
  { statementTimeout, lockTimeout, idleInTransactionTimeout }: PostgresOptions,
): pg.ClientConfig {
  // dates are read in this form whatever the server is used to
  const options = [own, '-c datestyle=ISO', schema && `-c search_path=${schema}`]
  return {
    statement_timeout: statementTimeout * 1000,
    lock_timeout: lockTimeout * 1000,
    idle_in_transaction_session_timeout: idleInTransactionTimeout * 1000,
    options: options.filter(Boolean).join(' '),
  }
}

/** Whole numbers come as numbers, not texts; days as they are written, not as moments of some time zone. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
  const { types } = loadPg()
  if (oid === types.builtins.INT8) return Number
  if (oid === types.builtins.DATE) return String
  return types.getTypeParser(oid, format as 'text')
}

/** Takes a parameter out of the address, for `pg` would not know it. */
function takeFrom(address: URL, name: string): string | undefined {
  const value = address.searchParams.get(name) ?? undefined
  address.searchParams.delete(name)
  return value
}
