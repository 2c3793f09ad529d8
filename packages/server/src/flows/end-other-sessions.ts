/** Signs every device out: all sessions of an account, or all but the one in use. */
import type { User } from '../domain/user.ts'
import type { Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'

/** Whose sessions, and which one stays. */
export interface OtherSessions {
  readonly user: Pick<User, 'id'>
  /** The session that stays, or null for none. */
  readonly keep: string | null
  readonly reason: string
}

/** Ends the sessions and, where none is to stay, the database token too. Returns how many sessions ended. */
export async function endOtherSessions(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'revocations'>,
  { user, keep, reason }: OtherSessions,
): Promise<number> {
  const ended = await deps.store.transaction(async (store) => {
    if (keep === null) await store.databaseTokens.deleteOf(user.id)
    return endSessions(deps, store, { userId: user.id, except: keep, reason })
  })
  deps.revocations.apply(ended)
  return ended.length
}
