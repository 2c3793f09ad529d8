/**
 * When the database is away, full or too slow, that is one answer for whoever asked: `unavailable`, with a time to
 * come again. Everything else that a database says is a fault of ours and goes on as it came.
 */
import { DoorwardError, issue } from '../domain/errors.ts'

/** When to come again, in seconds: a PostgreSQL that was restarted answers within a few. */
const RETRY_AFTER = 5

/** Classes and codes of PostgreSQL (Appendix A of its manual) that speak of its state and not of the statement. */
const POSTGRES_STATES = [
  '08', // connection exception
  '25006', // read_only_sql_transaction: a standby took over, or gave up
  '25P03', // idle_in_transaction_session_timeout
  '53', // insufficient resources: connections, memory, disk
  '55P03', // lock_not_available
  '57014', // query_canceled: the statement timeout
  '57P', // operator intervention: shutting down, crashed, starting up
  '58', // system error: its files cannot be read or written
]

const NETWORK_CODES =
  /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOENT|EADDRNOTAVAIL|EMFILE|ENFILE)/

/** What `pg` says without a code. */
const CONNECTION_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|The server closed the connection|The database did not answer)/

/** SQLite's primary result codes: locked for too long, disk full or failing, file gone or not to be written. */
const SQLITE_STATES: ReadonlySet<number> = new Set([
  5, // SQLITE_BUSY
  8, // SQLITE_READONLY
  10, // SQLITE_IOERR
  13, // SQLITE_FULL
  14, // SQLITE_CANTOPEN
])

/** What PostgreSQL says to whom it does not let in, by class and code. Waiting does not help: somebody must act. */
const POSTGRES_REFUSALS = [
  '28', // invalid authorization: a wrong password, an unknown user, a host that may not
  '3D000', // there is no such database
  '42501', // insufficient_privilege: no right to make the tables, or to read them
]

/** The same of SQLite: the file is damaged, or none of its own. */
const SQLITE_REFUSALS: ReadonlySet<number> = new Set([11, 26]) // SQLITE_CORRUPT, SQLITE_NOTADB

function isRefusal(error: Error): boolean {
  if ('errcode' in error) return SQLITE_REFUSALS.has(Number(error.errcode) & 0xff)
  return 'code' in error && POSTGRES_REFUSALS.some((state) => String(error.code).startsWith(state))
}

/** Whether an error says that the database cannot serve anybody now, rather than that a statement was wrong. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('errcode' in error) return SQLITE_STATES.has(Number(error.errcode) & 0xff)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (/^[0-9A-Z]{5}$/.test(code) && !NETWORK_CODES.test(code)) {
    return POSTGRES_STATES.some((state) => code.startsWith(state))
  }
  return NETWORK_CODES.test(code) || CONNECTION_MESSAGES.test(error.message)
}

/** The error as the rest of the program knows it: `unavailable` with the cause kept for the log, or as it came. */
export const asStoreError = (error: unknown): unknown =>
  isUnavailable(error)
    ? new DoorwardError([issue(null, 'unavailable', { seconds: RETRY_AFTER })], undefined, { cause: error })
    : error

/** At start nobody waits for an answer, and the operator must hear the reason: TypeError, without the address. */
export function explained(error: unknown): unknown {
  const cause = error instanceof DoorwardError ? error.cause : error
  if (!(cause instanceof Error) || (cause === error && !isRefusal(cause))) return error
  // trying several addresses of a name fails with one error that has no message
  const reasons = cause instanceof AggregateError ? cause.errors.map(String).join('; ') : cause.message
  return new TypeError(`The database cannot be used: ${reasons}`, { cause })
}
