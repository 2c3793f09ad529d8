/** Signs one device out: a session of the person's own, or staff one of somebody else's. */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { refuseOwnAccount } from './keep-administrator.ts'
import type { Proof } from './prove-identity.ts'
import { proveIdentity } from './prove-identity.ts'
import { record } from './record.ts'

/**
 * Ends a session of the account. A person proves who they are, unless it is the session in use: whoever stole one must
 * not throw the owner out of the others (OWASP ASVS 5.0, V7.5.2). Throws `not_found` for a session that is not this
 * account's, or is over, what `proveIdentity` throws, and `own_account` where no proof is asked for.
 */
export async function endSession(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords' | 'revocations'>,
  input: {
    readonly caller: Caller
    readonly user: Pick<User, 'id'>
    readonly sessionId: string
    /** Null asks for none: staff end sessions of others, and only those. */
    readonly proof: Proof | null
    readonly origin: Origin
  },
): Promise<void> {
  const { caller, proof } = input
  // PostgreSQL has no text with a null character in it, and says so instead of finding none
  if (input.sessionId.includes('\0')) throw fail('not_found')
  const session = await deps.store.sessions.byId(input.sessionId)
  if (!session || session.userId !== input.user.id || session.endedAt !== null) throw fail('not_found')
  if (!proof) refuseOwnAccount(caller, input.user)
  else if (session.id !== caller.sessionId) {
    await proveIdentity(deps, { ...proof, caller, origin: input.origin })
  }
  const { userId } = session
  const actor = caller.user.id
  const reason = actor === userId ? 'signed_out' : 'revoked_by_staff'
  const ended = await deps.store.transaction(async (store) => {
    const details = { session: session.id }
    const { origin } = input
    await record(deps, store, { action: 'session_ended', user: userId, actor, origin, details })
    return endSessions(deps, store, { ids: [session.id], reason })
  })
  deps.revocations.apply(ended)
}
