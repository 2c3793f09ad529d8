/** Proves again who one is, without signing out: for what asks for a recent sign-in. */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { Secret } from '../domain/secret.ts'
import { checkCurrentPassword } from './check-current-password.ts'
import type { Caller, Deps } from './deps.ts'
import { record } from './record.ts'

/** Gives an access token whose `auth_time` is now. Throws `invalid_password`, `session_ended`. */
export async function reauthenticate(
  deps: Pick<Deps, 'store' | 'clock' | 'passwords' | 'tokens'>,
  input: { readonly caller: Caller; readonly currentPassword: Secret; readonly origin: Origin },
): Promise<{ readonly access: string }> {
  const { user, sessionId } = input.caller
  const { origin } = input
  await checkCurrentPassword(deps, { user, password: input.currentPassword, origin })
  if (sessionId === null) throw fail('session_ended')
  const now = deps.clock.now()
  const session = await deps.store.transaction(async (store) => {
    await store.sessions.reauthenticated(sessionId, now)
    await record(deps, store, { action: 'reauthenticated', user: user.id, actor: user.id, origin })
    return store.sessions.byId(sessionId)
  })
  if (!session || session.endedAt !== null) throw fail('session_ended')
  return { access: await deps.tokens.issueAccess(user, session) }
}
