/**
 * What the database need not keep any more. Each kind is one row of the table below: where it lies, and which rows are
 * due. A sweep deletes a bounded number of them in one statement, so that it never holds anybody up for long, and any
 * number of instances may sweep at once: they take different rows.
 */
import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely'
import type { DialectName } from './dialect.ts'
import type { Database } from './schema.ts'

/** How long what is over is kept, in milliseconds. */
export interface Retention {
  /** Sessions after they ended or expired, for the list of devices and for tracing. */
  readonly sessions: number
  readonly sentMails: number
  readonly deadMails: number
  readonly audit: number
  /** Changes of addresses, for as long as they can be confirmed or taken back. */
  readonly emailChanges: number
  /** Accounts that nobody ever activated; 0 keeps them. */
  readonly waitingAccounts: number
}

/** What is deleted. */
export const SWEEPS = [
  'sessions',
  'revocations',
  'blacklist',
  'sent_mails',
  'dead_mails',
  'audit',
  'email_changes',
  'waiting_accounts',
] as const

/** What is deleted. */
export type SweepName = (typeof SWEEPS)[number]

/**
 * How far the clock may be ahead while a sweep runs, in milliseconds: what refuses tokens is kept for as much longer,
 * so that it counts again when the clock is put right.
 */
const CLOCK_AHEAD = 86_400_000

/** Deletes up to `limit` rows of a kind that are due; returns how many. */
export type Sweep = (
  name: SweepName,
  input: { readonly now: number; readonly limit: number },
) => Promise<number>

type Table =
  | 'sessions'
  | 'revocations'
  | 'blacklisted_tokens'
  | 'outbox'
  | 'audit'
  | 'email_changes'
  | 'users'
type Due<T extends Table> = (eb: ExpressionBuilder<Database, T>, now: number) => Expression<SqlBool>

/** Makes the sweep. */
export function createSweep(db: Kysely<Database>, dialect: DialectName, keep: Retention): Sweep {
  const remove = async <T extends Table>(
    table: T,
    key: string,
    due: Due<T>,
    { now, limit }: Parameters<Sweep>[1],
  ): Promise<number> => {
    const rows = db
      .selectFrom(table as Table)
      .select(db.dynamic.ref<never>(key))
      .where((eb) => due(eb as unknown as ExpressionBuilder<Database, T>, now))
      .limit(limit)
      // rows that another instance deletes at the same moment are not waited for
      .$if(dialect === 'postgres', (query) => query.forUpdate().skipLocked())
    const { rows: deleted } = await sql`
      delete from ${sql.table(table)} where ${sql.ref(key)} in (${rows}) returning 1
    `.execute(db)
    return deleted.length
  }
  const sweeps: Readonly<Record<SweepName, (input: Parameters<Sweep>[1]) => Promise<number>>> = {
    sessions: (input) =>
      remove(
        'sessions',
        'id',
        (eb, now) =>
          eb.or([
            eb('expires_at', '<', now - keep.sessions),
            eb.and([eb('ended_at', 'is not', null), eb('ended_at', '<', now - keep.sessions)]),
          ]),
        input,
      ),
    revocations: (input) => remove('revocations', 'seq', refusesNothing, input),
    blacklist: (input) => remove('blacklisted_tokens', 'jti', refusesNothing, input),
    sent_mails: (input) => remove('outbox', 'id', mailsOlderThan('sent', keep.sentMails), input),
    dead_mails: (input) => remove('outbox', 'id', mailsOlderThan('dead', keep.deadMails), input),
    audit: (input) => remove('audit', 'id', (eb, now) => eb('at', '<', now - keep.audit), input),
    email_changes: (input) =>
      remove(
        'email_changes',
        'id',
        (eb, now) => eb(eb.fn.coalesce('confirmed_at', 'requested_at'), '<', now - keep.emailChanges),
        input,
      ),
    waiting_accounts: async (input) =>
      keep.waitingAccounts === 0 ? 0 : remove('users', 'id', neverActivated(keep.waitingAccounts), input),
  }
  return (name, input) => sweeps[name](input)
}

const refusesNothing: Due<'revocations' | 'blacklisted_tokens'> = (eb, now) =>
  eb('expires_at', '<', now - CLOCK_AHEAD)

const mailsOlderThan =
  (state: 'sent' | 'dead', age: number): Due<'outbox'> =>
  (eb, now) =>
    eb.and([eb('state', '=', state), eb('created_at', '<', now - age)])

/** Those who wait for a link that was mailed lately, because they registered again, are not due yet. */
const neverActivated =
  (age: number): Due<'users'> =>
  (eb, now) =>
    eb.and([
      sql<boolean>`not is_active and deactivated_at is null and invited_at is null`,
      eb('created_at', '<', now - age),
      eb('is_staff', '=', false),
      eb.not(
        eb.exists(
          eb
            .selectFrom('outbox')
            .select('outbox.id')
            .whereRef('outbox.user_id', '=', 'users.id')
            .where('outbox.created_at', '>=', now - age),
        ),
      ),
    ])
