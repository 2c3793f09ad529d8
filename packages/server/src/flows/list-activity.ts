/** What happened to my account lately? The person's own part of the audit log. */
import type { AuditEntry } from '../domain/audit.ts'
import type { Caller, Deps } from './deps.ts'

/** A page of what happened to the caller's account, whoever did it, the newest first. */
export async function listActivity(
  deps: Pick<Deps, 'store'>,
  input: { readonly caller: Caller; readonly afterId: number | undefined; readonly limit: number },
): Promise<readonly AuditEntry[]> {
  const { caller, afterId, limit } = input
  return deps.store.audit.list({ userId: caller.user.id, afterId, limit })
}
