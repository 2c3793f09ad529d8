/** Proves again who one is, without signing out: for what asks for a recent sign-in. */
import { fail } from '../domain/errors.ts'
import type { Secret } from '../domain/secret.ts'
import { checkCurrentPassword } from './check-current-password.ts'
import type { Caller, Deps } from './deps.ts'

/** Gives an access token whose `auth_time` is now. Throws `invalid_password`, `session_ended`. */
export async function reauthenticate(
  deps: Pick<Deps, 'store' | 'clock' | 'passwords' | 'tokens'>,
  input: { readonly caller: Caller; readonly currentPassword: Secret },
): Promise<{ readonly access: string }> {
  const { user, sessionId } = input.caller
  await checkCurrentPassword(deps, { user, password: input.currentPassword })
  if (sessionId === null) throw fail('session_ended')
  const now = deps.clock.now()
  await deps.store.sessions.reauthenticated(sessionId, now)
  const session = await deps.store.sessions.byId(sessionId)
  if (!session || session.endedAt !== null) throw fail('session_ended')
  return { access: deps.tokens.issueAccess(user, session) }
}
