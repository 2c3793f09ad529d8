/** Where is somebody signed in? Asked by the person, and by staff. */
import type { User } from '../domain/user.ts'
import type { Session } from '../store/store.ts'
import type { Deps } from './deps.ts'

/** The sessions of an account that have not ended, the one used last first. */
export async function listSessions(
  deps: Pick<Deps, 'store' | 'clock'>,
  input: { readonly user: Pick<User, 'id'> },
): Promise<readonly Session[]> {
  return deps.store.sessions.listOf(input.user.id, deps.clock.now())
}
