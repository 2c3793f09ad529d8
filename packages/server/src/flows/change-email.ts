/** Beside the story: a signed-in person changes the address (Djoser's `set_username`). */
import type { Origin } from '../domain/audit.ts'
import { allOrIssues, fail, failField } from '../domain/errors.ts'
import type { Secret } from '../domain/secret.ts'
import { checkNewEmail } from './check-new-email.ts'
import type { Caller, Deps } from './deps.ts'
import { proveIdentity } from './prove-identity.ts'
import { startEmailChange } from './start-email-change.ts'
import { storeNewEmail } from './store-new-email.ts'

/** Changes the caller's address. Throws `invalid_password`, `email_taken`, `email_mismatch`. */
export async function changeEmail(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords' | 'compose' | 'revocations'>,
  input: {
    readonly caller: Caller
    readonly newEmail: string
    readonly reNewEmail: string | undefined
    readonly currentPassword: Secret | undefined
    readonly origin: Origin
  },
): Promise<void> {
  const { user, sessionId } = input.caller
  if (deps.settings.emailChange.confirmNewAddress) {
    await proveIdentity(deps, input)
    if (input.reNewEmail !== undefined && input.reNewEmail !== input.newEmail) throw fail('email_mismatch')
    const { newEmail, origin } = input
    await deps.store.transaction((store) =>
      startEmailChange(deps, store, { user, newEmail, sessionId, origin }),
    )
    return
  }
  const [email] = await allOrIssues(checkNewEmail(deps, input.newEmail), proveIdentity(deps, input))
  if (input.reNewEmail !== undefined && input.reNewEmail !== input.newEmail) throw fail('email_mismatch')

  await storeNewEmail(deps, {
    user,
    email,
    changes: {},
    keepSession: sessionId,
    action: 'email_changed',
    origin: input.origin,
    lost: failField('current_password', 'invalid_password'),
  })
}
