/** What became of mails, for the administration. What is in them is left out: it may be a link that opens an account. */
import type { Kysely, Selectable } from 'kysely'
import type { MailRecord, MailRecordStore } from './mail-record-store.ts'
import type { Database, OutboxTable } from './schema.ts'

/** The part of the outbox that looks back. */
export function createMailRecords(
  db: Kysely<Database>,
  deps: { readonly onMailQueued: () => void },
): MailRecordStore {
  return {
    page: async ({ state, to, kind, afterId, limit }) => {
      const rows = await db
        .selectFrom('outbox')
        .select(RECORD)
        .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'queued'))
        .$if(to !== undefined, (query) => query.where('recipient', '=', to ?? ''))
        .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? 'activation'))
        .$if(afterId !== undefined, (query) => query.where('id', '<', afterId ?? 0))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map(readRecord)
    },
    recordById: async (id) => {
      const row = await db.selectFrom('outbox').select(RECORD).where('id', '=', id).executeTakeFirst()
      return row ? readRecord(row) : null
    },
    retry: async (id, now) => {
      const { numUpdatedRows } = await db
        .updateTable('outbox')
        .set({ state: 'queued', attempts: 0, next_attempt_at: now, last_error: null })
        .where('id', '=', id)
        .where('state', '=', 'dead')
        .where('body', 'is not', null)
        .executeTakeFirst()
      if (numUpdatedRows > 0n) deps.onMailQueued()
      return numUpdatedRows > 0n
    },
  }
}

const RECORD = [
  'id',
  'user_id',
  'kind',
  'recipient',
  'message_id',
  'created_at',
  'state',
  'attempts',
  'next_attempt_at',
  'sent_at',
  'last_error',
] as const

/** The record in a row. */
export const readRecord = (row: Pick<Selectable<OutboxTable>, (typeof RECORD)[number]>): MailRecord => ({
  id: row.id,
  userId: row.user_id,
  kind: row.kind,
  to: row.recipient,
  messageId: row.message_id,
  createdAt: row.created_at,
  state: row.state,
  attempts: row.attempts,
  nextAttemptAt: row.next_attempt_at,
  sentAt: row.sent_at,
  lastError: row.last_error,
})
