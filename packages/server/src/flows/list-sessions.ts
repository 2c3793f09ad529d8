/** Where am I signed in? The person's own sessions, the one in use last first. */
import type { Session } from '../store/store.ts'
import type { Caller, Deps } from './deps.ts'

/** The sessions of the caller that have not ended. */
export async function listSessions(
  deps: Pick<Deps, 'store' | 'clock'>,
  input: { readonly caller: Caller },
): Promise<readonly Session[]> {
  return deps.store.sessions.listOf(input.caller.user.id, deps.clock.now())
}
