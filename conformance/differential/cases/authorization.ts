import { jsonText } from '../payload.ts'
import type { Case, Topic } from '../runner.ts'
import type { Session } from '../session.ts'

function headers(s: Session): (readonly [string, string])[] {
  const { access, refresh } = s.member
  return [
    ['empty', ''],
    ['blank', '   '],
    ['JWT alone', 'JWT'],
    ['JWT and a space', 'JWT '],
    ['JWT a b', 'JWT a b'],
    ['JWT token b', `JWT ${access} b`],
    ['JWT broken', 'JWT broken'],
    ['JWT dots', 'JWT a.b.c'],
    ['proper', `JWT ${access}`],
    ['two spaces', `JWT  ${access}`],
    ['many spaces', `JWT      ${access}`],
    ['a tab', `JWT\t${access}`],
    ['tabs and spaces', `JWT \t \t${access}`],
    ['a space behind', `JWT ${access} `],
    ['a space in front', ` JWT ${access}`],
    ['no space', `JWT${access}`],
    ['colon', `JWT: ${access}`],
    ['comma', `JWT,${access}`],
    ['quoted', `JWT "${access}"`],
    ['lower case', `jwt ${access}`],
    ['mixed case', `Jwt ${access}`],
    ['Bearer', `Bearer ${access}`],
    ['bearer', `bearer ${access}`],
    ['BEARER', `BEARER ${access}`],
    ['Bearer broken', 'Bearer broken'],
    ['Bearer alone', 'Bearer'],
    ['Bearer a b', 'Bearer a b'],
    ['Bearer refresh', `Bearer ${refresh}`],
    ['Basic', `Basic ${Buffer.from(`${s.member.email}:${s.member.password}`).toString('base64')}`],
    ['Basic broken', 'Basic x'],
    ['Digest', 'Digest username="x"'],
    ['a word', 'nonsense'],
    ['only the token', access],
    ['JWT refresh', `JWT ${refresh}`],
    ['JWT Token', `JWT Token ${access}`],
    ['JWT twice', `JWT ${access}, JWT ${access}`],
    ['Token alone', 'Token'],
    ['Token and a space', 'Token '],
    ['Token a b', 'Token a b'],
    ['Token unknown', 'Token 0123456789abcdef0123456789abcdef01234567'],
    ['Token word', 'Token abc'],
    ['token lower', 'token abc'],
    ['TOKEN upper', 'TOKEN abc'],
    ['token alone lower', 'token'],
    ['token a b lower', 'token a b'],
    ['Token with a JWT', `Token ${access}`],
    ['Token with tab', 'Token\tabc'],
    ['Token long', `Token ${'a'.repeat(4000)}`],
    ['Token not ASCII', 'Token \u00e9\u00ff'],
    ['JWT not ASCII', 'JWT \u00e9.\u00ff.x'],
    ['not ASCII scheme', '\u00e9 x'],
    ['JWT with a no-break space', `JWT\u00a0${access}`],
    ['Token quotes', `Token ' OR 1=1 --`],
    ['JWT null', 'JWT null'],
    ['JWT undefined', 'JWT undefined'],
  ]
}

const DOORS: readonly (readonly [string, string])[] = [
  ['GET', 'users/me/'],
  ['GET', 'users/'],
  ['POST', 'users/'],
  ['POST', 'users/activation/'],
  ['POST', 'users/set_password/'],
  ['POST', 'token/login/'],
  ['POST', 'token/logout/'],
  ['POST', 'jwt/verify/'],
  ['GET', '/auth/'],
  ['GET', 'users/reset_password/'],
  ['GET', 'users/987654/'],
]

const everyHeader: Case[] = DOORS.map(([method, path]) => ({
  name: `${method} ${path} with every kind of Authorization header`,
  run: async (s) => {
    for (const [note, as] of headers(s))
      await s.send(method, path, method === 'POST' ? {} : undefined, { as, note })
  },
}))

const order: Case = {
  name: 'the order of checks: Accept, credential, permission, method, body, fields',
  run: async (s) => {
    const xml = { Accept: 'application/xml' }
    await s.get('users/me/', { headers: xml })
    await s.get('users/me/', { headers: xml, as: 'JWT broken' })
    await s.get('users/me/', { headers: xml, as: s.member })
    await s.post('users/me/', jsonText('{'), { as: 'JWT broken' })
    await s.post('users/me/', {}, { as: s.member })
    await s.post('users/me/', {})
    await s.send('PUT', 'users/', jsonText('{'), {})
    await s.send('PUT', 'users/', jsonText('{'), { as: s.member })
    await s.send('PUT', 'jwt/create/', jsonText('{'))
    await s.send('PUT', 'jwt/create/', jsonText('{'), { headers: xml })
    await s.post('users/set_password/', undefined, { headers: { 'Content-Type': 'text/plain' } })
    await s.post('users/set_password/', jsonText('['), {})
    await s.post('users/set_password/', [], { as: s.member })
    await s.get('users/set_password/')
    await s.get('users/set_password/', { as: s.member })
    await s.get('users/activation/')
    await s.get('users/activation/', { as: 'JWT broken' })
    await s.get('users/activation/', { as: s.member })
    await s.get('token/login/', { as: 'Token broken' })
    await s.get('token/logout/')
    await s.get('jwt/refresh/', { as: 'JWT broken' })
    await s.patch(`users/${s.other.id}/`, [], { as: s.member })
    await s.delete(`users/${s.other.id}/`, [], { as: s.member })
    await s.send('PURGE', `users/${s.other.id}/`, undefined, { as: s.member })
    await s.patch(`users/${s.member.id}/`, [], { as: s.member })
    await s.put('users/987654/', { first_name: '' }, { as: s.staff })
  },
}

/** The Authorization header and what comes before and after it. */
export const authorizationHeader: Topic = { name: 'authorization', cases: [...everyHeader, order] }
