/** Opens the database that the settings name and brings it up to date: what the rest of the program calls. */
import type { CompiledQuery, Kysely } from 'kysely'
import type { ProfileFields } from '../domain/profile-field.ts'
import { createAuditStore } from './audit.ts'
import { type ChangeFeed, listenForChanges, noChanges, type Topic } from './changes.ts'
import { refuseUnfinishedCopy } from './copy/copy-mark.ts'
import { explained } from './database-faults.ts'
import { createDatabaseTokenStore } from './database-tokens.ts'
import { type Connection, type DialectName, isTransactionConflict } from './dialect.ts'
import { createEmailChangeStore } from './email-changes.ts'
import type { KeyDocumentStore } from './key-document-store.ts'
import { createKeyDocumentStore } from './key-documents.ts'
import { createMemoryThrottles } from './memory-throttles.ts'
import { type MigrationStatus, migrateUp, migrationStatus, syncProfileColumns } from './migrate.ts'
import { createOutboxStore, type TextSealer } from './outbox.ts'
import { openPostgres, type PostgresOptions } from './postgres.ts'
import { createPrepared, type Run, runBy } from './prepared.ts'
import { type ProfileColumn, profileColumns } from './profile-columns.ts'
import { createRevocationStore } from './revocations.ts'
import type { Database } from './schema.ts'
import { createSessionStore } from './sessions.ts'
import { openSqlite } from './sqlite.ts'
import { createStatisticsStore } from './statistics.ts'
import type { PoolStats, Store } from './store.ts'
import { createSweep, type Retention, type Sweep } from './sweeps.ts'
import type { ThrottleStore } from './throttle-store.ts'
import { createThrottles } from './throttles.ts'
import { createUserStore } from './users.ts'

/** What a store needs. */
export interface StoreOptions {
  /** `sqlite:<file>`, `sqlite::memory:` or `postgres://…`. */
  readonly url: string
  /** How PostgreSQL is used, where it is not by default. */
  readonly postgres?: Partial<PostgresOptions> | undefined
  /** The profile fields that the project declares. */
  readonly fields: ProfileFields
  /** Seals the bodies of mails, which hold links. */
  readonly sealer: TextSealer
  /** How long what is over is kept. Default: for ever, but for what no token can meet any more. */
  readonly retention?: Retention | undefined
  /** Called once after each commit that added mails. It must not throw. */
  readonly onMailQueued?: (() => void) | undefined
}

/** A store that is connected. */
export interface OpenStore extends Store {
  readonly dialect: DialectName
  /** Shared by the instances on PostgreSQL; those of this process alone on SQLite. */
  readonly throttles: ThrottleStore
  /** Resolves if the database answers; rejects with its error otherwise. */
  ping(): Promise<void>
  /** The place of the signing keys that all instances share; null where they are kept beside the database. */
  readonly keyDocuments: KeyDocumentStore | null
  /** Calls back whenever another instance may have changed something. To be called once; `close` ends it. */
  listen(onChange: (topic: Topic) => void): void
  /** Whether other instances are heard. */
  readonly listening: ChangeFeed['state']
  /** Deletes what is over, some of it. */
  readonly sweep: Sweep
  migrationStatus(): Promise<readonly MigrationStatus[]>
  /** The connections to the database server; null where there is none. */
  pool(): PoolStats | null
  /** Waits for running queries and disconnects. */
  close(): Promise<void>
}

/**
 * Picks the database by its address, without connecting yet: for tools that look at it as it is. TypeError for an
 * address of another kind; it does not repeat the address, which may hold a password.
 */
export function connect(url: string, postgres?: Partial<PostgresOptions>): Connection {
  if (/^sqlite:./.test(url)) return openSqlite(url.slice('sqlite:'.length))
  if (/^postgres(?:ql)?:\/\//.test(url) && URL.canParse(url)) return openPostgres(url, postgres)
  throw new TypeError(
    'This is not the address of a database. ' +
      'Write `sqlite:./data/doorward.db` or `postgres://user:password@host:5432/name`.',
  )
}

/**
 * Opens the database, runs pending migrations, adds columns for declared profile fields. TypeError for one that holds
 * a part of a copy.
 */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  const connection = connect(options.url, options.postgres)
  const { db, dialect } = connection
  try {
    await refuseUnfinishedCopy(connection)
    await migrateUp(connection)
    await syncProfileColumns(connection, options.fields)
  } catch (error) {
    await db.destroy()
    throw explained(error)
  }
  const parts = { ...options, dialect, columns: profileColumns(options.fields), compiled: new Map() }
  const onMailQueued = options.onMailQueued ?? (() => {})
  let changes = noChanges
  return {
    ...createPorts(db, { ...parts, onMailQueued, run: connection.run }),
    transaction: (work) => runTransaction(db, { ...parts, onMailQueued }, work),
    dialect,
    throttles: dialect === 'postgres' ? createThrottles(db) : createMemoryThrottles(),
    ping: async () => {
      await db.selectNoFrom((eb) => eb.lit(1).as('one')).execute()
    },
    sweep: createSweep(db, dialect, options.retention ?? KEEP_ALL),
    migrationStatus: () => migrationStatus(connection),
    pool: () => connection.pool?.() ?? null,
    keyDocuments: dialect === 'postgres' ? createKeyDocumentStore(db, dialect) : null,
    listen: (onChange) => {
      if (connection.listening) changes = listenForChanges(connection.listening, onChange)
    },
    get listening() {
      return changes.state
    },
    close: async () => {
      await changes.close()
      await db.destroy()
    },
  }
}

const KEEP_ALL: Retention = {
  sessions: Number.MAX_SAFE_INTEGER,
  sentMails: Number.MAX_SAFE_INTEGER,
  deadMails: Number.MAX_SAFE_INTEGER,
  audit: Number.MAX_SAFE_INTEGER,
  emailChanges: Number.MAX_SAFE_INTEGER,
  waitingAccounts: 0,
}

interface Parts {
  readonly dialect: DialectName
  readonly columns: readonly ProfileColumn[]
  readonly sealer: TextSealer
  readonly onMailQueued: () => void
  /** Queries that were compiled for this database, by name. */
  readonly compiled: Map<string, CompiledQuery>
}

const createPorts = (
  db: Kysely<Database>,
  parts: Parts & { readonly run?: Run | undefined },
): Omit<Store, 'transaction'> => {
  const prepared = createPrepared(parts.run ?? runBy(db), parts.compiled)
  return {
    users: createUserStore(db, parts.columns, { prepared, dialect: parts.dialect }),
    outbox: createOutboxStore(db, parts),
    databaseTokens: createDatabaseTokenStore(db, parts.columns),
    sessions: createSessionStore(db, prepared),
    revocations: createRevocationStore(db, parts.dialect),
    audit: createAuditStore(db, prepared),
    emailChanges: createEmailChangeStore(db),
    statistics: createStatisticsStore(db),
  }
}

/** Tells of queued mails once, and only after the commit: before, a worker would look in vain. */
async function runTransaction<T>(
  db: Kysely<Database>,
  parts: Parts,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  let mailQueued = false
  const onMailQueued = () => {
    mailQueued = true
  }
  const transaction = () => Promise.reject(new TypeError('transactions are not nested'))
  const result = await unlessGivenUp(() => {
    mailQueued = false
    return db
      .transaction()
      .execute((trx) => work({ ...createPorts(trx, { ...parts, onMailQueued }), transaction }))
  })
  if (mailQueued) parts.onMailQueued()
  return result
}

/** How often a transaction is tried. */
const MAX_ATTEMPTS = 4

/** Runs a transaction again that PostgreSQL gave up for the sake of another one. */
async function unlessGivenUp<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (error) {
      if (!isTransactionConflict(error) || attempt === MAX_ATTEMPTS) throw error
    }
  }
}
