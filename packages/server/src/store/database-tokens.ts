/** DRF-style tokens in the database. */
import type { Kysely } from 'kysely'
import type { ProfileColumn } from './profile-columns.ts'
import type { Database } from './schema.ts'
import type { DatabaseTokenStore } from './store.ts'
import { readUser, userSelection } from './user-rows.ts'

/** Database tokens, in a database or one of its transactions. */
export function createDatabaseTokenStore(
  db: Kysely<Database>,
  columns: readonly ProfileColumn[],
): DatabaseTokenStore {
  const selection = userSelection(db.dynamic, columns)
  return {
    getOrCreate: async function getOrCreate(userId, token): Promise<string> {
      const stored = await db
        .insertInto('database_tokens')
        .values({ user_id: userId, hash: token.hash, sealed: token.sealed, created_at: token.createdAt })
        .onConflict((conflict) => conflict.column('user_id').doNothing())
        .returning('sealed')
        .executeTakeFirst()
      if (stored) return stored.sealed
      const existing = await db
        .selectFrom('database_tokens')
        .select('sealed')
        .where('user_id', '=', userId)
        .executeTakeFirst()
      // it was deleted between the two statements: once more
      return existing ? existing.sealed : getOrCreate(userId, token)
    },
    userByHash: async (hash) => {
      const row = await db
        .selectFrom('users')
        .select(selection)
        .where('id', '=', (eb) => eb.selectFrom('database_tokens').select('user_id').where('hash', '=', hash))
        .executeTakeFirst()
      return row ? readUser(columns, row) : null
    },
    deleteOf: async (userId) => {
      await db.deleteFrom('database_tokens').where('user_id', '=', userId).execute()
    },
  }
}
