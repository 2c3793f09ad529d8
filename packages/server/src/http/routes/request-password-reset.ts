/** Step 6 of the story on the wire: `POST users/reset_password/`. */
import { requestPasswordReset } from '../../flows/request-password-reset.ts'
import type { Operation } from '../endpoint.ts'
import { done } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

/** The operation. */
export const requestPasswordResetOperation = (context: RouteContext): Operation => ({
  id: 'requestPasswordReset',
  summary: 'Forgot password',
  description: 'Mails a link to set a new password. The answer never tells whether the address is known.',
  tag: 'Story',
  permission: context.permissions.requestPasswordReset,
  throttle: 'mail',
  input: context.schemas.address,
  success: { status: 204, description: 'If the address has an active account, a mail is on its way.' },
  errors: [],
  handle: async (request) => {
    const { origin } = request
    await requestPasswordReset(context, { ...(await request.read(context.schemas.address)), origin })
    return done
  },
})
