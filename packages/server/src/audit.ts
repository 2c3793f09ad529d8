/** The audit log from outside of a running server: for `doorward audit`. */
import type { Doorward } from './create-doorward.ts'
import type { AuditEntry, Origin } from './domain/audit.ts'
import { exportAudit } from './flows/export-audit.ts'
import { auditAsCsv, auditAsJson, auditEntry } from './http/audit-format.ts'
import type { AuditQuery } from './store/store.ts'

/** A page of entries, each with the form in which the API shows it. */
export async function auditPage(
  { deps }: Pick<Doorward, 'deps'>,
  query: AuditQuery,
): Promise<readonly { readonly entry: AuditEntry; readonly shown: ReturnType<typeof auditEntry> }[]> {
  const entries = await deps.store.audit.list(query)
  return entries.map((entry) => ({ entry, shown: auditEntry(entry) }))
}

/** All entries that fit as a file, piece by piece; that it was taken is recorded. */
export function auditFile(
  { deps }: Pick<Doorward, 'deps'>,
  request: {
    readonly format: 'csv' | 'json'
    readonly query: Omit<AuditQuery, 'limit'>
    readonly origin: Origin
  },
): AsyncGenerator<string> {
  const pages = exportAudit(deps, { query: request.query, actor: null, origin: request.origin })
  return request.format === 'csv' ? auditAsCsv(pages) : auditAsJson(pages)
}
