/** The bodies that the API takes and gives. Which fields they have follows from the settings. */
import { z } from 'zod'
import type { Settings } from '../config/settings.ts'
import type { ProfileField } from '../domain/profile-field.ts'
import { BUILT_IN_FIELDS, profileFields } from '../domain/profile-field.ts'
import type { Profile } from '../domain/user.ts'
import { MAIL_LOCALES } from '../mail/render-mail.ts'
import * as fields from './fields.ts'

/** Who writes a profile. */
type Writer = 'newcomer' | 'owner' | 'staff'

const WRITES: Record<Writer, readonly string[]> = {
  newcomer: ['self', 'registration'],
  owner: ['self'],
  staff: ['self', 'registration', 'staff'],
}

function fieldSchema(name: string, field: ProfileField, partial: boolean): z.ZodType {
  const description = field.description ? { description: field.description } : {}
  const required = field.required === true
  const schema =
    BUILT_IN_FIELDS.includes(name) && !required
      ? fields.optionalText({ max: field.maxLength ?? 255, blank: true, ...description })
      : typedSchema(field, required, description)
  return required && !partial ? schema : schema.optional()
}

function typedSchema(
  field: ProfileField,
  required: boolean,
  description: { description?: string },
): z.ZodType {
  switch (field.type) {
    case 'integer':
      return orAbsent(fields.integer(description), required)
    case 'boolean':
      return orAbsent(fields.truth(description), required)
    case 'date':
      return orAbsent(fields.date(description), required)
    default: {
      const rules = {
        max: field.maxLength ?? 255,
        ...(field.choices && { choices: field.choices }),
        ...description,
      }
      return required ? fields.text(rules) : fields.nullableText({ ...rules, blank: true })
    }
  }
}

const orAbsent = (schema: z.ZodType, required: boolean): z.ZodType =>
  required ? schema : z.union([z.undefined(), z.null(), schema])

/** The profile fields that somebody may write, each of them absent at will if it is a change. */
export function profileShape(
  settings: Settings,
  writer: Writer,
  partial: boolean,
): Record<string, z.ZodType> {
  const all = Object.entries(profileFields(settings.users))
  const writable = all.filter(([, field]) => WRITES[writer].includes(field.writableBy ?? 'self'))
  return Object.fromEntries(writable.map(([name, field]) => [name, fieldSchema(name, field, partial)]))
}

/** The profile that a validated body holds; what was not sent is not in it. */
export function profileOf(input: Readonly<Record<string, unknown>>, settings: Settings): Profile {
  const names = Object.keys(profileFields(settings.users))
  const given = names.filter((name) => input[name] !== undefined)
  return Object.fromEntries(given.map((name) => [name, input[name] as Profile[string]]))
}

/** The current password, for operations that need it only if the sign-in is not recent. */
export const provingPassword = ({ passwords: { trim } }: Settings) =>
  fields.optionalPassword({ trim, description: 'The current password; not needed soon after a sign-in.' })

/** The fields that several bodies share. */
function sharedFields(settings: Settings) {
  const { trim } = settings.passwords
  const current = fields.password({ trim, description: 'The password as it is now.' })
  // without stored sessions nobody knows how recent a sign-in is
  const asksAlways = settings.sessions.mode === 'stateless' || settings.sessions.recentSignIn === 0
  return {
    current,
    proof: asksAlways ? current : provingPassword(settings),
    password: fields.password({ trim, description: 'The new password.' }),
    again: (needed: boolean) =>
      needed ? fields.password({ trim, description: 'Once more.' }) : fields.ignored(),
    email: fields.text({ email: true, max: 255 }),
    emailAgain: (needed: boolean) => (needed ? fields.text() : fields.ignored()),
    link: {
      uid: fields.rawText({ description: 'The first part of the mailed link.' }),
      token: fields.rawText({ description: 'The second part of the mailed link.' }),
    },
  }
}

/** Bodies about an account. */
function accountSchemas(settings: Settings) {
  const { registration, passwords, emailChange } = settings
  const { current, proof, password, again, email, emailAgain, link } = sharedFields(settings)
  return {
    register: z.object({
      ...profileShape(settings, 'newcomer', false),
      email,
      password,
      re_password: again(registration.retypePassword),
    }),
    updateOwn: z.object(profileShape(settings, 'owner', false)),
    patchOwn: z.object(profileShape(settings, 'owner', true)),
    updateAsStaff: z.object(profileShape(settings, 'staff', false)),
    patchAsStaff: z.object(profileShape(settings, 'staff', true)),
    link: z.object(link),
    address: z.object({ email: fields.text({ email: true }) }),
    language: z.object({
      language: fields.textOrNull({
        choices: MAIL_LOCALES,
        description: 'A language that mails are written in, or null for that of the site.',
      }),
    }),
    proof: z.object({ current_password: proof }),
    proofIfAsked: z.object({ current_password: provingPassword(settings) }),
    changePassword: z.object({
      new_password: password,
      re_new_password: again(passwords.retypeOnChange),
      current_password: current,
    }),
    resetPassword: z.object({
      ...link,
      new_password: password,
      re_new_password: again(passwords.retypeOnReset),
    }),
    changeEmail: z.object({
      current_password: proof,
      new_email: email,
      re_new_email: emailAgain(emailChange.retypeOnChange),
    }),
    resetEmail: z.object({
      uid: fields.lenientText('The first part of the mailed link.'),
      token: fields.lenientText('The second part of the mailed link.'),
      new_email: email,
      re_new_email: emailAgain(emailChange.retypeOnReset),
    }),
  }
}

/** Bodies about tokens and sessions. */
function tokenSchemas(settings: Settings) {
  const { trim } = settings.passwords
  const delivery = fields.optionalText({
    choices: ['body', 'cookie'],
    description: 'Where the refresh token goes: `body` (default), or `cookie`, an HttpOnly one for browsers.',
  })
  return {
    signIn: z.object({
      email: fields.text(),
      password: fields.password({ trim }),
      token_delivery: settings.sessions.cookieDelivery ? delivery : fields.ignored(),
    }),
    databaseSignIn: z.object({ password: fields.optionalPassword({ trim }), email: fields.optionalText() }),
    refresh: z.object({ refresh: fields.text({ description: 'A refresh token.' }) }),
    optionalRefresh: z.object({
      refresh: fields.optionalText({ description: 'A refresh token; absent when it is in the cookie.' }),
    }),
    reauthenticate: z.object({ current_password: sharedFields(settings).current }),
    token: z.object({ token: fields.text({ description: 'A token of any kind.' }) }),
  }
}

/** Makes all schemas of bodies. */
export const createSchemas = (settings: Settings) => ({
  ...accountSchemas(settings),
  ...tokenSchemas(settings),
})

/** All schemas of bodies. */
export type Schemas = ReturnType<typeof createSchemas>

/** The bodies of answers, for the API's documentation. */
export function createAnswers(settings: Settings) {
  const profile = profileShape(settings, 'staff', false)
  const email = fields.text({ email: true, max: 255 })
  const user = z.object({ ...profile, id: z.int(), email }).meta({ id: 'User' })
  const { cookieDelivery } = settings.sessions
  const refresh = cookieDelivery
    ? z.string().optional().meta({ description: 'Absent when it is in the cookie.' })
    : z.string()
  const pair = z.object({ refresh, access: z.string() }).meta({ id: 'TokenPair' })
  const sliding = z.object({ token: z.string() }).meta({ id: 'SlidingToken' })
  const { api, tokens, users } = settings
  const session = z
    .object({
      id: z.string(),
      current: z.boolean(),
      device: z.string(),
      user_agent: z.string(),
      address: z.string(),
      created_at: z.iso.datetime(),
      last_used_at: z.iso.datetime(),
      authenticated_at: z.iso.datetime(),
      expires_at: z.iso.datetime(),
      amr: z.array(z.string()),
    })
    .meta({ id: 'Session' })
  const registered = z.object({ ...profile, email }).meta({ id: 'Registered' })
  const access = z.object({ access: z.string(), ...(tokens.rotate && { refresh }) })
  return {
    user,
    users: z.array(user),
    registered: users.showIdAtRegistration ? user : registered,
    signedIn: tokens.sliding ? sliding : pair,
    refreshed: tokens.sliding ? sliding : access.meta({ id: 'RefreshedTokens' }),
    databaseToken: z.object({ auth_token: z.string() }).meta({ id: 'DatabaseToken' }),
    access: z.object({ access: z.string() }),
    sessions: z.array(session),
    language: z.object({ language: z.string().nullable(), available: z.array(z.string()) }),
    ended: z.object({ ended: z.int() }),
    revocations: z.object({ token: z.string() }),
    personalData: z.object({
      account: z.record(z.string(), z.unknown()),
      sessions: z.array(session),
      activity: z.array(z.record(z.string(), z.unknown())),
    }),
    nothing: z.object({}),
    root: z.object({ users: z.url(), ...(api.administration && { admin: z.url().optional() }) }),
  }
}

/** All bodies of answers. */
export type Answers = ReturnType<typeof createAnswers>
