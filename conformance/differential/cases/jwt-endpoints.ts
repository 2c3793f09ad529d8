import { join, register } from '../accounts.ts'
import type { Deviation } from '../compare.ts'
import { accessClaims, epoch, refreshClaims } from '../jwt.ts'
import { form, jsonObject } from '../payload.ts'
import type { Topic } from '../runner.ts'

const GONE: Deviation = {
  why: 'jwt/refresh looks at the account',
  reference: 200,
  doorward: [401],
  body: { detail: 'No active account found for the given token.' },
}

/** Doorward takes base64url without padding and nothing else (RFC 7515 §2). */
const SPELLING: Deviation = { why: 'one spelling of a token', reference: 200, doorward: [200, 401] }

const spelling = (note: string): Deviation | undefined =>
  note === 'padded with =' || note === 'standard base64' ? SPELLING : undefined

function tamper(token: string): (readonly [string, string])[] {
  const [header = '', payload = '', mac = ''] = token.split('.')
  const flip = (part: string) => `${part.slice(0, 4)}${part[4] === 'A' ? 'B' : 'A'}${part.slice(5)}`
  return [
    ['flipped header', `${flip(header)}.${payload}.${mac}`],
    ['flipped payload', `${header}.${flip(payload)}.${mac}`],
    ['flipped signature', `${header}.${payload}.${flip(mac)}`],
    ['without signature', `${header}.${payload}.`],
    ['two parts', `${header}.${payload}`],
    ['one part', header],
    ['four parts', `${token}.x`],
    ['empty parts', '..'],
    ['a dot', '.'],
    ['a word', 'nonsense'],
    ['cut', token.slice(0, -1)],
    ['longer by a letter', `${token}A`],
    ['longer by four', `${token}AAAA`],
    ['padded with =', `${token}=`],
    ['padded inside', `${header}=.${payload}.${mac}`],
    ['upper case', token.toUpperCase()],
    ['a space inside', `${header}. ${payload}.${mac}`],
    ['a newline inside', `${header}.${payload}\n.${mac}`],
    ['swapped', `${payload}.${header}.${mac}`],
    ['payload no JSON', `${header}.eA.${mac}`],
    ['header no JSON', `eA.${payload}.${mac}`],
    ['unicode', 'ü.ü.ü'],
    ['the scheme in front', `JWT ${token}`],
    ['very long', 'a'.repeat(20_000)],
    ['database token', 'a'.repeat(40)],
    ['spaces around', ` ${token} `],
    ['null text', 'null'],
    ['standard base64', token.replaceAll('-', '+').replaceAll('_', '/')],
  ]
}

/** jwt/create, jwt/refresh, jwt/verify. */
export const jwtEndpoints: Topic = {
  name: 'jwt endpoints',
  cases: [
    {
      name: 'create: every reason for a refusal gives the same answer',
      run: async (s) => {
        const { email, password } = s.member
        await s.post('jwt/create/', { email, password })
        await s.post('jwt/create/', { email: ` ${email}\t`, password: ` ${password}` })
        await s.post('jwt/create/', form({ email, password }))
        await s.post('jwt/create/', { email, password: 'wrong' })
        await s.post('jwt/create/', { email, password: password.toUpperCase() })
        await s.post('jwt/create/', { email: email.toUpperCase(), password })
        await s.post('jwt/create/', { email: s.address('nobody'), password })
        await s.post('jwt/create/', { email: s.inactive.email, password: s.inactive.password })
        await s.post('jwt/create/', { email: s.inactive.email, password: 'wrong' })
        await s.post('jwt/create/', { email: 'no address at all', password })
        await s.post('jwt/create/', { email: 'x'.repeat(5000), password: 'y'.repeat(5000) })
        await s.post('jwt/create/', { email: "' OR 1=1 --", password: "' OR 1=1 --" })
        await s.post('jwt/create/', { email: `${email}\u200b`, password })
        await s.get(`jwt/create/?email=${email}&password=${password}`)
      },
    },
    {
      name: 'create: two logins give different tokens, and both live',
      run: async (s) => {
        const body = { email: s.member.email, password: s.member.password }
        const one = await s.post('jwt/create/', body)
        const two = await s.post('jwt/create/', body)
        s.observe(
          'all four tokens differ',
          new Set([...Object.values(one.json), ...Object.values(two.json)]).size,
        )
        for (const reply of [one, two]) {
          await s.get('users/me/', { as: `JWT ${String(reply.json.access)}` })
          await s.post('jwt/refresh/', { refresh: reply.json.refresh })
        }
      },
    },
    {
      name: 'none of the three looks at the Authorization header',
      run: async (s) => {
        const { email, password, access, refresh } = s.member
        for (const as of [
          'JWT broken',
          'Token broken',
          'JWT',
          'JWT a b',
          'Token a b',
          'Basic x',
          '',
          `JWT ${refresh}`,
        ]) {
          await s.post('jwt/create/', { email, password: 'wrong' }, { as })
          await s.post('jwt/refresh/', { refresh }, { as })
          await s.post('jwt/verify/', { token: access }, { as })
        }
        await s.post('jwt/create/', { email, password }, { as: 'JWT broken' })
      },
    },
    {
      name: 'refresh: the same refresh token works again and again',
      run: async (s) => {
        const { refresh, access } = s.member
        for (let time = 0; time < 3; time += 1) await s.post('jwt/refresh/', { refresh })
        const reply = await s.post('jwt/refresh/', form({ refresh }))
        await s.get('users/me/', { as: `JWT ${String(reply.json.access)}` })
        await s.post('jwt/refresh/', { refresh: access })
        await s.post('jwt/refresh/', { refresh: ` ${refresh} ` })
        await s.post('jwt/refresh/', { refresh, access })
        await s.post('jwt/refresh/', jsonObject({ refresh: `["${refresh}"]` }))
        const both = await Promise.all([1, 2, 3, 4].map(() => s.quietly('POST', 'jwt/refresh/', { refresh })))
        s.observe(
          'four at once',
          both.map((one) => one.status),
        )
      },
    },
    {
      name: 'refresh and verify refuse what has been tampered with',
      run: async (s) => {
        for (const [note, refresh] of tamper(s.member.refresh))
          await s.post('jwt/refresh/', { refresh }, { note, differs: spelling(note) })
        for (const [note, token] of tamper(s.member.access))
          await s.post('jwt/verify/', { token }, { note, differs: spelling(note) })
        for (const [note, token] of tamper(s.member.refresh))
          await s.post('jwt/verify/', { token }, { note: `refresh, ${note}`, differs: spelling(note) })
      },
    },
    {
      name: 'refresh looks at the account in Doorward: deleted, inactive, invented, none',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await s.delete('users/me/', { current_password: ada.password }, { as: ada })
        await s.post('jwt/refresh/', { refresh: ada.refresh }, { differs: GONE })
        await s.post('jwt/verify/', { token: ada.refresh })
        const invented = s.forge(refreshClaims(987_654_321))
        await s.post('jwt/refresh/', { refresh: invented }, { differs: GONE })
        const inactive = s.forge(refreshClaims(s.inactive.id))
        await s.post('jwt/refresh/', { refresh: inactive }, { differs: GONE })
        const none = s.forge(refreshClaims(undefined))
        await s.post('jwt/refresh/', { refresh: none })
      },
    },
    {
      name: 'refresh copies the further claims of a token',
      run: async (s) => {
        const refresh = s.forge(
          refreshClaims(s.member.id, { tenant: 'a', roles: ['x', 'y'], deep: { n: 1 }, iat: epoch(-500) }),
        )
        const reply = await s.post('jwt/refresh/', { refresh })
        await s.get('users/me/', { as: `JWT ${String(reply.json.access)}` })
      },
    },
    {
      name: 'verify takes any type of token, also none',
      run: async (s) => {
        await s.post('jwt/verify/', { token: s.member.access })
        await s.post('jwt/verify/', { token: s.member.refresh })
        await s.post('jwt/verify/', form({ token: s.member.refresh }))
        await s.post('jwt/verify/', { token: ` ${s.member.access}\n` })
        for (const type of ['sliding', 'untyped', 'word', null, 7, undefined]) {
          const token = s.forge(accessClaims(s.member.id, { token_type: type }))
          await s.post('jwt/verify/', { token }, { note: `token_type ${type}` })
          await s.post('jwt/refresh/', { refresh: token }, { note: `token_type ${type}` })
        }
        const ada = await register(s, 'ada')
        await s.post(
          'jwt/verify/',
          { token: s.forge(accessClaims(ada.id)) },
          { note: 'of an inactive account' },
        )
        await s.post('jwt/verify/', { token: s.forge(accessClaims(987_654_321)) }, { note: 'of nobody' })
        await s.post('jwt/verify/', { token: s.forge(accessClaims(undefined)) }, { note: 'without user_id' })
      },
    },
  ],
}
