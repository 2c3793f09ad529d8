/** A new address on the wire: `POST users/set_email/`. */
import type { Secret } from '../../domain/secret.ts'
import { changeEmail } from '../../flows/change-email.ts'
import { checkNewEmail } from '../../flows/check-new-email.ts'
import { proveIdentity } from '../../flows/prove-identity.ts'
import type { Operation } from '../endpoint.ts'
import { callerOf, done } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

/** The operation. */
export const changeEmailOperation = (context: RouteContext): Operation => ({
  id: 'changeEmail',
  summary: 'Change the address',
  tag: 'Account',
  permission: context.permissions.changeEmail,
  throttle: 'currentPasswordAndMail',
  input: context.schemas.changeEmail,
  success: { status: 204, description: 'The address is changed; both addresses get a mail.' },
  errors: ['invalid_password', 'email_taken', 'email_mismatch', 'overloaded'],
  handle: async (request) => {
    const caller = callerOf(request)
    const { origin } = request
    const input = await request.read(context.schemas.changeEmail, {
      current_password: (password) =>
        proveIdentity(context, { caller, currentPassword: password as Secret | undefined, origin }),
      new_email: async (email) => {
        await checkNewEmail(context, String(email))
      },
    })
    await changeEmail(context, {
      caller,
      newEmail: input.new_email,
      reNewEmail: input.re_new_email,
      currentPassword: input.current_password,
      origin,
    })
    return done
  },
})
