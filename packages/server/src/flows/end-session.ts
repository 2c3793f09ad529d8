/** Signs one device out: a session of the person's own, or staff one of somebody else's. */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { record } from './record.ts'

/** Ends a session of the account. Throws `not_found` for one that is not this account's, or is over. */
export async function endSession(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'revocations'>,
  input: {
    readonly caller: Caller
    readonly user: Pick<User, 'id'>
    readonly sessionId: string
    readonly origin: Origin
  },
): Promise<void> {
  // PostgreSQL has no text with a null character in it, and says so instead of finding none
  if (input.sessionId.includes('\0')) throw fail('not_found')
  const session = await deps.store.sessions.byId(input.sessionId)
  if (!session || session.userId !== input.user.id || session.endedAt !== null) throw fail('not_found')
  const { userId } = session
  const actor = input.caller.user.id
  const reason = actor === userId ? 'signed_out' : 'revoked_by_staff'
  const ended = await deps.store.transaction(async (store) => {
    const details = { session: session.id }
    const { origin } = input
    await record(deps, store, { action: 'session_ended', user: userId, actor, origin, details })
    return endSessions(deps, store, { ids: [session.id], reason })
  })
  deps.revocations.apply(ended)
}
