/**
 * Throttling counters that all instances share, in PostgreSQL. However many limits a request falls under, they are
 * one statement, a transaction of its own: the row locks let simultaneous attempts pass one by one.
 */
import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { mostRemembered, waitOf } from '../domain/throttle.ts'
import type { Database } from './schema.ts'
import type { Attempt, ThrottleStore } from './throttle-store.ts'

interface Row {
  readonly key: string
  readonly level: number
  readonly at: number
  readonly admitted: boolean
}

/** Most rows that one sweep deletes, so that it never holds anybody up for long. */
const SWEEP_SIZE = 10_000

/** Counters in the table `throttles`. */
export function createThrottles(db: Kysely<Database>): ThrottleStore {
  return {
    take: async (attempts, now) => {
      const { rows } = await takeAll(attempts, now).execute(db)
      return attempts.map(({ key, limit }) => {
        const row = rows.find((one) => one.key === key)
        if (!row) throw new TypeError('an INSERT returned no row')
        return { key, level: row.level, wait: row.admitted ? 0 : Math.max(1, waitOf(row, limit, now)) }
      })
    },
    settle: async ({ giveBack, forget }) => {
      if (forget.length > 0) await db.deleteFrom('throttles').where('key', 'in', forget).execute()
      if (giveBack.length === 0) return
      const level = sql<number>`greatest(0, level - 1)`
      await db.updateTable('throttles').set({ level }).where('key', 'in', giveBack).execute()
    },
    sweep: async (now) => {
      const old = db.selectFrom('throttles').select('key').where('expires_at', '<', now).limit(SWEEP_SIZE)
      await db.deleteFrom('throttles').where('key', 'in', old).execute()
    },
    close: async () => {},
  }
}

/**
 * The arithmetic of `domain/throttle.ts`, where the rows are. A row that is refused stays as it is, but for a time in
 * the future; whether it was shows in whose ticket it carries. Keys are sorted, so that two statements never wait for each other in a ring.
 */
function takeAll(attempts: readonly Attempt[], now: number) {
  const ticket = randomUUID()
  const given = attempts.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const column = (of: (attempt: Attempt) => string | number) => given.map(of)
  const elapsed = sql`greatest(0, ${now}::bigint - t.at)`
  const level = sql`greatest(0, t.level - ${elapsed}::float8 / excluded.forgive_after)`
  const wait = sql`least(excluded.longest, excluded.delay * power(2, least(60, ceil(${level} + 1 - excluded.free)) - 1))`
  const admitted = sql`(${level} + 1 <= excluded.free or ${elapsed} >= ${wait})`
  return sql<Row>`
    insert into throttles as t (key, level, at, free, most, forgive_after, delay, longest, expires_at, ticket)
    select key, 1, ${now}::bigint, free, most, forgive_after, delay, longest,
      ${now}::bigint + ceil(forgive_after)::bigint, ${ticket}
    from unnest(
      ${column(({ key }) => key)}::text[], ${column(({ limit }) => limit.free)}::float8[],
      ${column(({ limit }) => mostRemembered(limit))}::float8[],
      ${column(({ limit }) => limit.forgiveAfter)}::float8[],
      ${column(({ limit }) => limit.delay)}::float8[], ${column(({ limit }) => limit.longest)}::float8[]
    ) as given (key, free, most, forgive_after, delay, longest)
    on conflict (key) do update set
      level = case when ${admitted} then least(excluded.most, ${level} + 1) else t.level end,
      at = case when ${admitted} then ${now}::bigint else least(t.at, ${now}::bigint) end,
      ticket = case when ${admitted} then ${ticket} else t.ticket end,
      free = excluded.free, most = excluded.most, forgive_after = excluded.forgive_after,
      delay = excluded.delay, longest = excluded.longest,
      expires_at = ${now}::bigint + ceil((t.level + 1) * excluded.forgive_after)::bigint
    returning key, level, at, ticket = ${ticket} as admitted
  `
}
