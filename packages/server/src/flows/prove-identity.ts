/**
 * Is it really you, now? Asked before what could take an account away from its owner, or its owner out of it: the
 * current password, or a sign-in that is recent enough (OWASP ASVS 5.0, V7.5.1 and V7.5.2).
 */
import type { Origin } from '../domain/audit.ts'
import { failField } from '../domain/errors.ts'
import type { Secret } from '../domain/secret.ts'
import { checkCurrentPassword } from './check-current-password.ts'
import type { Caller, Deps } from './deps.ts'

/** What a person can show for it. */
export interface Proof {
  readonly currentPassword: Secret | undefined
}

/**
 * Asks nothing of the command line (`caller` is null): whoever can run it has the whole database. Throws
 * `invalid_password`, or `required` when no password was given and the sign-in is too long ago.
 */
export async function proveIdentity(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords'>,
  input: Proof & { readonly caller: Caller | null; readonly origin: Origin },
): Promise<void> {
  const { caller, currentPassword, origin } = input
  if (caller === null) return
  if (currentPassword)
    return checkCurrentPassword(deps, { user: caller.user, password: currentPassword, origin })
  const { recentSignIn } = deps.settings.sessions
  // a sign-in in the future was before the clock was set back, nobody knows how long
  const age = Math.abs(deps.clock.now() - (caller.authenticatedAt ?? Number.NEGATIVE_INFINITY))
  if (recentSignIn === 0 || age > recentSignIn * 1000) throw failField('current_password', 'required')
}
