/** Writes the audit log. Called by every flow, in the transaction of what it records: both are stored or neither. */
import type { AuditAction, AuditDetails, Origin } from '../domain/audit.ts'
import type { Store } from '../store/store.ts'
import type { Deps } from './deps.ts'

/** Something to record. */
export interface Happening {
  readonly action: AuditAction
  /** Id of the account it is about, or null. */
  readonly user: number | null
  /** Id of who did it, or null when that is not known. */
  readonly actor: number | null
  readonly origin: Origin
  readonly details?: AuditDetails
}

/** Adds an entry to the audit log. */
export async function record(
  deps: Pick<Deps, 'clock'>,
  store: Pick<Store, 'audit'>,
  { action, user, actor, origin, details = {} }: Happening,
): Promise<void> {
  const { address, userAgent, requestId } = origin
  const at = deps.clock.now()
  await store.audit.add({ at, action, userId: user, actorId: actor, address, userAgent, requestId, details })
}
