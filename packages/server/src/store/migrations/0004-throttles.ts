/** Counters of attempts that the instances on one PostgreSQL share. SQLite serves one process, which counts in memory. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { DialectName } from '../dialect.ts'

/**
 * The table is unlogged: a crash of PostgreSQL may forget who has to wait, and in return counting costs no write
 * to the log. `fillfactor` leaves room for the new versions of a row beside the old ones.
 */
export const throttles = (dialect: DialectName): Migration => ({
  up: async (db: Kysely<unknown>) => {
    if (dialect === 'sqlite') return
    await sql`
      create unlogged table throttles (
        key text primary key not null,
        level float8 not null,
        at bigint not null,
        free float8 not null,
        most float8 not null,
        forgive_after float8 not null,
        delay float8 not null,
        longest float8 not null,
        expires_at bigint not null,
        ticket text not null
      ) with (fillfactor = 70)
    `.execute(db)
    await db.schema.createIndex('throttles_expires_at').on('throttles').column('expires_at').execute()
  },
  down: async (db: Kysely<unknown>) => {
    await db.schema.dropTable('throttles').ifExists().execute()
  },
})
