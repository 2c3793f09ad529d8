/** The tutorial's seven steps as Postman requests; their scripts take links from the mailbox and tokens from answers. */
import type { PostmanItem } from './request.ts'
import { request, script } from './request.ts'

const status = (code: number): string =>
  `pm.test('answers ${code}', () => pm.response.to.have.status(${code}))`

const keep = (...names: string[]): string[] => [
  'const body = pm.response.json()',
  ...names.flatMap((name) => [
    `pm.test('gives ${name}', () => pm.expect(body.${name}).to.be.a('string').and.not.empty)`,
    `pm.environment.set('${name}', body.${name})`,
  ]),
]

const TAKE_LINK = [
  'const [mail] = pm.response.json().filter(({ links }) => links.length > 0)',
  "pm.test('the mail has a link', () => pm.expect(mail).to.be.an('object'))",
  "const [token, uid] = mail.links[0].split('/').reverse()",
  "pm.environment.set('uid', uid)",
  "pm.environment.set('token', token)",
]

/** From here on the new password is the current one, for the other folders and for the next run of the story. */
const SWAP_PASSWORDS = [
  "const old = pm.environment.get('password')",
  "pm.environment.set('password', pm.environment.get('newPassword'))",
  "pm.environment.set('newPassword', old)",
]

const openMail = (name: string): PostmanItem =>
  request({
    name,
    method: 'GET',
    path: '/mailbox/messages?to={{email}}',
    description: 'The development mailbox: it exists while no SMTP_URL is set.',
    events: [script('test', status(200), ...TAKE_LINK)],
  })

const CREDENTIALS = { email: '{{email}}', password: '{{password}}' }

/** From nothing to a call with an access token. */
const signUp = (): readonly PostmanItem[] => [
  request({
    name: '1. Register',
    method: 'POST',
    path: '/auth/users/',
    body: {
      first_name: 'Tina',
      last_name: 'Santoso',
      role: 'buyer',
      ...CREDENTIALS,
      re_password: '{{password}}',
    },
    events: [
      script('prerequest', "pm.environment.set('email', 'tina.' + Date.now() + '@example.com')"),
      script('test', status(201)),
    ],
  }),
  openMail('The mail with the activation link'),
  request({
    name: '2. Activate',
    method: 'POST',
    path: '/auth/users/activation/',
    body: { uid: '{{uid}}', token: '{{token}}' },
    events: [script('test', status(204))],
  }),
  request({
    name: '3. Sign in',
    method: 'POST',
    path: '/auth/jwt/create/',
    body: CREDENTIALS,
    events: [script('test', status(200), ...keep('access', 'refresh'))],
  }),
  request({
    name: '4. Call with the access token',
    method: 'GET',
    path: '/auth/users/me/',
    signedIn: true,
    events: [
      script(
        'test',
        status(200),
        "pm.test('it is Tina', () => pm.expect(pm.response.json().email).to.eql(pm.environment.get('email')))",
        "pm.environment.set('id', String(pm.response.json().id))",
      ),
    ],
  }),
  request({
    name: '5. Refresh',
    method: 'POST',
    path: '/auth/jwt/refresh/',
    body: { refresh: '{{refresh}}' },
    events: [script('test', status(200), ...keep('access'))],
  }),
]

/** From a forgotten password to a new one. */
const recovery = (): readonly PostmanItem[] => [
  request({
    name: '6. Forgot password',
    method: 'POST',
    path: '/auth/users/reset_password/',
    body: { email: '{{email}}' },
    events: [script('test', status(204))],
  }),
  openMail('The mail with the reset link'),
  request({
    name: '7. Reset password',
    method: 'POST',
    path: '/auth/users/reset_password_confirm/',
    body: {
      uid: '{{uid}}',
      token: '{{token}}',
      new_password: '{{newPassword}}',
      re_new_password: '{{newPassword}}',
    },
    events: [script('test', status(204))],
  }),
  request({
    name: 'Sign in with the new password',
    method: 'POST',
    path: '/auth/jwt/create/',
    body: { email: '{{email}}', password: '{{newPassword}}' },
    events: [script('test', status(200), ...keep('access', 'refresh'), ...SWAP_PASSWORDS)],
  }),
]

/** Register, open the mail, activate, sign in, call, refresh, forgot password, open the mail, reset, sign in again. */
export const story = (): readonly PostmanItem[] => [...signUp(), ...recovery()]
