/** A new address on the wire: `POST users/set_email/`. */
import type { Settings } from '../../config/settings.ts'
import type { Secret } from '../../domain/secret.ts'
import { changeEmail } from '../../flows/change-email.ts'
import { checkNewEmail } from '../../flows/check-new-email.ts'
import { confirmEmailChange } from '../../flows/confirm-email-change.ts'
import { proveIdentity } from '../../flows/prove-identity.ts'
import { undoEmailChange } from '../../flows/undo-email-change.ts'
import type { Operation } from '../endpoint.ts'
import { callerOf, done } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

/** What has happened when an address was to be changed. */
export const addressChanged = ({ emailChange }: Settings): string =>
  emailChange.confirmNewAddress
    ? 'A link that confirms the new address is on its way there.'
    : 'The address is changed; both addresses get a mail.'

/** The operation. */
export const changeEmailOperation = (context: RouteContext): Operation => ({
  id: 'changeEmail',
  summary: 'Change the address',
  tag: 'Account',
  permission: context.permissions.changeEmail,
  throttle: 'currentPasswordAndMail',
  input: context.schemas.changeEmail,
  success: { status: 204, description: addressChanged(context.settings) },
  errors: ['invalid_password', 'email_taken', 'email_mismatch', 'overloaded'],
  handle: async (request) => {
    const caller = callerOf(request)
    const { origin } = request
    const input = await request.read(context.schemas.changeEmail, {
      current_password: (password) =>
        proveIdentity(context, { caller, currentPassword: password as Secret | undefined, origin }),
      ...(!context.settings.emailChange.confirmNewAddress && {
        new_email: async (email) => {
          await checkNewEmail(context, String(email))
        },
      }),
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

/** `POST users/set_email_confirm/`. */
export const confirmEmailChangeOperation = (context: RouteContext): Operation => ({
  id: 'confirmEmailChange',
  summary: 'Confirm the new address',
  description: 'By the two parts of the link that was mailed to it. From then on it signs in.',
  tag: 'Account',
  permission: 'anyone',
  throttle: 'link',
  input: context.schemas.link,
  success: { status: 204, description: 'The address is changed; both addresses get a mail.' },
  errors: ['invalid_uid', 'invalid_link_token', 'email_taken'],
  handle: async (request) => {
    const link = await request.read(context.schemas.link)
    await confirmEmailChange(context, { ...link, origin: request.origin })
    return done
  },
})

/** `POST users/set_email_undo/`. */
export const undoEmailChangeOperation = (context: RouteContext): Operation => ({
  id: 'undoEmailChange',
  summary: 'Take a change of the address back',
  description:
    'By the two parts of the link that was mailed to the old address. Everybody is signed out, the password opens nothing any more, and a link to choose a new one follows.',
  tag: 'Account',
  permission: 'anyone',
  throttle: 'link',
  input: context.schemas.link,
  success: { status: 204, description: 'The old address is back.' },
  errors: ['invalid_uid', 'invalid_link_token', 'email_taken', 'overloaded'],
  handle: async (request) => {
    const link = await request.read(context.schemas.link)
    await undoEmailChange(context, { ...link, origin: request.origin })
    return done
  },
})
