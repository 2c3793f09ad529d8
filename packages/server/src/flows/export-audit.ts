/** Staff take the audit log away, as much of it as a filter lets through. */
import type { AuditEntry, Origin } from '../domain/audit.ts'
import type { AuditQuery } from '../store/store.ts'
import type { Deps } from './deps.ts'
import { record } from './record.ts'

/** How many entries are read at once: what an export of millions holds in memory. */
const PAGE = 1000

/** Gives all entries that fit, the newest first, page by page. That it was done is recorded before the first. */
export async function* exportAudit(
  deps: Pick<Deps, 'store' | 'clock'>,
  input: {
    readonly query: Omit<AuditQuery, 'limit'>
    /** Id of who asks, or null for the command line. */
    readonly actor: number | null
    readonly origin: Origin
  },
): AsyncGenerator<readonly AuditEntry[]> {
  const { query, actor, origin } = input
  await record(deps, deps.store, { action: 'audit_exported', user: null, actor, origin })
  let { afterId } = query
  for (;;) {
    const page = await deps.store.audit.list({ ...query, afterId, limit: PAGE })
    if (page.length > 0) yield page
    if (page.length < PAGE) return
    afterId = page.at(-1)?.id
  }
}
