/** How entries of the audit log are written down: as the API shows them, as CSV, and as one long JSON list. */
import type { AuditEntry } from '../domain/audit.ts'
import { AUDIT_ACTIONS } from '../domain/audit.ts'
import { describeDevice } from '../domain/device.ts'

/** An entry as staff see it. */
export const auditEntry = (entry: AuditEntry, language?: string) => ({
  id: entry.id,
  at: new Date(entry.at).toISOString(),
  action: entry.action,
  result: AUDIT_ACTIONS[entry.action].result,
  actor: entry.actorId,
  user: entry.userId,
  address: entry.address,
  device: describeDevice(entry.userAgent, language),
  user_agent: entry.userAgent,
  request_id: entry.requestId,
  details: entry.details,
})

/**
 * An entry as the person sees whose account it is about. From where staff worked is not that person's business; from
 * where a stranger tried the password is.
 */
export function activityEntry(entry: AuditEntry, own: number, language?: string) {
  const { id, at, action, result, address, device, user_agent } = auditEntry(entry, language)
  const by = entry.actorId === null ? null : entry.actorId === own ? 'you' : 'staff'
  const from =
    by === 'staff' ? { address: null, device: null, user_agent: null } : { address, device, user_agent }
  return { id, at, action, result, by, ...from }
}

/** The columns of the CSV form. */
const COLUMNS = [
  'id',
  'at',
  'action',
  'result',
  'actor',
  'user',
  'address',
  'user_agent',
  'request_id',
  'details',
] as const

/**
 * A cell (RFC 4180 §2). What a stranger wrote into a User-Agent header must not become a formula in the spreadsheet
 * of whoever opens the file (OWASP, CSV Injection).
 */
function cell(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

const csvLine = (cells: readonly unknown[]): string => `${cells.map(cell).join(',')}\r\n`

/** Pages of entries as CSV with a heading. */
export async function* auditAsCsv(pages: AsyncIterable<readonly AuditEntry[]>): AsyncGenerator<string> {
  yield csvLine(COLUMNS)
  for await (const page of pages) {
    yield page
      .map((entry) => auditEntry(entry))
      .map((entry) => csvLine(COLUMNS.map((name) => entry[name])))
      .join('')
  }
}

/** Pages of entries as a JSON list, one entry on a line. */
export async function* auditAsJson(pages: AsyncIterable<readonly AuditEntry[]>): AsyncGenerator<string> {
  let before = '[\n'
  for await (const page of pages) {
    yield before + page.map((entry) => JSON.stringify(auditEntry(entry))).join(',\n')
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}
