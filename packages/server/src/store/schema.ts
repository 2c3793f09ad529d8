/**
 * The tables as queries see them; `migrations/` makes them. Times are milliseconds since 1970. Declared profile
 * fields are columns of `users` that are not listed here: see `profile-columns.ts`.
 */
import type { ColumnType, Generated } from 'kysely'
import type { MailKind } from '../mail/kinds.ts'
import type { OutboxMail } from './store.ts'

/** Yes or no. SQLite gives it back as 0 or 1. */
export type Flag = ColumnType<boolean | number, boolean, boolean>

/** Accounts. */
export interface UsersTable {
  id: Generated<number>
  email: string
  password_hash: string
  is_active: Flag
  is_staff: Flag
  locale: string | null
  last_login: number | null
  created_at: number
  deactivated_at: number | null
  deactivation_reason: Generated<string | null>
  invited_at: number | null
  first_name: Generated<string>
  last_name: Generated<string>
  role: Generated<string>
}

/** Mails on their way and the record of those sent. */
export interface OutboxTable {
  id: Generated<number>
  user_id: number | null
  kind: MailKind
  recipient: string
  subject: string
  /** Text and HTML, sealed; null once wiped. */
  body: string | null
  message_id: string
  state: OutboxMail['state']
  attempts: Generated<number>
  /** When it is due; while somebody delivers it, the end of that lease. */
  next_attempt_at: number
  sent_at: number | null
  last_error: string | null
  created_at: number
}

/** DRF-style tokens, at most one for each account. */
export interface DatabaseTokensTable {
  user_id: number
  hash: string
  sealed: string
  created_at: number
}

/** Sign-ins and the refresh token that is good now. */
export interface SessionsTable {
  id: string
  user_id: number
  created_at: number
  last_used_at: number
  expires_at: number
  authenticated_at: number
  amr: string
  user_agent: string
  address: string
  refresh_hash: string
  parent_hash: string | null
  rotated_at: number
  ended_at: number | null
  end_reason: string | null
}

/** Sessions whose access tokens verifiers must refuse. They stay when the session's account is deleted. */
export interface RevocationsTable {
  seq: Generated<number>
  session_id: string
  expires_at: number
}

/** Token ids that are not to be used again. */
export interface BlacklistedTokensTable {
  jti: string
  expires_at: number
}

/** What happened. Rows are added and, when their time is over, removed; none is changed. */
export interface AuditTable {
  id: Generated<number>
  at: number
  action: string
  actor_id: number | null
  user_id: number | null
  address: string
  user_agent: string
  request_id: string
  /** JSON of one object. */
  details: string
}

/** Changes of addresses; see `EmailChange`. */
export interface EmailChangesTable {
  id: Generated<number>
  user_id: number
  old_email: string
  new_email: string
  session_id: string | null
  requested_at: number
  confirmed_at: number | null
  undone_at: Generated<number | null>
}

/** Counted attempts, on PostgreSQL; see `throttles.ts`. */
export interface ThrottlesTable {
  key: string
  level: number
  at: number
  free: number
  most: number
  forgive_after: number
  delay: number
  longest: number
  expires_at: number
  /** Of the statement that let the last attempt through. */
  ticket: string
}

/** The signing keys of all instances, on PostgreSQL: one row. */
export interface SigningKeysTable {
  id: number
  version: number
  /** Sealed; `tokens/key-file.ts` knows its form. */
  document: string
}

/** Counts of whole days that are over, so that they are counted once. */
export interface DailyCountsTable {
  /** Days since 1970, UTC. */
  day: number
  measure: string
  count: number
}

/** All tables by name. */
export interface Database {
  users: UsersTable
  outbox: OutboxTable
  database_tokens: DatabaseTokensTable
  sessions: SessionsTable
  revocations: RevocationsTable
  blacklisted_tokens: BlacklistedTokensTable
  signing_keys: SigningKeysTable
  audit: AuditTable
  email_changes: EmailChangesTable
  throttles: ThrottlesTable
  daily_counts: DailyCountsTable
}
