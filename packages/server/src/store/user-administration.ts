/** What staff ask about accounts: who matches, who else is in charge, which invitations are open. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'
import type { UserStore } from './store.ts'
import type { UserTable } from './user-search.ts'
import { searchUsers } from './user-search.ts'

/** The part of the accounts that staff work with. */
export function createUserAdministration(
  db: Kysely<Database>,
  table: UserTable,
): Pick<UserStore, 'search' | 'otherAdministrators' | 'withdrawInvitation'> {
  return {
    search: (query) => searchUsers(db, table, query),
    otherAdministrators: async (id) => {
      // locked, so that two administrators who demote each other at once take turns
      const rows = await db
        .selectFrom('users')
        .select(['id', 'is_active'])
        .where('is_staff', '=', true)
        .orderBy('id')
        .$if(table.dialect === 'postgres', (query) => query.forUpdate())
        .execute()
      return rows.filter((row) => row.id !== id && row.is_active).length
    },
    withdrawInvitation: async (id) => {
      const { numDeletedRows } = await db
        .deleteFrom('users')
        .where('id', '=', id)
        .where('is_active', '=', false)
        .where('deactivated_at', 'is', null)
        .where('invited_at', 'is not', null)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}
