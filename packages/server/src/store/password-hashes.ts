/** Reads the stored hashes for whoever wants to know their kinds: most of a site are of one kind, and only counted. */
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

/** Hashes of a page of accounts. */
export interface HashPage {
  /** The last account of the page; null if there was none. */
  readonly lastId: number | null
  /** How many begin with what was said to be usual. */
  readonly alike: number
  readonly others: readonly string[]
}

/** Reads a page, by id, ascending, from just behind `afterId`; hashes that begin with `usual` are only counted. */
export type ReadHashes = (page: {
  readonly afterId: number
  readonly limit: number
  readonly usual: string
}) => Promise<HashPage>

/** Makes the reader of a database. */
export function createHashReader(db: Kysely<Database>): ReadHashes {
  return async ({ afterId, limit, usual }) => {
    const isUsual = sql<boolean>`substr(password_hash, 1, ${usual.length}) = ${usual}`
    const page = db.selectFrom('users').select(['id', 'password_hash']).where('id', '>', afterId)
    const { lastId, all, alike } = await db
      .selectFrom(page.orderBy('id').limit(limit).as('page'))
      .select(({ fn }) => [
        fn.max<number | null>('id').as('lastId'),
        fn.countAll<number>().as('all'),
        fn.countAll<number>().filterWhere(isUsual).as('alike'),
      ])
      .executeTakeFirstOrThrow()
    if (lastId === null || alike === all) return { lastId, alike, others: [] }
    const others = await page.where('id', '<=', lastId).where(sql<boolean>`not ${isUsual}`).execute()
    return { lastId, alike, others: others.map((row) => row.password_hash) }
  }
}
