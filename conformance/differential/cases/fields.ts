import { join, registration } from '../accounts.ts'
import { type JsonFields, toJsonFields, vary } from '../matrix.ts'
import type { Case, Topic } from '../runner.ts'
import type { Session, StepOptions } from '../session.ts'

interface Form {
  readonly path: string
  readonly fields: readonly string[]
  /** Values that pass every single field but fail afterwards, so that nothing is changed. */
  readonly base: (s: Session) => Readonly<Record<string, unknown>>
  readonly signedIn?: boolean
}

const uidOf = (id: number) => Buffer.from(String(id)).toString('base64url')
const NEW = { new_password: 'Carousel-Horse-77', re_new_password: 'Carousel-Horse-78' }

const forms: readonly Form[] = [
  {
    path: 'users/',
    fields: ['email', 'first_name', 'last_name', 'role', 'password', 're_password'],
    base: (s) => ({ ...registration(s.address('nobody')), re_password: 'Another-Horse-12' }),
  },
  {
    path: 'users/activation/',
    fields: ['uid', 'token'],
    base: (s) => ({ uid: uidOf(s.inactive.id), token: 'abc-def' }),
  },
  { path: 'users/resend_activation/', fields: ['email'], base: () => ({}) },
  {
    path: 'users/set_password/',
    fields: ['current_password', 'new_password', 're_new_password'],
    base: () => ({ current_password: 'wrong', ...NEW }),
    signedIn: true,
  },
  { path: 'users/reset_password/', fields: ['email'], base: () => ({}) },
  {
    path: 'users/reset_password_confirm/',
    fields: ['uid', 'token', 'new_password', 're_new_password'],
    base: (s) => ({ uid: uidOf(s.member.id), token: 'abc-def', ...NEW, re_new_password: NEW.new_password }),
  },
  {
    path: 'users/set_email/',
    fields: ['new_email', 'current_password'],
    base: (s) => ({ new_email: s.address('new'), current_password: 'wrong' }),
    signedIn: true,
  },
  { path: 'users/reset_email/', fields: ['email'], base: () => ({}) },
  {
    path: 'users/reset_email_confirm/',
    fields: ['uid', 'token', 'new_email'],
    base: (s) => ({ uid: uidOf(s.member.id), token: 'abc-def', new_email: s.address('new') }),
  },
  {
    path: 'jwt/create/',
    fields: ['email', 'password'],
    base: (s) => ({ email: s.address('nobody'), password: 'x' }),
  },
  { path: 'jwt/refresh/', fields: ['refresh'], base: () => ({}) },
  { path: 'jwt/verify/', fields: ['token'], base: () => ({}) },
  {
    path: 'token/login/',
    fields: ['email', 'password'],
    base: (s) => ({ email: s.address('nobody'), password: 'x' }),
  },
]

const fieldCases: Case[] = forms.flatMap((form) =>
  form.fields.map((field) => ({
    name: `${form.path} answers alike for every value of ${field}`,
    run: async (s) => {
      const options: StepOptions = form.signedIn ? { as: s.member } : {}
      const base: JsonFields = toJsonFields(form.base(s))
      await vary(s, { method: 'POST', path: form.path, options }, base, field)
    },
  })),
)

const allAtOnce: Case[] = forms.map((form) => ({
  name: `${form.path} reports all faults together`,
  run: async (s) => {
    const options: StepOptions = form.signedIn ? { as: s.member } : {}
    for (const value of [null, '', ' ', true, [], {}]) {
      await s.post(form.path, Object.fromEntries(form.fields.map((field) => [field, value])), options)
    }
    await s.post(form.path, {}, options)
  },
}))

const updates: Case[] = ['PUT', 'PATCH'].flatMap((method) =>
  ['first_name', 'last_name', 'role'].map((field) => ({
    name: `${method} users/me/ answers alike for every value of ${field}`,
    run: async (s: Session) => {
      const ada = await join(s, 'ada')
      const base = toJsonFields({ first_name: 'Ada', last_name: 'Okafor', role: 'buyer' })
      const request = { method, path: 'users/me/', options: { as: ada } }
      await vary(s, request, method === 'PUT' ? base : {}, field)
      s.forgetMails()
      await s.get('users/me/', { as: ada })
    },
  })),
)

const deletion: Case = {
  name: 'DELETE users/me/ answers alike for every value of current_password',
  run: async (s) => {
    await vary(s, { method: 'DELETE', path: 'users/me/', options: { as: s.member } }, {}, 'current_password')
    await vary(
      s,
      { method: 'DELETE', path: `users/${s.member.id}/`, options: { as: s.staff } },
      {},
      'current_password',
    )
    await s.get('users/me/', { as: s.member })
  },
}

/** Every field of every form, given everything. */
export const fields: Topic = {
  name: 'fields',
  cases: [...fieldCases, ...allAtOnce, ...updates, deletion],
}
