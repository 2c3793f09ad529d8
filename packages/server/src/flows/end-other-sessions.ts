/** Signs every device out: all sessions of an account, or all but the one in use. */
import type { Origin } from '../domain/audit.ts'
import type { User } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { refuseOwnAccount } from './keep-administrator.ts'
import type { Proof } from './prove-identity.ts'
import { proveIdentity } from './prove-identity.ts'
import { record } from './record.ts'

/** Whose sessions, and which one stays. */
export interface OtherSessions {
  readonly user: Pick<User, 'id'>
  /** The session that stays, or null for none. */
  readonly keep: string | null
  readonly reason: string
  /** That it is the owner (OWASP ASVS 5.0, V7.5.2); null asks for none: staff end sessions of others, and only those. */
  readonly proof: Proof | null
  /** Who wants it; null for the command line. */
  readonly caller: Caller | null
  readonly origin: Origin
}

/**
 * Ends the sessions and, where none is to stay, the database token too. Returns how many sessions ended. Throws what
 * `proveIdentity` throws, and `own_account` where no proof is asked for.
 */
export async function endOtherSessions(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords' | 'revocations'>,
  { user, keep, reason, proof, caller, origin }: OtherSessions,
): Promise<number> {
  if (proof) await proveIdentity(deps, { ...proof, caller, origin })
  else refuseOwnAccount(caller, user)
  const ended = await deps.store.transaction(async (store) => {
    if (keep === null) await store.databaseTokens.deleteOf(user.id)
    const ended = await endSessions(deps, store, { userId: user.id, except: keep, reason })
    const details = { count: ended.length }
    const actor = caller?.user.id ?? null
    await record(deps, store, { action: 'sessions_ended', user: user.id, actor, origin, details })
    return ended
  })
  deps.revocations.apply(ended)
  return ended.length
}
