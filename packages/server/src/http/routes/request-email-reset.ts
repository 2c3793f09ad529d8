/** A link that changes the address, on the wire: `POST users/reset_email/`. */
import { requestEmailReset } from '../../flows/request-email-reset.ts'
import type { Operation } from '../endpoint.ts'
import { done } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

/** The operation. */
export const requestEmailResetOperation = (context: RouteContext): Operation => ({
  id: 'requestEmailReset',
  summary: 'Ask for a link that changes the address',
  tag: 'Account',
  permission: context.permissions.requestEmailReset,
  throttle: 'mail',
  input: context.schemas.address,
  success: { status: 204, description: 'If the address has an active account, a mail is on its way.' },
  errors: [],
  handle: async (request) => {
    const { origin } = request
    await requestEmailReset(context, { ...(await request.read(context.schemas.address)), origin })
    return done
  },
})
