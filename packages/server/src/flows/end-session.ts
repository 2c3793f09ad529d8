/** Signs one device out: one of the person's own sessions, by its id. */
import { fail } from '../domain/errors.ts'
import type { Caller, Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'

/** Ends a session of the caller. Throws `not_found` for one that is not the caller's, or is over. */
export async function endSession(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'revocations'>,
  input: { readonly caller: Caller; readonly sessionId: string },
): Promise<void> {
  const session = await deps.store.sessions.byId(input.sessionId)
  if (!session || session.userId !== input.caller.user.id || session.endedAt !== null) throw fail('not_found')
  const ended = await deps.store.transaction((store) =>
    endSessions(deps, store, { ids: [session.id], reason: 'signed_out' }),
  )
  deps.revocations.apply(ended)
}
