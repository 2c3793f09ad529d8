/** Sessions in the database. */
import type { Kysely, Selectable } from 'kysely'
import type { Prepared } from './prepared.ts'
import type { Database, SessionsTable } from './schema.ts'
import type { Session, SessionStore } from './store.ts'

/** Sessions, in a database or one of its transactions. */
export function createSessionStore(db: Kysely<Database>, prepared: Prepared): SessionStore {
  const byId = prepared('sessions.byId', (value) =>
    db.selectFrom('sessions').select(COLUMNS).where('id', '=', value<string>(0)),
  )
  const rotate = prepareRotation(db, prepared)
  const insert = prepareInsert(db, prepared)
  const placesOf = prepared('sessions.placesOf', (value) =>
    db
      .selectFrom('sessions')
      .select(['user_agent', 'address'])
      .where('user_id', '=', value<number>(0))
      .orderBy('created_at', 'desc')
      .limit(value<number>(1)),
  )
  return {
    insert: async (session, max = Number.MAX_SAFE_INTEGER) => {
      const row = toRow(session)
      const inserted = await insert(...COLUMNS.map((column) => row[column]), max)
      return inserted.length === 1
    },
    byId: async (id) => {
      const [row] = await byId(id)
      return row ? readSession(row) : null
    },
    listOf: async (userId, now) => {
      const rows = await db
        .selectFrom('sessions')
        .select(COLUMNS)
        .where('user_id', '=', userId)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', now)
        .orderBy('last_used_at', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(readSession)
    },
    placesOf: async (userId, limit) => {
      const rows = await placesOf(userId, limit)
      return rows.map((row) => ({ userAgent: row.user_agent, address: row.address }))
    },
    rotate: async ({ id, from, to, now }) => {
      const [row] = await rotate(id, from, to, now)
      return row ? readSession(row) : null
    },
    end: async ({ id, now, reason }) => {
      const row = await db
        .updateTable('sessions')
        .set({ ended_at: now, end_reason: reason })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .returning('user_id')
        .executeTakeFirst()
      return row?.user_id ?? null
    },
    endAllOf: async ({ userId, now, reason, except }) => {
      // expired ones too: an access token may outlive its session by its own lifetime
      const rows = await db
        .updateTable('sessions')
        .set({ ended_at: now, end_reason: reason })
        .where('user_id', '=', userId)
        .where('ended_at', 'is', null)
        .$if(except !== undefined, (query) => query.where('id', '<>', except ?? ''))
        .returning('id')
        .execute()
      return rows.map(({ id }) => id)
    },
    reauthenticated: async (id, now) => {
      await db.updateTable('sessions').set({ authenticated_at: now }).where('id', '=', id).execute()
    },
  }
}

/** Values are a row's, in the order of `COLUMNS`, and how many sessions may be live; a row comes back if it is stored. */
const prepareInsert = (db: Kysely<Database>, prepared: Prepared) =>
  prepared('sessions.insert', (value) => {
    const of = <T>(column: (typeof COLUMNS)[number]) => value<T>(COLUMNS.indexOf(column))
    const live = db
      .selectFrom('sessions')
      .select((eb) => eb.fn.countAll<number>().as('live'))
      .where('user_id', '=', of<number>('user_id'))
      .where('ended_at', 'is', null)
      .where('expires_at', '>', of<number>('created_at'))
    const row = db
      .selectNoFrom((eb) => COLUMNS.map((column) => eb.val(of<string>(column)).as(column)))
      .where(live, '<', value<number>(COLUMNS.length))
    return db.insertInto('sessions').columns(COLUMNS).expression(row).returning('id')
  })

const prepareRotation = (db: Kysely<Database>, prepared: Prepared) =>
  prepared('sessions.rotate', (value) => {
    const [id, from, to, now] = [value<string>(0), value<string>(1), value<string>(2), value<number>(3)]
    return db
      .updateTable('sessions')
      .set({ parent_hash: from, refresh_hash: to, rotated_at: now, last_used_at: now })
      .where('id', '=', id)
      .where('refresh_hash', '=', from)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now)
      .returning(COLUMNS)
  })

/** By name: the next version of the program may add columns while this one goes on working. */
const COLUMNS = [
  'id',
  'user_id',
  'created_at',
  'last_used_at',
  'expires_at',
  'authenticated_at',
  'amr',
  'user_agent',
  'address',
  'refresh_hash',
  'parent_hash',
  'rotated_at',
  'ended_at',
  'end_reason',
] as const satisfies readonly (keyof SessionsTable)[]

const toRow = (session: Session): Selectable<SessionsTable> => ({
  id: session.id,
  user_id: session.userId,
  created_at: session.createdAt,
  last_used_at: session.lastUsedAt,
  expires_at: session.expiresAt,
  authenticated_at: session.authenticatedAt,
  amr: session.amr,
  user_agent: session.userAgent,
  address: session.address,
  refresh_hash: session.refreshHash,
  parent_hash: session.parentHash,
  rotated_at: session.rotatedAt,
  ended_at: session.endedAt,
  end_reason: session.endReason,
})

const readSession = (row: Selectable<SessionsTable>): Session => ({
  id: row.id,
  userId: row.user_id,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  expiresAt: row.expires_at,
  authenticatedAt: row.authenticated_at,
  amr: row.amr,
  userAgent: row.user_agent,
  address: row.address,
  refreshHash: row.refresh_hash,
  parentHash: row.parent_hash,
  rotatedAt: row.rotated_at,
  endedAt: row.ended_at,
  endReason: row.end_reason,
})
