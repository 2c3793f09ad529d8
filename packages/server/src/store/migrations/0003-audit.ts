/** The audit log: a table to which rows are only added, until their time is over. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { DialectName } from '../dialect.ts'
import { countedTable } from './counted-table.ts'

/** Makes the table and the triggers that guard it; `down` drops them. */
export const audit = (dialect: DialectName): Migration => ({
  up: async (db: Kysely<unknown>) => {
    // no foreign keys: what happened to an account is still known when the account is gone
    await countedTable(db, dialect, 'audit', 'id')
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('actor_id', 'bigint')
      .addColumn('user_id', 'bigint')
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('user_agent', 'text', (column) => column.notNull())
      .addColumn('request_id', 'text', (column) => column.notNull())
      .addColumn('details', 'text', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('audit_at').on('audit').column('at').execute()
    for (const column of ['user_id', 'actor_id', 'address', 'action']) {
      await db.schema.createIndex(`audit_${column}`).on('audit').columns([column, 'id']).execute()
    }
    await (dialect === 'sqlite' ? guardSqlite(db) : guardPostgres(db))
  },
  down: async (db: Kysely<unknown>) => {
    await db.schema.dropTable('audit').execute()
    if (dialect === 'postgres') await sql`drop function audit_guard()`.execute(db)
  },
})

/** Nothing is changed, and nothing removed on the day on which it was written: clearing away comes much later. */
async function guardSqlite(db: Kysely<unknown>): Promise<void> {
  await sql`
    create trigger audit_no_update before update on audit
    begin select raise(abort, 'the audit log is append-only'); end
  `.execute(db)
  await sql`
    create trigger audit_no_delete before delete on audit when old.at > (unixepoch() - 86400) * 1000
    begin select raise(abort, 'the audit log is append-only'); end
  `.execute(db)
}

async function guardPostgres(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function audit_guard() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' and old.at <= (extract(epoch from clock_timestamp()) - 86400) * 1000 then
        return old;
      end if;
      raise exception 'the audit log is append-only';
    end $$
  `.execute(db)
  await sql`
    create trigger audit_guard before update or delete on audit for each row execute function audit_guard()
  `.execute(db)
  await sql`
    create trigger audit_no_truncate before truncate on audit for each statement execute function audit_guard()
  `.execute(db)
}
