/**
 * What the rest of the program may ask of the database. Every change that must happen at most once is one
 * conditional statement here, so that a race has one winner on SQLite and on PostgreSQL alike.
 */

import type { AuditAction, AuditEntry, NewAuditEntry } from '../domain/audit.ts'
import type { Awaitable } from '../domain/awaitable.ts'
import type { NewUser, Profile, User } from '../domain/user.ts'
import type { MailKind } from '../mail/kinds.ts'
import type { MailRecordStore } from './mail-record-store.ts'
import type { ReadHashes } from './password-hashes.ts'
import type { StatisticsStore } from './statistics-store.ts'
import type { UserQuery } from './user-query.ts'
import type { RestoredUser } from './user-transfer.ts'

/** What of an account can change. */
export type UserChanges = Partial<Omit<User, 'id' | 'profile' | 'createdAt'>> & { readonly profile?: Profile }

/** The part of an account that credentials and mailed links hang on. */
export type CredentialState = Pick<User, 'id' | 'email' | 'passwordHash' | 'lastLogin'>

/** Accounts. */
export interface UserStore {
  /**
   * Stores a new account; null when the address is taken. Ids count up from 1 and never come back; a taken address
   * uses one up like a free one, so that ids tell nothing. TypeError for a profile field that is not declared.
   */
  insert(user: NewUser): Promise<User | null>
  /**
   * The same inside a transaction, or where it is not meant: nothing, after the same work in tables and indexes. The
   * address must be free if it is meant, and another one stands in for it otherwise.
   */
  insertAlike(user: NewUser, isMeant: boolean): Promise<User | null>
  byId(id: number): Awaitable<User | null>
  /** By the address in its stored form. */
  byEmail(email: string): Awaitable<User | null>
  /** By id, ascending, from just behind `afterId`. */
  list(page: { afterId: number; limit: number }): Promise<readonly User[]>
  passwordHashes: ReadHashes
  /** A page of those that match everything asked for. Pages stay true while accounts come and go. */
  search(query: UserQuery): Promise<readonly User[]>
  /**
   * How many active accounts beside this one have staff rights. Inside a transaction, nobody else changes who they are
   * until it ends.
   */
  otherAdministrators(id: number): Promise<number>
  /** Whether anybody has staff rights. */
  hasStaff(): Promise<boolean>
  /** The same, asked by whoever is about to change it: until the transaction ends, nobody else gets an answer. */
  hasStaffForUpdate(): Promise<boolean>
  /** Writes changes; null when the account is gone, `'taken'` when the new address belongs to somebody. */
  update(id: number, changes: UserChanges): Promise<User | null | 'taken'>
  /**
   * Writes changes only if address, password hash and last sign-in are still what they were when they were
   * read: the one conditional UPDATE that makes mailed links and password changes happen once.
   */
  updateIfUnchanged(seen: CredentialState, changes: UserChanges): Promise<User | null | 'taken'>
  /**
   * Whether an active account still has the address and the password hash that were read. Inside a transaction nobody
   * changes them until it ends, so that a session is not opened behind the back of whoever ends them all. If so, and
   * unless it is null, `lastLogin` is stored.
   */
  holdIfUnchanged(
    seen: Pick<User, 'id' | 'email' | 'passwordHash'>,
    lastLogin: number | null,
  ): Promise<boolean>
  /** Activates an account that waits for it; false when it does not (any more). */
  activate(seen: CredentialState): Promise<boolean>
  /** Deletes an account that waits for activation; false when it does not (any more). */
  deleteWaiting(seen: CredentialState): Promise<boolean>
  /** Deletes an account whose invitation nobody has accepted; false when somebody has, or it is gone. */
  withdrawInvitation(id: number): Promise<boolean>
  delete(id: number): Promise<boolean>
  /**
   * Stores accounts as they were somewhere else, passing over those whose address or id is taken; at most
   * `restoreLimit` at once. Returns how many were stored.
   */
  restore(users: readonly RestoredUser[]): Promise<number>
  readonly restoreLimit: number
  /** Those of the ids, at most `restoreLimit`, that belong to another account here, while nobody has the address. */
  idsOfOthers(users: readonly Pick<User, 'id' | 'email'>[]): Promise<ReadonlySet<number>>
}

/** A mail that waits for delivery. Times are milliseconds since 1970. */
export interface NewMail {
  /** The account it is about, or null. */
  readonly userId: number | null
  readonly kind: MailKind
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Fixed when the mail is queued, so that a repeated delivery is recognised (RFC 5322 §3.6.4). */
  readonly messageId: string
  readonly createdAt: number
}

/** A mail in the outbox. */
export interface OutboxMail extends NewMail {
  readonly id: number
  readonly state: 'queued' | 'sent' | 'dead'
  /** Deliveries tried, the one under way included. */
  readonly attempts: number
  /** When it is due; while somebody delivers it, when their lease ends. */
  readonly nextAttemptAt: number
  readonly sentAt: number | null
  readonly lastError: string | null
}

/** What waits in the outbox. */
export interface OutboxBacklog {
  readonly queued: number
  /** Mails given up. */
  readonly dead: number
  /** How long the mail that is due for longest has been due, in milliseconds; 0 when none is. */
  readonly lag: number
}

/** Connections to a database server. */
export interface PoolStats {
  readonly total: number
  readonly idle: number
  /** Requests that wait for a connection. */
  readonly waiting: number
}

/** Mails on their way. Bodies are sealed at rest, for they hold links; they are wiped after delivery. */
export interface OutboxStore extends MailRecordStore {
  add(mail: NewMail): Promise<void>
  /**
   * As `add`, with the same work whether or not somebody is there to get the mail: nothing is left of one that is
   * not meant. Only inside of a transaction, so that no worker ever sees such a mail.
   */
  addAlike(mail: NewMail, isMeant: boolean): Promise<void>
  /**
   * Takes up to `limit` due mails for oneself until `now + lease`, in milliseconds; nobody else gets them meanwhile.
   * Those that nothing was heard of by then are due again. A mail that cannot be unsealed any more is set aside.
   */
  claim(input: { now: number; lease: number; limit: number }): Promise<readonly OutboxMail[]>
  /** Notes a delivery. `keepBody` keeps the text for the development mailbox. */
  sent(id: number, at: number, keepBody: boolean): Promise<void>
  /** Notes a failure: to be tried again at `retryAt`, or dead when that is null. */
  failed(id: number, error: string, retryAt: number | null): Promise<void>
  /** How much waits, and how late it is. */
  backlog(now: number): Promise<OutboxBacklog>
  /** Newest first; for the development mailbox. */
  list(input: { to?: string; limit: number }): Promise<readonly OutboxMail[]>
}

/** DRF-style database tokens: one for each account. Only their hash is stored. */
export interface DatabaseTokenStore {
  /** Stores a token's hash for the account unless it has one; returns the stored sealed token either way. */
  getOrCreate(userId: number, token: { hash: string; sealed: string; createdAt: number }): Promise<string>
  /** The account that a token's hash belongs to. */
  userByHash(hash: string): Promise<User | null>
  deleteOf(userId: number): Promise<void>
}

/** A sign-in on a device. Times are milliseconds since 1970. */
export interface Session {
  /** Random, unguessable; the `sid` of its tokens. */
  readonly id: string
  readonly userId: number
  readonly createdAt: number
  readonly lastUsedAt: number
  /** When it ends however busy it is. */
  readonly expiresAt: number
  /** When the person last proved who they are. */
  readonly authenticatedAt: number
  /** How: `pwd` (RFC 8176). */
  readonly amr: string
  readonly userAgent: string
  readonly address: string
  /** Hash of the id of the refresh token that is good now. */
  readonly refreshHash: string
  /** Hash of the one it replaced, or null. */
  readonly parentHash: string | null
  /** When it replaced it. */
  readonly rotatedAt: number
  readonly endedAt: number | null
  readonly endReason: string | null
}

/** Sessions and the rotation of their refresh tokens. */
export interface SessionStore {
  /** Stores a session, unless its person has `max` live ones already: then false, and nothing is stored. */
  insert(session: Session, max?: number): Promise<boolean>
  byId(id: string): Promise<Session | null>
  /** Those that have not ended and not expired, newest use first. */
  listOf(userId: number, now: number): Promise<readonly Session[]>
  /** From where an account was signed in to, the newest first, also when those sessions ended. */
  placesOf(userId: number, limit: number): Promise<readonly Pick<Session, 'userAgent' | 'address'>[]>
  /**
   * Replaces the current refresh token in one conditional UPDATE: of any number of simultaneous callers with the
   * same token one gets the session, the others null.
   */
  rotate(input: { id: string; from: string; to: string; now: number }): Promise<Session | null>
  /** Ends one session; the id of whose it was, or null if it had ended. */
  end(input: { id: string; now: number; reason: string }): Promise<number | null>
  /** Ends the sessions of an account, but for `except`; returns the ids of those ended. */
  endAllOf(input: {
    userId: number
    now: number
    reason: string
    except?: string | undefined
  }): Promise<readonly string[]>
  /** Notes that the person proved again who they are. */
  reauthenticated(id: string, now: number): Promise<void>
}

/** A session whose access tokens verifiers must refuse although their signatures are good. */
export interface Revocation {
  /** Counts up; verifiers ask for what came after. */
  readonly seq: number
  readonly sessionId: string
  /** When no token of the session can be left. Milliseconds since 1970. */
  readonly expiresAt: number
}

/** The short list of revocations, and SimpleJWT's blacklist of token ids. */
export interface RevocationStore {
  add(revocation: Omit<Revocation, 'seq'>): Promise<Revocation>
  /** Those that came after `seq` and still matter. */
  since(seq: number, now: number): Promise<readonly Revocation[]>
  /** Whether a token id is blacklisted. */
  isBlacklisted(jti: string): Promise<boolean>
  /** Puts a token id on the blacklist; false when it was there. */
  blacklist(jti: string, expiresAt: number): Promise<boolean>
}

/** Which entries of the audit log, and which page of them. Times are milliseconds since 1970. */
export interface AuditQuery {
  readonly userId?: number | undefined
  readonly actorId?: number | undefined
  readonly action?: AuditAction | undefined
  readonly address?: string | undefined
  /** From this moment on. */
  readonly since?: number | undefined
  /** Before this moment. */
  readonly until?: number | undefined
  /** The last entry of the page before. */
  readonly afterId?: number | undefined
  readonly limit: number
}

/** Who did what to whom, when, and from where. Nothing changes an entry. */
export interface AuditStore {
  add(entry: NewAuditEntry): Promise<void>
  /** The newest first. */
  list(query: AuditQuery): Promise<readonly AuditEntry[]>
  /** Removes up to `limit` entries from before a moment, the oldest first; the database refuses those of the last day. */
  deleteBefore(input: { at: number; limit: number }): Promise<number>
}

/** A change of an address. Times are milliseconds since 1970. */
export interface EmailChange {
  readonly id: number
  readonly userId: number
  readonly oldEmail: string
  readonly newEmail: string
  /** The session that asked for it, or null. */
  readonly sessionId: string | null
  readonly requestedAt: number
  /** When the new address was proven; null: not yet. */
  readonly confirmedAt: number | null
}

/** Changes of addresses: each is confirmed once and undone once, by one conditional statement. */
export interface EmailChangeStore {
  add(change: Omit<EmailChange, 'id'>): Promise<EmailChange>
  /** The newest of an account if it waits for confirmation: a newer one ends those before. */
  pendingOf(userId: number): Promise<EmailChange | null>
  confirm(id: number, at: number): Promise<boolean>
  /** Those confirmed from `since` on and not undone, the newest first. */
  undoableOf(userId: number, since: number): Promise<readonly EmailChange[]>
  /** Undoes a change, and with it every later one of the account; false if it was undone. */
  undo(change: Pick<EmailChange, 'id' | 'userId'>, at: number): Promise<boolean>
}

/** The whole database. A transaction is a Store too, so every function works inside and outside of one. */
export interface Store {
  readonly users: UserStore
  readonly outbox: OutboxStore
  readonly databaseTokens: DatabaseTokenStore
  readonly sessions: SessionStore
  readonly revocations: RevocationStore
  readonly audit: AuditStore
  readonly emailChanges: EmailChangeStore
  readonly statistics: StatisticsStore
  /**
   * Runs `work` so that all of it is stored or nothing. Not to be nested, and `work` must not use the outer store:
   * on SQLite it would wait for itself. PostgreSQL may give a transaction up for another one that waits for it;
   * then `work` is run again from the start, so it must change nothing but the store.
   */
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>
}
