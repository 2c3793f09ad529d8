/** A new password on the wire: `POST users/set_password/`. */
import type { Secret } from '../../domain/secret.ts'
import { changePassword } from '../../flows/change-password.ts'
import { checkCurrentPassword } from '../../flows/check-current-password.ts'
import type { Operation } from '../endpoint.ts'
import { callerOf, done } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

/** The operation. */
export const changePasswordOperation = (context: RouteContext): Operation => ({
  id: 'changePassword',
  summary: 'Change the password',
  tag: 'Account',
  permission: context.permissions.changePassword,
  throttle: 'currentPassword',
  input: context.schemas.changePassword,
  success: { status: 204, description: 'The password is changed; other sessions have ended.' },
  errors: ['invalid_password', 'password_mismatch', 'overloaded'],
  handle: async (request) => {
    const caller = callerOf(request)
    const { origin } = request
    const input = await request.read(context.schemas.changePassword, {
      current_password: (password) =>
        checkCurrentPassword(context, { user: caller.user, password: password as Secret, origin }),
    })
    await changePassword(context, {
      caller,
      currentPassword: input.current_password,
      newPassword: input.new_password,
      reNewPassword: input.re_new_password,
      origin,
    })
    return done
  },
})
