/** What several instances share beside accounts: the signing keys. And indexes for clean-up that takes no time. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Makes the place of the signing keys, which PostgreSQL uses, and the indexes. */
export const sharedState = (): Migration => ({
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('signing_keys')
      .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('outbox_state_created_at')
      .on('outbox')
      .columns(['state', 'created_at'])
      .execute()
    await db.schema
      .createIndex('sessions_ended_at')
      .on('sessions')
      .column('ended_at')
      .where(sql.ref('ended_at'), 'is not', null)
      .execute()
    await db.schema
      .createIndex('users_waiting_created_at')
      .on('users')
      .column('created_at')
      .where(sql<boolean>`not is_active and deactivated_at is null`)
      .execute()
  },
  down: async (db: Kysely<unknown>) => {
    for (const index of ['users_waiting_created_at', 'sessions_ended_at', 'outbox_state_created_at']) {
      await db.schema.dropIndex(index).execute()
    }
    await db.schema.dropTable('signing_keys').execute()
  },
})
