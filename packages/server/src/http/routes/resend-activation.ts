/** Beside step 2, on the wire: `POST users/resend_activation/`. */
import { resendActivation } from '../../flows/resend-activation.ts'
import type { Operation } from '../endpoint.ts'
import { done } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

/** The operation. */
export const resendActivationOperation = (context: RouteContext): Operation => ({
  id: 'resendActivation',
  summary: 'Mail the activation link again',
  tag: 'Story',
  permission: context.permissions.resendActivation,
  throttle: 'mail',
  input: context.schemas.address,
  success: { status: 204, description: 'If the address waits for activation, a mail is on its way.' },
  errors: context.settings.registration.tellNothingToResend ? ['no_activation_to_resend'] : [],
  handle: async (request) => {
    const { origin } = request
    await resendActivation(context, { ...(await request.read(context.schemas.address)), origin })
    return done
  },
})
