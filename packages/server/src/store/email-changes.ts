/** Changes of addresses in the database: asked for, confirmed, taken back. */
import type { Kysely, Selectable } from 'kysely'
import type { Database, EmailChangesTable } from './schema.ts'
import type { EmailChange, EmailChangeStore } from './store.ts'

/** Most changes that are looked at when one is taken back. */
const MOST_UNDOABLE = 100

/** Changes of addresses, in a database or one of its transactions. */
export function createEmailChangeStore(db: Kysely<Database>): EmailChangeStore {
  return {
    add: async (change) => {
      const row = await db
        .insertInto('email_changes')
        .values({
          user_id: change.userId,
          old_email: change.oldEmail,
          new_email: change.newEmail,
          session_id: change.sessionId,
          requested_at: change.requestedAt,
          confirmed_at: change.confirmedAt,
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      return readChange(row)
    },
    pendingOf: async (userId) => {
      const row = await db
        .selectFrom('email_changes')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row && row.confirmed_at === null ? readChange(row) : null
    },
    confirm: async (id, at) => {
      const { numUpdatedRows } = await db
        .updateTable('email_changes')
        .set({ confirmed_at: at })
        .where('id', '=', id)
        .where('confirmed_at', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    undoableOf: async (userId, since) => {
      const rows = await db
        .selectFrom('email_changes')
        .selectAll()
        .where('user_id', '=', userId)
        .where('confirmed_at', '>=', since)
        .where('undone_at', 'is', null)
        .orderBy('id', 'desc')
        .limit(MOST_UNDOABLE)
        .execute()
      return rows.map(readChange)
    },
    undo: async ({ id, userId }, at) => {
      const rows = await db
        .updateTable('email_changes')
        .set({ undone_at: at })
        .where('user_id', '=', userId)
        .where('id', '>=', id)
        .where('undone_at', 'is', null)
        .returning('id')
        .execute()
      return rows.some((row) => row.id === id)
    },
  }
}

const readChange = (row: Selectable<EmailChangesTable>): EmailChange => ({
  id: row.id,
  userId: row.user_id,
  oldEmail: row.old_email,
  newEmail: row.new_email,
  sessionId: row.session_id,
  requestedAt: row.requested_at,
  confirmedAt: row.confirmed_at,
})
