/** What the staff API takes and gives. */
import { z } from 'zod'
import type { Settings } from '../config/settings.ts'
import { ACCOUNT_STATES } from '../domain/user.ts'
import { MEASURES } from '../flows/read-statistics.ts'
import * as fields from './fields.ts'
import { profileShape, provingPassword } from './schemas.ts'

const MOST = 100
/** How many rows a page has when nobody says so. */
export const PAGE_SIZE = 50

const limit = fields.orAbsent(
  fields.integer({ min: 1, max: MOST, description: `How many rows a page has; ${PAGE_SIZE} if left out.` }),
)
const after = fields.optionalText({
  max: 1000,
  description: 'Where the page begins: take it from the Link header of the page before.',
})

/** The parameters of queries. */
export const QUERIES = {
  users: z.object({
    search: fields.optionalText({
      max: 255,
      description: 'What address, first or last name begins with, or both names with a space between.',
    }),
    state: fields.optionalText({ choices: ACCOUNT_STATES }),
    is_active: fields.orAbsent(fields.truth()),
    is_staff: fields.orAbsent(fields.truth()),
    role: fields.optionalText({ max: 30 }),
    created_since: fields.orAbsent(fields.moment({ description: 'Registered from this moment on.' })),
    sort: fields.optionalText({ choices: ['newest', 'email'], description: 'Default: `newest`.' }),
    limit,
    after,
  }),
  mails: z.object({
    state: fields.optionalText({ choices: ['queued', 'sent', 'dead'] }),
    to: fields.optionalText({ max: 320, description: 'The whole address.' }),
    limit,
    after,
  }),
  page: z.object({ limit, after }),
  statistics: z.object({
    days: fields.orAbsent(
      fields.integer({ min: 1, max: 366, description: 'How many days back, today included. Default: 30.' }),
    ),
  }),
} as const

/** The bodies that the staff API takes. */
export function createForms(settings: Settings) {
  const profile = profileShape(settings, 'staff', true)
  const { trim } = settings.passwords
  const email = fields.text({ email: true, max: 255 })
  const isStaff = fields.orAbsent(
    fields.truth({
      description: 'Staff rights. Giving or taking them needs `current_password` or a recent sign-in.',
    }),
  )
  const locale = fields.nullableText({ max: 35, description: 'Language of the mails; null: the site’s.' })
  const rights = { is_staff: isStaff, locale, current_password: provingPassword(settings) }
  return {
    create: z.object({ ...profile, email, password: fields.password({ trim }), ...rights }),
    invite: z.object({ ...profile, email, ...rights }),
    update: z.object({ ...profile, email: fields.optionalText({ email: true, max: 255 }), ...rights }),
    deactivate: z.object({
      reason: fields.optionalText({ max: 500, description: 'Why; staff see it with the account.' }),
    }),
  }
}

/** The bodies that the staff API answers with. */
export function createViews(settings: Settings) {
  const time = z.iso.datetime().nullable()
  const account = z
    .object({
      ...profileShape(settings, 'staff', true),
      id: z.int(),
      email: fields.text({ email: true, max: 255 }),
      is_active: z.boolean(),
      is_staff: z.boolean(),
      account_state: z.enum(ACCOUNT_STATES),
      has_password: z.boolean(),
      locale: z.string().nullable(),
      created_at: z.iso.datetime(),
      last_login: time,
      invited_at: time,
      deactivated_at: time,
      deactivation_reason: z.string().nullable(),
    })
    .meta({ id: 'Account' })
  const mail = z
    .object({
      id: z.int(),
      user_id: z.int().nullable(),
      kind: z.string(),
      to: z.string(),
      state: z.enum(['queued', 'sent', 'dead']),
      attempts: z.int(),
      created_at: z.iso.datetime(),
      sent_at: time,
      next_attempt_at: time,
      last_error: z.string().nullable(),
      message_id: z.string(),
    })
    .meta({ id: 'MailRecord', description: 'What became of a mail; never what is in it.' })
  const key = z
    .object({
      kid: z.string(),
      alg: z.string(),
      state: z.enum(['current', 'next', 'retiring']),
      created_at: z.iso.datetime(),
      retires_at: time,
    })
    .meta({ id: 'SigningKey' })
  return { account, accounts: z.array(account), mail, mails: z.array(mail), keys: keyList(key), statistics }
}

const keyList = (key: z.ZodType) =>
  z.object({
    stored: z.boolean().meta({ description: 'False: the key is in the configuration and changes there.' }),
    keys: z.array(key),
  })

const statistics = z
  .object({
    days: z.array(z.iso.date()),
    counts: z.object(Object.fromEntries(MEASURES.map((measure) => [measure, z.array(z.int())]))),
    accounts: z.int(),
    more_accounts: z.boolean(),
  })
  .meta({ id: 'Statistics', description: 'Counts by day, UTC; the lists are as long as `days`.' })

/** All bodies that the staff API takes. */
export type Forms = ReturnType<typeof createForms>
/** All bodies that it answers with. */
export type Views = ReturnType<typeof createViews>
