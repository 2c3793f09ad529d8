/** `POST users/accept_invitation/`. */
import { acceptInvitation } from '../../flows/accept-invitation.ts'
import type { Operation } from '../endpoint.ts'
import { done } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

/** The operation. */
export const acceptInvitationOperation = (context: RouteContext): Operation => ({
  id: 'acceptInvitation',
  summary: 'Accept an invitation: choose the first password',
  tag: 'Account',
  permission: 'anyone',
  throttle: 'link',
  input: context.schemas.resetPassword,
  success: { status: 204, description: 'The account is active.' },
  errors: ['invalid_uid', 'invalid_link_token', 'password_mismatch', 'password_too_common', 'overloaded'],
  handle: async (request) => {
    const input = await request.read(context.schemas.resetPassword)
    await acceptInvitation(context, {
      uid: input.uid,
      token: input.token,
      newPassword: input.new_password,
      reNewPassword: input.re_new_password,
      origin: request.origin,
    })
    return done
  },
})
