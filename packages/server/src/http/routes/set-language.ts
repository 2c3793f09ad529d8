/** The language that a person wants to be written to in: `users/me/language/`. */
import { setLanguage } from '../../flows/set-language.ts'
import type { Operation } from '../endpoint.ts'
import { callerOf, ok } from '../endpoint.ts'
import type { RouteContext } from './context.ts'

/** `GET users/me/language/`. */
export const readLanguageOperation = (context: RouteContext): Operation => ({
  id: 'readLanguage',
  summary: 'Read the language of mails',
  description: 'null: what the browser asked for at registration, else the language of the site.',
  tag: 'Account',
  permission: 'signedIn',
  success: {
    status: 200,
    description: 'The language, and those there are.',
    schema: context.answers.language,
  },
  errors: [],
  handle: async (request) => {
    const { user } = callerOf(request)
    return ok({ language: user.locale, available: context.locales })
  },
})

/** `PUT users/me/language/`. */
export const setLanguageOperation = (context: RouteContext): Operation => ({
  id: 'setLanguage',
  summary: 'Choose the language of mails',
  tag: 'Account',
  permission: 'signedIn',
  input: context.schemas.language,
  success: {
    status: 200,
    description: 'The language, and those there are.',
    schema: context.answers.language,
  },
  errors: ['invalid_choice', 'required'],
  handle: async (request) => {
    const { language } = await request.read(context.schemas.language)
    await setLanguage(context, { caller: callerOf(request), language })
    return ok({ language, available: context.locales })
  },
})
