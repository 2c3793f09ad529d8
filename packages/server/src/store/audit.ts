/** The audit log in the database. Entries are added and, when their time is over, removed; nothing changes one. */
import type { Kysely, Selectable } from 'kysely'
import type { AuditAction, AuditDetails, AuditEntry } from '../domain/audit.ts'
import type { Prepared } from './prepared.ts'
import type { AuditTable, Database } from './schema.ts'
import type { AuditStore } from './store.ts'

/** By name: the next version of the program may add columns while this one goes on working. */
const COLUMNS = [
  'id',
  'at',
  'action',
  'actor_id',
  'user_id',
  'address',
  'user_agent',
  'request_id',
  'details',
] as const satisfies readonly (keyof AuditTable)[]

/** Longest User-Agent that is kept. */
const LONGEST_AGENT = 255

/** The audit log, in a database or one of its transactions. */
export function createAuditStore(db: Kysely<Database>, prepared: Prepared): AuditStore {
  const add = prepared('audit.add', (value) =>
    db.insertInto('audit').values({
      at: value<number>(0),
      action: value<string>(1),
      actor_id: value<number>(2),
      user_id: value<number>(3),
      address: value<string>(4),
      user_agent: value<string>(5),
      request_id: value<string>(6),
      details: value<string>(7),
    }),
  )
  return {
    add: async ({ at, action, actorId, userId, address, userAgent, requestId, details }) => {
      const agent = userAgent.slice(0, LONGEST_AGENT)
      await add(at, action, actorId, userId, address, agent, requestId, JSON.stringify(details))
    },
    list: async ({ afterId, limit, userId, actorId, action, address, since, until }) => {
      const rows = await db
        .selectFrom('audit')
        .select(COLUMNS)
        .$if(afterId !== undefined, (query) => query.where('id', '<', afterId ?? 0))
        .$if(userId !== undefined, (query) => query.where('user_id', '=', userId ?? 0))
        .$if(actorId !== undefined, (query) => query.where('actor_id', '=', actorId ?? 0))
        .$if(action !== undefined, (query) => query.where('action', '=', action ?? ''))
        .$if(address !== undefined, (query) => query.where('address', '=', address ?? ''))
        .$if(since !== undefined, (query) => query.where('at', '>=', since ?? 0))
        .$if(until !== undefined, (query) => query.where('at', '<', until ?? 0))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map(readEntry)
    },
    deleteBefore: async ({ at, limit }) => {
      const { numDeletedRows } = await db
        .deleteFrom('audit')
        .where('id', 'in', (eb) =>
          eb.selectFrom('audit').select('id').where('at', '<', at).orderBy('at').limit(limit),
        )
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

const readEntry = (row: Selectable<AuditTable>): AuditEntry => ({
  id: row.id,
  at: row.at,
  action: row.action as AuditAction,
  actorId: row.actor_id,
  userId: row.user_id,
  address: row.address,
  userAgent: row.user_agent,
  requestId: row.request_id,
  details: JSON.parse(row.details) as AuditDetails,
})
