/** How much waits in the outbox, for monitoring. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'
import type { OutboxBacklog } from './store.ts'

/** Reads it in one query. The index on state and due time holds all it needs. */
export async function readBacklog(db: Kysely<Database>, now: number): Promise<OutboxBacklog> {
  const row = await db
    .selectFrom('outbox')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('state', '=', 'queued').as('queued'),
      fn.countAll<number>().filterWhere('state', '=', 'dead').as('dead'),
      fn.min<number | null>('next_attempt_at').filterWhere('state', '=', 'queued').as('due'),
    ])
    .where('state', 'in', ['queued', 'dead'])
    .executeTakeFirstOrThrow()
  return { queued: row.queued, dead: row.dead, lag: Math.max(0, now - (row.due ?? now)) }
}
