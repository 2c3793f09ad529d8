import type { Deviation } from '../compare.ts'
import type { Case, Topic } from '../runner.ts'
import type { Session, StepOptions } from '../session.ts'

const METHODS = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'PURGE',
  'TRACE',
  'PROPFIND',
  'LINK',
]

const PATHS = [
  '/auth/',
  'users/',
  'users/me/',
  'users/activation/',
  'users/resend_activation/',
  'users/set_password/',
  'users/reset_password/',
  'users/reset_password_confirm/',
  'users/set_email/',
  'users/reset_email/',
  'users/reset_email_confirm/',
  'jwt/create/',
  'jwt/refresh/',
  'jwt/verify/',
  'token/login/',
  'token/logout/',
]

/** Without an access token nothing is changed by any method; with one, only these would be. */
const SKIP_SIGNED_IN = new Set(['POST token/logout/'])

const CRASH: Deviation = { why: 'the reference crashes (§9)', reference: 500, doorward: [200, 204, 404, 405] }

async function everyMethod(s: Session, path: string, options: StepOptions, signedIn: boolean): Promise<void> {
  for (const method of METHODS) {
    if (signedIn && SKIP_SIGNED_IN.has(`${method} ${path}`)) continue
    const crash = signedIn && path === 'users/me/' && ['HEAD', 'OPTIONS'].includes(method)
    await s.send(method, path, undefined, { ...options, differs: crash ? CRASH : undefined })
  }
}

const methods: Case[] = PATHS.flatMap((path) => [
  {
    name: `every method on ${path}, by nobody`,
    run: (s: Session) => everyMethod(s, path, {}, false),
  },
  {
    name: `every method on ${path}, by a signed-in person`,
    run: (s: Session) => everyMethod(s, path, { as: s.member }, true),
  },
])

const details: Case = {
  name: 'every method on users/<id>/: own, foreign, unknown, by nobody and by staff',
  run: async (s) => {
    for (const method of METHODS) {
      await s.send(method, `users/${s.member.id}/`, undefined)
      await s.send(method, `users/${s.member.id}/`, undefined, { as: s.member })
      await s.send(method, `users/${s.other.id}/`, undefined, { as: s.member })
      await s.send(method, `users/${s.other.id}/`, undefined, { as: s.staff })
      await s.send(method, 'users/987654321/', undefined, { as: s.staff })
      await s.send(method, 'users/987654321/', undefined, { as: s.member })
    }
  },
}

const UNKNOWN = [
  'nothing/',
  'nothing',
  'jwt/',
  'jwt',
  'token/',
  'token',
  'jwt/blacklist/',
  'users/me/extra/',
  'users/activation/x/',
  'users/1/2/',
  'o/google-oauth2/',
  'social/',
  'login/',
  'logout/',
  'token/login/x/',
  'token/loginx',
  'users//',
  'password/reset/',
  'activate/MQ/abc/',
  'jwt/CREATE/',
  'Users/',
  'users/me//',
]

const unknown: Case = {
  name: 'an unknown path is an HTML page with 404, whoever asks and how',
  run: async (s) => {
    for (const path of UNKNOWN) {
      await s.get(path)
      await s.post(path, {})
    }
    await s.get('nothing/', { as: 'JWT broken' })
    await s.get('nothing/', { headers: { Accept: 'application/json' } })
    await s.send('OPTIONS', 'nothing/')
    await s.send('HEAD', 'nothing/')
    await s.delete('nothing/')
  },
}

const openEnds: Case = {
  name: 'patterns that the reference leaves open are closed',
  run: async (s) => {
    const why = 'open-ended patterns, path segment accepted as id: 404'
    for (const path of ['jwt/createmore', 'jwt/create/more', 'jwt/refreshx/', 'jwt/verify/a/b/'])
      await s.post(path, {}, { differs: { why, reference: 400, doorward: [404] } })
    for (const path of ['users/set_username/', 'users/reset_username/', 'users/signup/'])
      await s.post(path, {}, { differs: { why, reference: 401, doorward: [401, 404] } })
    await s.post(
      'users/set_username/',
      {},
      { as: s.member, differs: { why, reference: 405, doorward: [404, 405] } },
    )
    await s.get('users/abc/', { differs: { why, reference: 401, doorward: [401, 404] } })
  },
}

const slashes: Case = {
  name: 'a missing trailing slash is a redirect there and works here',
  run: async (s) => {
    const why = 'missing trailing slash: the route answers as with the slash'
    await s.get('users', { differs: { why, reference: 301, doorward: [401] } })
    await s.get('users', { as: s.member, differs: { why, reference: 301, doorward: [200] } })
    await s.get('users/me', { as: s.member, differs: { why, reference: 301, doorward: [200] } })
    await s.get(`users/${s.member.id}`, { as: s.member, differs: { why, reference: 301, doorward: [200] } })
    await s.post('users', {}, { differs: { why, reference: 301, doorward: [400] } })
    for (const name of [
      'activation',
      'resend_activation',
      'reset_password',
      'reset_email',
      'reset_password_confirm',
    ])
      await s.post(`users/${name}`, {}, { differs: { why, reference: 301, doorward: [400] } })
    for (const name of ['set_password', 'set_email'])
      await s.post(`users/${name}`, {}, { differs: { why, reference: 301, doorward: [401] } })
    await s.get('/auth', { differs: { why, reference: 301, doorward: [200] } })
    for (const path of ['jwt/create', 'jwt/refresh', 'jwt/verify', 'token/login', 'token/logout']) {
      await s.post(path, {})
      await s.get(path)
      await s.send('OPTIONS', path)
    }
    await s.post('jwt/verify', { token: s.member.access })
    await s.post('jwt/create', { email: s.member.email, password: s.member.password })
  },
}

const ids: Case = {
  name: 'ids in the path: words, negatives, zeros, huge ones',
  run: async (s) => {
    const own = String(s.member.id)
    const foreign = String(s.other.id)
    const percent = [...foreign].map((digit) => `%3${digit}`).join('')
    const arabic = [...own].map((digit) => String.fromCodePoint(0x660 + Number(digit))).join('')
    const words = ['abc', 'me2', 'null', 'undefined', 'é', '%20', '1e3', '0x1', '-1', '0', '00']
    const odd = [...words, `${own}.0`, `+${own}`, `+${foreign}`, percent, arabic, `0_${own}`, `${own}_`]
    for (const id of odd.map((one) => (/^[\x20-\x7e]*$/.test(one) ? one : encodeURIComponent(one)))) {
      await s.get(`users/${id}/`, { as: s.member })
      await s.patch(`users/${id}/`, {}, { as: s.member })
      await s.delete(`users/${id}/`, {}, { as: s.member })
    }
    await s.get(`users/0${s.member.id}/`, { as: s.member, note: 'own id with a zero in front' })
    await s.get(`users/%20${s.member.id}/`, { as: s.member, note: 'own id with a space in front' })
    const crash = {
      why: 'integer overflow (§9)',
      reference: 500,
      doorward: [404],
      body: { detail: 'Not found.' },
    }
    await s.get(`users/${'9'.repeat(30)}/`, { as: s.member, differs: crash })
    await s.delete(`users/${'9'.repeat(30)}/`, { current_password: 'x' }, { as: s.staff, differs: crash })
  },
}

const rootAndQuery: Case = {
  name: 'the root names the users URL, and queries are ignored',
  run: async (s) => {
    await s.get('/auth/')
    const differs = { why: 'links name PUBLIC_URL, whatever Host says', reference: 200, doorward: [200] }
    await s.get('/auth/', { headers: { Host: 'shop.example.org' }, differs })
    await s.get('/auth/', { headers: { Host: 'shop.example.org:8080' }, differs })
    await s.get('/auth/?x=1')
    await s.get('/auth/', { as: s.member })
    await s.get('/auth/', { as: 'JWT broken' })
    await s.get('users/me/?page=2&x=y', { as: s.member })
    await s.get('users/?limit=1&offset=5', { as: s.member })
    await s.post('jwt/create/?email=a&password=b', {})
  },
}

/** Methods, paths, slashes, ids. */
export const routing: Topic = {
  name: 'routing',
  cases: [...methods, details, unknown, openEnds, slashes, ids, rootAndQuery],
}
