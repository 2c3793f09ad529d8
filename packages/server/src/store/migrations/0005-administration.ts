/** What staff ask the database for: finding people, mails by state, counts by day; and how an account came and went. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { binary } from '../collation.ts'
import type { DialectName } from '../dialect.ts'

/** Adds columns, indexes and the table of counts; `down` takes them away. */
export const administration = (dialect: DialectName): Migration => ({
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('users').addColumn('invited_at', 'bigint').execute()
    await db.schema.alterTable('users').addColumn('deactivation_reason', 'text').execute()
    for (const [name, table, columns] of INDEXES) {
      await db.schema
        .createIndex(name)
        .on(table)
        .columns([...columns])
        .execute()
    }
    for (const [name, column] of SEARCHED) {
      await db.schema.createIndex(name).on('users').expression(binary(dialect, column)).execute()
    }
    await db.schema
      .createTable('daily_counts')
      .addColumn('day', 'bigint', (column) => column.notNull())
      .addColumn('measure', 'text', (column) => column.notNull())
      .addColumn('count', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('daily_counts_key', ['day', 'measure'])
      .execute()
  },
  down: async (db: Kysely<unknown>) => {
    await db.schema.dropTable('daily_counts').execute()
    for (const [name] of [...INDEXES, ...SEARCHED]) await db.schema.dropIndex(name).execute()
    for (const column of ['invited_at', 'deactivation_reason']) {
      await db.schema.alterTable('users').dropColumn(column).execute()
    }
  },
})

const INDEXES = [
  ['users_is_active', 'users', ['is_active', 'id']],
  ['users_is_staff', 'users', ['is_staff', 'id']],
  ['users_role', 'users', ['role', 'id']],
  ['users_created_at', 'users', ['created_at']],
  ['users_deactivated_at', 'users', ['deactivated_at']],
  ['users_invited_at', 'users', ['invited_at']],
  ['outbox_state', 'outbox', ['state', 'id']],
  ['outbox_recipient', 'outbox', ['recipient', 'id']],
  ['outbox_created_at', 'outbox', ['created_at', 'state']],
  ['audit_action_at', 'audit', ['action', 'at']],
] as const

const SEARCHED = [
  ['users_search_email', sql`email`],
  ['users_search_first_name', sql`lower(first_name)`],
  ['users_search_last_name', sql`lower(last_name)`],
] as const
