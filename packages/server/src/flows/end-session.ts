/** Signs one device out: one of the person's own sessions, by its id. */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { Caller, Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { record } from './record.ts'

/** Ends a session of the caller. Throws `not_found` for one that is not the caller's, or is over. */
export async function endSession(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'revocations'>,
  input: { readonly caller: Caller; readonly sessionId: string; readonly origin: Origin },
): Promise<void> {
  const session = await deps.store.sessions.byId(input.sessionId)
  if (!session || session.userId !== input.caller.user.id || session.endedAt !== null) throw fail('not_found')
  const { userId } = session
  const ended = await deps.store.transaction(async (store) => {
    const details = { session: session.id }
    const { origin } = input
    await record(deps, store, { action: 'session_ended', user: userId, actor: userId, origin, details })
    return endSessions(deps, store, { ids: [session.id], reason: 'signed_out' })
  })
  deps.revocations.apply(ended)
}
