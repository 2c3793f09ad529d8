/** Counts by day. Days that are over are counted once and kept, so that a year costs as little as a week. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './schema.ts'
import type { StatisticsStore } from './statistics-store.ts'

const DAY = 86_400_000

/** Counts, in a database or one of its transactions. */
export function createStatisticsStore(db: Kysely<Database>): StatisticsStore {
  const dayOf = (column: string): RawBuilder<number> => sql<number>`${sql.ref(column)} / ${sql.lit(DAY)}`
  const count = sql<number>`count(*)`.as('count')
  return {
    happenings: ({ from, until, actions }) =>
      db
        .selectFrom('audit')
        .select([dayOf('at').as('day'), 'action as measure', count])
        .where('action', 'in', [...actions])
        .where('at', '>=', from * DAY)
        .where('at', '<', until * DAY)
        .groupBy(['measure', 'day'])
        .execute(),
    mails: ({ from, until }) =>
      db
        .selectFrom('outbox')
        .select([dayOf('created_at').as('day'), 'state as measure', count])
        .where('created_at', '>=', from * DAY)
        .where('created_at', '<', until * DAY)
        .groupBy(['measure', 'day'])
        .execute(),
    kept: ({ from, until }) =>
      db
        .selectFrom('daily_counts')
        .select(['day', 'measure', 'count'])
        .where('day', '>=', from)
        .where('day', '<', until)
        .execute(),
    keep: async (counts) => {
      if (counts.length === 0) return
      await db
        .insertInto('daily_counts')
        .values([...counts])
        .onConflict((conflict) => conflict.columns(['day', 'measure']).doNothing())
        .execute()
    },
    accounts: async (limit) => {
      const some = db.selectFrom('users').select('id').limit(limit).as('some')
      const { count: accounts } = await db
        .selectFrom(some)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(accounts)
    },
  }
}
