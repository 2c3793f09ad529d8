/** Beside the story: a person takes home what is stored about the own account (GDPR, Art. 15 and 20). */
import type { AuditEntry, Origin } from '../domain/audit.ts'
import type { User } from '../domain/user.ts'
import type { Session } from '../store/store.ts'
import type { Caller, Deps } from './deps.ts'
import { record } from './record.ts'

/** How many of the newest entries of the activity go along. */
const MOST_ACTIVITY = 10_000

/** What is stored about a person, but for what only Doorward can use: hashes of secrets. */
export interface PersonalData {
  readonly account: User
  readonly sessions: readonly Session[]
  readonly activity: readonly AuditEntry[]
}

/** Gathers it. */
export async function exportData(
  deps: Pick<Deps, 'store' | 'clock'>,
  input: { readonly caller: Caller; readonly origin: Origin },
): Promise<PersonalData> {
  const { user: account } = input.caller
  const own = { user: account.id, actor: account.id, origin: input.origin }
  await record(deps, deps.store, { ...own, action: 'data_exported' })
  const sessions = await deps.store.sessions.listOf(account.id, deps.clock.now())
  const activity = await deps.store.audit.list({ userId: account.id, limit: MOST_ACTIVITY })
  return { account, sessions, activity }
}
