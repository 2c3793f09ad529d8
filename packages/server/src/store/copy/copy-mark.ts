/** The mark on a database that is being copied into: until the copy is done nobody may take a part for the whole. */
import { sql } from 'kysely'
import type { Connection } from '../dialect.ts'
import { tablesThere } from './tables.ts'

/** Which database a copy into this one was begun from and not finished; null where there is none. */
export async function unfinishedCopyOf(connection: Connection): Promise<string | null> {
  if (!(await tablesThere(connection)).some(({ name }) => name === 'copy_state')) return null
  const { rows } = await sql<{ source: string }>`select source from copy_state`.execute(connection.db)
  return rows[0]?.source ?? null
}

/** Throws TypeError, with what to do, where a copy was not finished. */
export async function refuseUnfinishedCopy(connection: Connection): Promise<void> {
  const source = await unfinishedCopyOf(connection)
  if (source === null) return
  throw new TypeError(
    `This database holds a part of a copy of ${source} that was not finished. ` +
      'Run the same `doorward db copy` once more, which goes on where it stopped, or empty this database.',
  )
}

/** Marks a database before anything else is in it, so that a copy which ends at once is known, too. */
export async function markCopy({ db, schema }: Connection, source: string): Promise<void> {
  const schemas = await db.introspection.getSchemas()
  const isMissing = schema !== undefined && !schemas.some(({ name }) => name === schema)
  await db.transaction().execute(async (trx) => {
    if (isMissing) await sql`create schema if not exists ${sql.ref(schema)}`.execute(trx)
    await sql`create table copy_state (source text primary key)`.execute(trx)
    await sql`insert into copy_state (source) values (${source})`.execute(trx)
  })
}

/** Takes the mark away when every row is there. */
export async function unmarkCopy({ db }: Connection): Promise<void> {
  await sql`drop table copy_state`.execute(db)
}
