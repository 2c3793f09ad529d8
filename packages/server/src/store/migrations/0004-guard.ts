/** What guards accounts: changes of addresses that can be taken back, and counters of attempts. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { DialectName } from '../dialect.ts'
import { countedTable } from './counted-table.ts'

/** Makes `email_changes`, and on PostgreSQL `throttles`: SQLite serves one process, which counts in memory. */
export const guard = (dialect: DialectName): Migration => ({
  up: async (db: Kysely<unknown>) => {
    await countedTable(db, dialect, 'email_changes', 'id')
      .addColumn('user_id', 'bigint', (column) => column.notNull().references('users.id').onDelete('cascade'))
      .addColumn('old_email', 'text', (column) => column.notNull())
      .addColumn('new_email', 'text', (column) => column.notNull())
      .addColumn('session_id', 'text')
      .addColumn('requested_at', 'bigint', (column) => column.notNull())
      .addColumn('confirmed_at', 'bigint')
      .addColumn('undone_at', 'bigint')
      .execute()
    const index = db.schema.createIndex('email_changes_user_id').on('email_changes')
    await index.column('user_id').execute()
    if (dialect === 'postgres') await createThrottles(db)
  },
  down: async (db: Kysely<unknown>) => {
    await db.schema.dropTable('throttles').ifExists().execute()
    await db.schema.dropTable('email_changes').execute()
  },
})

/**
 * The table is unlogged: a crash of PostgreSQL may forget who has to wait, and in return counting costs no write
 * to the log. `fillfactor` leaves room for the new versions of a row beside the old ones.
 */
async function createThrottles(db: Kysely<unknown>): Promise<void> {
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
}
