/** What the two databases do differently, beyond the words of their SQL. */
import type { Kysely } from 'kysely'
import type { Client } from 'pg'
import type { Run } from './prepared.ts'
import type { Database } from './schema.ts'
import type { PoolStats } from './store.ts'

/** Which database it is. */
export type DialectName = 'sqlite' | 'postgres'

/** A database that can be queried, and which one it is. */
export interface Connection {
  readonly db: Kysely<Database>
  readonly dialect: DialectName
  /** A shorter way for compiled queries outside of transactions, where there is one. */
  readonly run?: Run | undefined
  /** PostgreSQL: the schema that the address names. Without it, the one that the server's search path gives. */
  readonly schema?: string | undefined
  /** PostgreSQL: another connection to the same place, past any pooler and without time-outs. To be destroyed. */
  readonly unhurried?: (() => Connection) | undefined
  /** PostgreSQL: a client of one's own, past any pooler, not yet connected, that can listen. */
  readonly listening?: (() => Client) | undefined
  /** PostgreSQL: how many connections there are. */
  readonly pool?: (() => PoolStats) | undefined
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined

/** Whether PostgreSQL refused a row because its key exists (`unique_violation`). */
export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === '23505'

/**
 * Whether PostgreSQL gave a transaction up for the sake of another one (`serialization_failure`,
 * `deadlock_detected`): nothing of it was stored, and it may be run again.
 */
export const isTransactionConflict = (error: unknown): boolean =>
  codeOf(error) === '40001' || codeOf(error) === '40P01'

/** Whether PostgreSQL gave up waiting for a lock (`lock_not_available`), by itself or as the cause of another error. */
export const isLockTimeout = (error: unknown): boolean =>
  codeOf(error) === '55P03' || (error instanceof Error && codeOf(error.cause) === '55P03')
