/** A new address by a mailed link, on the wire: `POST users/reset_email_confirm/`. */
import { resetEmail } from '../../flows/reset-email.ts'
import type { Operation } from '../endpoint.ts'
import { done } from '../endpoint.ts'
import { addressChanged } from './change-email.ts'
import type { RouteContext } from './context.ts'

/** The operation. */
export const resetEmailOperation = (context: RouteContext): Operation => ({
  id: 'resetEmail',
  summary: 'Change the address by a mailed link',
  tag: 'Account',
  permission: context.permissions.resetEmail,
  throttle: 'linkAndMail',
  input: context.schemas.resetEmail,
  success: { status: 204, description: addressChanged(context.settings) },
  errors: ['invalid_uid', 'invalid_link_token', 'email_taken', 'email_mismatch'],
  handle: async (request) => {
    const input = await request.read(context.schemas.resetEmail)
    await resetEmail(context, {
      uid: input.uid ?? '',
      token: input.token ?? '',
      newEmail: input.new_email,
      reNewEmail: input.re_new_email,
      origin: request.origin,
    })
    return done
  },
})
