/** Staff: what they do to an account beside reading and changing it. */
import { deactivateUser } from '../../../flows/deactivate-user.ts'
import { inviteAgain } from '../../../flows/invite-again.ts'
import { reactivateUser } from '../../../flows/reactivate-user.ts'
import { sendActivation } from '../../../flows/send-activation.ts'
import { sendPasswordReset } from '../../../flows/send-password-reset.ts'
import { withdrawInvitation } from '../../../flows/withdraw-invitation.ts'
import type { Operation } from '../../endpoint.ts'
import { done, ok } from '../../endpoint.ts'
import type { AdminContext } from './context.ts'
import { accountView, staffOperation, work } from './context.ts'

/** `POST admin/users/<id>/deactivate/`. */
export const deactivateAccountOperation = (context: AdminContext): Operation =>
  staffOperation({
    id: 'deactivateAccount',
    summary: 'Switch an account off, and say why',
    description: 'Its sessions end at once, and it cannot sign in until staff switch it on again.',
    input: context.forms.deactivate,
    success: { status: 200, description: 'The account.', schema: context.views.account },
    errors: ['not_found', 'own_account', 'last_administrator'],
    handle: async (request) => {
      const about = await work(context, request)
      const { reason = null } = await request.read(context.forms.deactivate)
      return ok(accountView(await deactivateUser(context, { ...about, reason })))
    },
  })

/** `POST admin/users/<id>/reactivate/`. */
export const reactivateAccountOperation = (context: AdminContext): Operation =>
  staffOperation({
    id: 'reactivateAccount',
    summary: 'Switch an account on',
    description: 'Also activates one whose mail never came. An open invitation stays an invitation.',
    success: { status: 200, description: 'The account.', schema: context.views.account },
    errors: ['not_found'],
    handle: async (request) => ok(accountView(await reactivateUser(context, await work(context, request)))),
  })

/** `POST admin/users/<id>/resend_activation/`. */
export const sendActivationOperation = (context: AdminContext): Operation =>
  staffOperation({
    id: 'sendActivation',
    summary: 'Mail the activation link again',
    throttle: 'mailToTarget',
    success: { status: 204, description: 'The mail is on its way.' },
    errors: ['not_found', 'no_activation_pending'],
    handle: async (request) => {
      await sendActivation(context, await work(context, request))
      return done
    },
  })

/** `POST admin/users/<id>/send_password_reset/`. */
export const sendPasswordResetOperation = (context: AdminContext): Operation =>
  staffOperation({
    id: 'sendPasswordReset',
    summary: 'Mail somebody a link that sets a new password',
    throttle: 'mailToTarget',
    success: { status: 204, description: 'The mail is on its way.' },
    errors: ['not_found', 'no_password_to_reset'],
    handle: async (request) => {
      await sendPasswordReset(context, await work(context, request))
      return done
    },
  })

/** `POST` and `DELETE admin/users/<id>/invitation/`: mail it again, or take it back. */
export const invitationOperations = (context: AdminContext) => ({
  POST: staffOperation({
    id: 'inviteAgain',
    summary: 'Mail an invitation again',
    description: 'The link is new and good for the full time; earlier ones end.',
    throttle: 'mailToTarget',
    success: { status: 200, description: 'The account.', schema: context.views.account },
    errors: ['not_found', 'no_open_invitation'],
    handle: async (request) => ok(accountView(await inviteAgain(context, await work(context, request)))),
  }),
  DELETE: staffOperation({
    id: 'withdrawInvitation',
    summary: 'Take an invitation back',
    description: 'The account that nobody has used is deleted.',
    success: { status: 204, description: 'The account is gone.' },
    errors: ['not_found', 'no_open_invitation'],
    handle: async (request) => {
      await withdrawInvitation(context, await work(context, request))
      return done
    },
  }),
})
