/** Staff: what became of the mails. What is in them is never shown, for links in mails open accounts. */
import { listMails } from '../../../flows/list-mails.ts'
import { readMail } from '../../../flows/read-mail.ts'
import { retryMail } from '../../../flows/retry-mail.ts'
import type { MailRecord } from '../../../store/mail-record-store.ts'
import { PAGE_SIZE, QUERIES } from '../../admin-schemas.ts'
import type { Operation } from '../../endpoint.ts'
import { callerOf, ok } from '../../endpoint.ts'
import { okPage, readCursor } from '../../paging.ts'
import type { AdminContext } from './context.ts'
import { idOf, staffOperation, time, timeOrNull } from './context.ts'

const mailView = (mail: MailRecord) => ({
  id: mail.id,
  user_id: mail.userId,
  kind: mail.kind,
  to: mail.to,
  state: mail.state,
  attempts: mail.attempts,
  created_at: time(mail.createdAt),
  sent_at: timeOrNull(mail.sentAt),
  next_attempt_at: mail.state === 'queued' ? time(mail.nextAttemptAt) : null,
  last_error: mail.lastError,
  message_id: mail.messageId,
})

/** `GET admin/mails/`. */
export const listMailsOperation = (context: AdminContext): Operation =>
  staffOperation({
    id: 'listMails',
    summary: 'List mails, the newest first',
    query: QUERIES.mails,
    success: { status: 200, description: 'What became of them.', schema: context.views.mails },
    errors: ['invalid_choice', 'invalid_cursor'],
    handle: async (request) => {
      const query = await request.query(QUERIES.mails)
      const { items, more } = await listMails(context, {
        state: query.state as MailRecord['state'] | undefined,
        to: query.to,
        afterId: readCursor(query.after, 'mails', 'number'),
        limit: query.limit ?? PAGE_SIZE,
      })
      const last = more ? items.at(-1) : undefined
      return okPage(context.settings, request, items.map(mailView), last ? ['mails', last.id] : null)
    },
  })

/** `GET admin/mails/<id>/`. */
export const readMailOperation = (context: AdminContext): Operation =>
  staffOperation({
    id: 'readMail',
    summary: 'What became of a mail',
    success: { status: 200, description: 'Its record.', schema: context.views.mail },
    errors: ['not_found'],
    handle: async (request) => ok(mailView(await readMail(context, { id: idOf(request) }))),
  })

/** `POST admin/mails/<id>/retry/`. */
export const retryMailOperation = (context: AdminContext): Operation =>
  staffOperation({
    id: 'retryMail',
    summary: 'Try a mail again that was given up',
    success: { status: 200, description: 'Its record.', schema: context.views.mail },
    errors: ['not_found', 'mail_not_given_up'],
    handle: async (request) => {
      const input = { caller: callerOf(request), id: idOf(request), origin: request.origin }
      return ok(mailView(await retryMail(context, input)))
    },
  })
