/** The list of revocations and the blacklist, in the database. */
import { type Kysely, sql } from 'kysely'
import { CHANNEL, type Topic } from './changes.ts'
import type { DialectName } from './dialect.ts'
import type { Database } from './schema.ts'
import type { Revocation, RevocationStore } from './store.ts'

/** Held by whoever adds a revocation, until the end of the transaction. */
const REVOCATIONS_LOCK = 7_355_609

/** Revocations, in a database or one of its transactions. */
export function createRevocationStore(db: Kysely<Database>, dialect: DialectName): RevocationStore {
  const insert = dialect === 'postgres' ? insertInTurn : insertRow
  return {
    add: async (revocation) => ({ ...revocation, seq: await insert(db, revocation) }),
    since: async (seq, now) => {
      const rows = await db
        .selectFrom('revocations')
        .select(['seq', 'session_id', 'expires_at'])
        .where('seq', '>', seq)
        .where('expires_at', '>', now)
        .orderBy('seq')
        .execute()
      return rows.map((row) => ({
        seq: row.seq,
        sessionId: row.session_id,
        expiresAt: row.expires_at,
      }))
    },
    isBlacklisted: async (jti) => {
      const row = await db
        .selectFrom('blacklisted_tokens')
        .select('jti')
        .where('jti', '=', jti)
        .executeTakeFirst()
      return row !== undefined
    },
    blacklist: async (jti, expiresAt) => {
      const row = await db
        .insertInto('blacklisted_tokens')
        .values({ jti, expires_at: expiresAt })
        .onConflict((conflict) => conflict.column('jti').doNothing())
        .returning('jti')
        .executeTakeFirst()
      return row !== undefined
    },
  }
}

type NewRevocation = Omit<Revocation, 'seq'>

async function insertRow(db: Kysely<Database>, revocation: NewRevocation): Promise<number> {
  const { sessionId, expiresAt } = revocation
  const row = await db
    .insertInto('revocations')
    .values({ session_id: sessionId, expires_at: expiresAt })
    .returning('seq')
    .executeTakeFirstOrThrow()
  return row.seq
}

/**
 * On PostgreSQL a number is drawn before its row can be seen: a reader could see 8, ask from then on for what came
 * after 8, and never hear of a 7 that was committed late. So whoever adds one waits here, before drawing a number,
 * for everybody who drew one and has not committed. In one statement, which is a transaction of its own outside of
 * one; the other instances are told when it is committed. SQLite has one writer at a time anyway.
 */
async function insertInTurn(db: Kysely<Database>, revocation: NewRevocation): Promise<number> {
  const { sessionId, expiresAt } = revocation
  const { rows } = await sql<{ seq: number }>`
    with turn as materialized (select pg_advisory_xact_lock(${REVOCATIONS_LOCK})),
    added as (
      insert into revocations (session_id, expires_at)
      select ${sessionId}, ${expiresAt}::bigint from turn
      returning seq
    )
    select seq, pg_notify(${CHANNEL}, ${'revocations' satisfies Topic}) from added
  `.execute(db)
  const [row] = rows
  if (!row) throw new TypeError('an INSERT returned no row')
  return row.seq
}
