/** The first form of the database: all tables. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { DialectName } from '../dialect.ts'
import { countedTable } from './counted-table.ts'

/** Makes all tables; `down` drops them with everything in them. */
export const initial = (dialect: DialectName): Migration => ({
  up: async (db: Kysely<unknown>) => {
    await createUsers(db, dialect)
    await createOutbox(db, dialect)
    await createDatabaseTokens(db)
    await createSessions(db)
    await createRevocations(db, dialect)
  },
  down: async (db: Kysely<unknown>) => {
    const tables = ['blacklisted_tokens', 'revocations', 'sessions', 'database_tokens', 'outbox', 'users']
    for (const table of tables) await db.schema.dropTable(table).execute()
  },
})

async function createUsers(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await countedTable(db, dialect, 'users', 'id')
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .addColumn('is_active', 'boolean', (column) => column.notNull())
    .addColumn('is_staff', 'boolean', (column) => column.notNull())
    .addColumn('locale', 'text')
    .addColumn('last_login', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('deactivated_at', 'bigint')
    .addColumn('first_name', 'varchar(255)', (column) => column.notNull().defaultTo(''))
    .addColumn('last_name', 'varchar(255)', (column) => column.notNull().defaultTo(''))
    .addColumn('role', 'varchar(30)', (column) => column.notNull().defaultTo(''))
    .execute()
}

async function createOutbox(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await countedTable(db, dialect, 'outbox', 'id')
    .addColumn('user_id', 'bigint', (column) => column.references('users.id').onDelete('set null'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('body', 'text')
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('queued', 'sent', 'dead')`))
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('next_attempt_at', 'bigint', (column) => column.notNull())
    .addColumn('sent_at', 'bigint')
    .addColumn('last_error', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()
  await createIndex(db, 'outbox', ['state', 'next_attempt_at'])
  await createIndex(db, 'outbox', ['user_id'])
}

async function createDatabaseTokens(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('database_tokens')
    .addColumn('user_id', 'bigint', (column) =>
      column.primaryKey().references('users.id').onDelete('cascade'),
    )
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()
}

async function createSessions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('user_id', 'bigint', (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('authenticated_at', 'bigint', (column) => column.notNull())
    .addColumn('amr', 'text', (column) => column.notNull())
    .addColumn('user_agent', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('refresh_hash', 'text', (column) => column.notNull())
    .addColumn('parent_hash', 'text')
    .addColumn('rotated_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('end_reason', 'text')
    .execute()
  await createIndex(db, 'sessions', ['user_id'])
  await createIndex(db, 'sessions', ['expires_at'])
}

async function createRevocations(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await countedTable(db, dialect, 'revocations', 'seq')
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  await createIndex(db, 'revocations', ['expires_at'])

  await db.schema
    .createTable('blacklisted_tokens')
    .addColumn('jti', 'text', (column) => column.primaryKey().notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  await createIndex(db, 'blacklisted_tokens', ['expires_at'])
}

const createIndex = (db: Kysely<unknown>, table: string, columns: string[]): Promise<void> =>
  db.schema
    .createIndex([table, ...columns].join('_'))
    .on(table)
    .columns(columns)
    .execute()
