/** Step 7 of the story on the wire: `POST users/reset_password_confirm/`. */
import { resetPassword } from '../../flows/reset-password.ts'
import type { Operation } from '../endpoint.ts'
import { done } from '../endpoint.ts'
import { deviceCookie } from '../known-device.ts'
import type { RouteContext } from './context.ts'

/** The operation. */
export const resetPasswordOperation = (context: RouteContext): Operation => ({
  id: 'resetPassword',
  summary: 'Reset password',
  description: 'Sets a new password by the two parts of the mailed link.',
  tag: 'Story',
  permission: context.permissions.resetPassword,
  throttle: 'link',
  input: context.schemas.resetPassword,
  success: { status: 204, description: 'The password is set; sessions have ended; a mail tells the owner.' },
  errors: ['password_mismatch', 'invalid_uid', 'invalid_link_token', 'overloaded'],
  handle: async (request) => {
    const input = await request.read(context.schemas.resetPassword)
    const { email } = await resetPassword(context, {
      uid: input.uid,
      token: input.token,
      newPassword: input.new_password,
      reNewPassword: input.re_new_password,
      origin: request.origin,
    })
    // whoever can read the owner's mail and just chose the password is no guesser: no wait is theirs
    return { ...done, cookies: deviceCookie(context, request.headers, email) }
  },
})
