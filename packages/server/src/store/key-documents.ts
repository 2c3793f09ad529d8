/** The document that holds the signing keys of all instances, in the database. It is sealed before it comes here. */
import { type Kysely, sql } from 'kysely'
import { announce } from './changes.ts'
import type { DialectName } from './dialect.ts'
import type { KeyDocumentStore } from './key-document-store.ts'
import type { Database } from './schema.ts'

/** The one row. */
const ID = 1

/** The document, in a database or one of its transactions. */
export function createKeyDocumentStore(db: Kysely<Database>, dialect: DialectName): KeyDocumentStore {
  const row = () => db.selectFrom('signing_keys').where('id', '=', ID)
  const first = async (trx: Kysely<Database>, document: string) => {
    const insert = trx.insertInto('signing_keys').values({ id: ID, version: 1, document })
    const made = insert.onConflict((conflict) => conflict.column('id').doNothing()).returning('id')
    return (await made.executeTakeFirst()) !== undefined
  }
  const next = async (trx: Kysely<Database>, seen: string, document: string) => {
    const { numUpdatedRows } = await trx
      .updateTable('signing_keys')
      .set({ version: sql`version + 1`, document })
      .where('id', '=', ID)
      .where('version', '=', Number(seen))
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }
  return {
    version: async () => {
      const found = await row().select('version').executeTakeFirst()
      return found ? String(found.version) : null
    },
    read: async () => {
      const found = await row().select(['version', 'document']).executeTakeFirst()
      return found ? { version: String(found.version), text: found.document } : null
    },
    replace: (seen, text) =>
      db.transaction().execute(async (trx) => {
        const done = seen === null ? await first(trx, text) : await next(trx, seen, text)
        if (done && dialect === 'postgres') await announce(trx, 'keys')
        return done
      }),
  }
}
