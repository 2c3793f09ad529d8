/** The audit log on the wire: `GET activity/` for the person, `GET admin/audit/` for staff. */
import { z } from 'zod'
import { AUDIT_ACTION_CODES, type AuditAction } from '../../domain/audit.ts'
import { exportAudit } from '../../flows/export-audit.ts'
import { listActivity } from '../../flows/list-activity.ts'
import { activityEntry, auditAsCsv, auditAsJson, auditEntry } from '../audit-format.ts'
import type { ApiAnswer, ApiRequest, Operation } from '../endpoint.ts'
import { callerOf, ok } from '../endpoint.ts'
import * as fields from '../fields.ts'
import { answerLanguage } from '../messages/say.ts'
import type { RouteContext } from './context.ts'

/** Most entries of one page, and how many there are when nobody asks for a number. */
const LARGEST_PAGE = 1000
const USUAL_PAGE = 100

const PAGE = {
  after: fields.orAbsent(fields.integer({ min: 1, description: 'The last entry of the page before.' })),
  limit: fields.orAbsent(
    fields.integer({ min: 1, max: LARGEST_PAGE, description: `How many entries; ${USUAL_PAGE} if absent.` }),
  ),
}

const CSV = 'text/csv; charset=utf-8'

const ACTIVITY_QUERY = z.object(PAGE)

const AUDIT_QUERY = z.object({
  ...PAGE,
  user: fields.orAbsent(fields.integer({ description: 'Id of the account that it is about.' })),
  actor: fields.orAbsent(fields.integer({ description: 'Id of who did it.' })),
  action: fields.optionalText({ choices: AUDIT_ACTION_CODES, description: 'What happened.' }),
  address: fields.optionalText({ description: 'The IP address it came from.' }),
  since: fields.orAbsent(fields.moment({ description: 'From this moment on.' })),
  until: fields.orAbsent(fields.moment({ description: 'Before this moment.' })),
  format: fields.optionalText({
    choices: ['csv', 'json'],
    description: 'All entries that fit as a file, instead of a page.',
  }),
})

const nullableText = z.string().nullable()
const ACTIVITY = z
  .object({
    id: z.int(),
    at: z.iso.datetime(),
    action: z.enum(AUDIT_ACTION_CODES as [AuditAction, ...AuditAction[]]),
    result: z.enum(['success', 'failure']),
    by: z.enum(['you', 'staff']).nullable(),
    address: nullableText,
    device: nullableText,
    user_agent: nullableText,
  })
  .meta({ id: 'Activity' })
const ENTRY = z
  .object({
    ...ACTIVITY.omit({ by: true }).shape,
    actor: z.int().nullable(),
    user: z.int().nullable(),
    request_id: z.string(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'AuditEntry' })

/** `GET activity/`. */
export const listActivityOperation = (context: RouteContext): Operation => ({
  id: 'listActivity',
  summary: 'What happened to the own account lately',
  description: 'The newest first; the Link header leads to the next page.',
  tag: 'Account',
  permission: 'signedIn',
  query: ACTIVITY_QUERY,
  success: { status: 200, description: 'What happened.', schema: z.array(ACTIVITY) },
  errors: ['invalid_integer'],
  handle: async (request) => {
    const caller = callerOf(request)
    const { after: afterId, limit = USUAL_PAGE } = await request.query(ACTIVITY_QUERY)
    const entries = await listActivity(context, { caller, afterId, limit })
    const language = answerLanguage(context.settings, request.headers)
    const body = entries.map((entry) => activityEntry(entry, caller.user.id, language))
    return page(context, request, { body, limit })
  },
})

/** `GET admin/audit/`. */
export const listAuditOperation = (context: RouteContext): Operation => ({
  id: 'listAudit',
  summary: 'Read the audit log',
  description:
    'The newest first; the Link header leads to the next page. `format` gives all of it as a file.',
  tag: 'Staff',
  permission: 'staff',
  query: AUDIT_QUERY,
  success: { status: 200, description: 'What happened.', schema: z.array(ENTRY), files: [CSV] },
  errors: ['invalid_integer', 'invalid_choice', 'invalid_datetime'],
  handle: async (request) => {
    const { limit = USUAL_PAGE, format, ...given } = await request.query(AUDIT_QUERY)
    const { user: userId, actor: actorId, address, since, until, after: afterId } = given
    const action = given.action as AuditAction | undefined
    const query = { userId, actorId, action, address, since, until, afterId }
    if (format !== undefined) {
      const actor = callerOf(request).user.id
      const pages = exportAudit(context, { query, actor, origin: request.origin })
      return format === 'csv'
        ? file(auditAsCsv(pages), CSV, 'audit.csv')
        : file(auditAsJson(pages), 'application/json', 'audit.json')
    }
    const language = answerLanguage(context.settings, request.headers)
    const entries = await context.store.audit.list({ ...query, limit })
    const body = entries.map((entry) => auditEntry(entry, language))
    return page(context, request, { body, limit })
  },
})

/** A page, and where the next one is (RFC 8288). */
function page(
  { settings }: RouteContext,
  { url }: ApiRequest,
  { body, limit }: { readonly body: readonly { readonly id: number }[]; readonly limit: number },
): ApiAnswer {
  const last = body.at(-1)
  if (last === undefined || body.length < limit) return ok(body)
  const next = new URLSearchParams(url.search)
  next.set('after', String(last.id))
  const link = `<${settings.server.publicUrl}${url.pathname}?${next}>; rel="next"`
  return { ...ok(body), headers: { link } }
}

const file = (parts: AsyncIterable<string>, type: string, name: string): ApiAnswer => ({
  status: 200,
  parts,
  headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
})
