/** What the two databases do differently, beyond the words of their SQL. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

/** Which database it is. */
export type DialectName = 'sqlite' | 'postgres'

/** A database that can be queried, and which one it is. */
export interface Connection {
  readonly db: Kysely<Database>
  readonly dialect: DialectName
  /** PostgreSQL: the schema that the address names. Without it, the one that the server's search path gives. */
  readonly schema?: string | undefined
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
