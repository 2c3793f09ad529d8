/** Mails on their way, in the database. */
import type { Kysely, Selectable } from 'kysely'
import type { DialectName } from './dialect.ts'
import { createMailRecords, readRecord } from './mail-records.ts'
import { readBacklog } from './outbox-backlog.ts'
import type { Database, OutboxTable } from './schema.ts'
import type { NewMail, OutboxMail, OutboxStore } from './store.ts'

/** Seals what must not be readable in the database file. */
export interface TextSealer {
  seal(text: string): string
  /** Throws if the text was not sealed by one of our secrets, or was changed. */
  unseal(sealed: string): string
}

/** What the outbox needs beside the database. */
export interface OutboxDeps {
  readonly dialect: DialectName
  readonly sealer: TextSealer
  /** Told after each mail that was added. */
  readonly onMailQueued: () => void
}

/** Ids count up from 1. */
const NOBODY = 0

/** The outbox, in a database or one of its transactions. */
export function createOutboxStore(db: Kysely<Database>, deps: OutboxDeps): OutboxStore {
  const { sealer } = deps
  const failed: OutboxStore['failed'] = async (id, error, retryAt) => {
    await db
      .updateTable('outbox')
      .set({ last_error: error, ...(retryAt === null ? { state: 'dead' } : { next_attempt_at: retryAt }) })
      .where('id', '=', id)
      .where('state', '=', 'queued')
      .execute()
  }
  return {
    add: async (mail) => {
      await insertMail(db, deps, mail)
    },
    addAlike: async (mail, isMeant) => {
      const id = await insertMail(db, deps, mail)
      await db
        .deleteFrom('outbox')
        .where('id', '=', isMeant ? NOBODY : id)
        .execute()
    },
    claim: async (input) => {
      for (;;) {
        const rows = await claimDue(db, deps.dialect, input)
        const mails: OutboxMail[] = []
        for (const row of rows) {
          const body = openBody(sealer, row.body)
          if (body) mails.push(readMail(row, body))
          // one mail that nobody can read any more must not hold up the others, nor look like the last one
          else await failed(row.id, 'The body cannot be unsealed: its secret is gone.', null)
        }
        if (mails.length > 0 || rows.length === 0) return mails
      }
    },
    sent: async (id, at, keepBody) => {
      await db
        .updateTable('outbox')
        .set({ state: 'sent', sent_at: at, last_error: null, ...(!keepBody && { body: null }) })
        .where('id', '=', id)
        .where('state', '<>', 'sent')
        .execute()
    },
    failed,
    backlog: (now) => readBacklog(db, now),
    list: async ({ to, limit }) => {
      const rows = await db
        .selectFrom('outbox')
        .select(COLUMNS)
        .$if(to !== undefined, (query) => query.where('recipient', '=', to ?? ''))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map((row) => readMail(row, openBody(sealer, row.body) ?? NO_BODY))
    },
    ...createMailRecords(db, deps),
  }
}

async function insertMail(db: Kysely<Database>, deps: OutboxDeps, mail: NewMail): Promise<number> {
  const row = await db
    .insertInto('outbox')
    .values({
      user_id: mail.userId,
      kind: mail.kind,
      recipient: mail.to,
      subject: mail.subject,
      body: deps.sealer.seal(JSON.stringify([mail.text, mail.html])),
      message_id: mail.messageId,
      state: 'queued',
      next_attempt_at: mail.createdAt,
      created_at: mail.createdAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  deps.onMailQueued()
  return row.id
}

const COLUMNS = [
  'id',
  'user_id',
  'kind',
  'recipient',
  'subject',
  'body',
  'message_id',
  'state',
  'attempts',
  'next_attempt_at',
  'sent_at',
  'last_error',
  'created_at',
] as const satisfies readonly (keyof OutboxTable)[]

/**
 * Takes due mails in one statement. The lease is the time of the next attempt: whoever took a mail and went away
 * without a word has lost it then. SKIP LOCKED lets two workers on PostgreSQL take different mails at once.
 */
async function claimDue(
  db: Kysely<Database>,
  dialect: DialectName,
  { now, lease, limit }: Parameters<OutboxStore['claim']>[0],
): Promise<readonly Selectable<OutboxTable>[]> {
  const rows = await db
    .with('due', (cte) =>
      cte
        .selectFrom('outbox')
        .select('id')
        .where('state', '=', 'queued')
        .where('next_attempt_at', '<=', now)
        .orderBy('next_attempt_at')
        .orderBy('id')
        .limit(limit)
        .$if(dialect === 'postgres', (query) => query.forUpdate().skipLocked()),
    )
    .updateTable('outbox')
    .set((eb) => ({ attempts: eb('attempts', '+', 1), next_attempt_at: now + lease }))
    .where('id', 'in', (eb) => eb.selectFrom('due').select('id'))
    .returning(COLUMNS)
    .execute()
  // RETURNING promises no order
  return rows.sort((a, b) => a.created_at - b.created_at || a.id - b.id)
}

interface Body {
  readonly text: string
  readonly html: string
}

const NO_BODY: Body = { text: '', html: '' }

/** The body of a mail, empty once wiped; null if it cannot be unsealed. */
function openBody(sealer: TextSealer, sealed: string | null): Body | null {
  if (sealed === null) return NO_BODY
  try {
    const [text, html] = JSON.parse(sealer.unseal(sealed)) as [string, string]
    return { text, html }
  } catch {
    return null
  }
}

const readMail = (row: Selectable<OutboxTable>, { text, html }: Body): OutboxMail => ({
  ...readRecord(row),
  subject: row.subject,
  text,
  html,
})
