/** Step 1 of the story on the wire: `POST users/`. */
import { publicUser } from '../../domain/user.ts'
import { checkNewEmail } from '../../flows/check-new-email.ts'
import { register } from '../../flows/register.ts'
import type { Operation } from '../endpoint.ts'
import { preferredLanguage } from '../negotiation.ts'
import type { FieldChecks } from '../parse-input.ts'
import { profileOf } from '../schemas.ts'
import type { RouteContext } from './context.ts'

/** The operation. */
export const registerOperation = (context: RouteContext): Operation => {
  const { settings, schemas, answers } = context
  const checks: FieldChecks = settings.registration.tellTakenAddress
    ? {
        email: async (email: unknown) => {
          await checkNewEmail(context, String(email), 'email')
        },
      }
    : {}
  return {
    id: 'register',
    summary: 'Register',
    description: 'Makes an account that waits for activation, and mails the link that activates it.',
    tag: 'Story',
    permission: context.permissions.register,
    throttle: 'register',
    input: schemas.register,
    success: { status: 201, description: 'The account was made.', schema: answers.registered },
    errors: ['required', 'password_mismatch', 'password_too_common', 'overloaded'],
    handle: async (request) => {
      const input = await request.read(schemas.register, checks)
      const user = await register(context, {
        email: input.email,
        profile: profileOf(input, settings),
        password: input.password,
        rePassword: input.re_password,
        origin: request.origin,
        locale: preferredLanguage(request.headers.get('accept-language'), context.locales),
      })
      const { id, ...rest } = publicUser(user)
      return { status: 201, body: settings.users.showIdAtRegistration ? { ...rest, id } : rest }
    },
  }
}
