import { join } from '../accounts.ts'
import type { Deviation } from '../compare.ts'
import { accessClaims, type Claims, epoch, type ForgeOptions, refreshClaims } from '../jwt.ts'
import type { Case, Topic } from '../runner.ts'
import type { Session } from '../session.ts'

interface Forgery {
  readonly note: string
  readonly claims?: Claims
  readonly options?: ForgeOptions
  readonly secret?: string
  /** Doorward compares headers byte for byte with those it knows, and refuses this one. */
  readonly refused?: true
}

const REFUSED: Deviation = {
  why: 'only headers that PyJWT and jose issue are known (RFC 8725)',
  reference: 200,
  doorward: [401],
}

const CLAIMS: readonly Forgery[] = [
  { note: 'proper' },
  { note: 'without exp', claims: { exp: undefined } },
  { note: 'without jti', claims: { jti: undefined } },
  { note: 'without iat', claims: { iat: undefined } },
  { note: 'without token_type', claims: { token_type: undefined } },
  { note: 'without exp and jti', claims: { exp: undefined, jti: undefined } },
  { note: 'without jti and type', claims: { jti: undefined, token_type: undefined } },
  { note: 'expired long ago', claims: { exp: 1 } },
  { note: 'expired a second ago', claims: { exp: epoch(-1) } },
  { note: 'expired now', claims: { exp: epoch() } },
  { note: 'exp zero', claims: { exp: 0 } },
  { note: 'exp negative', claims: { exp: -5 } },
  { note: 'exp as text', claims: { exp: String(epoch(600)) } },
  { note: 'exp as past text', claims: { exp: String(epoch(-600)) } },
  { note: 'exp as a word', claims: { exp: 'soon' } },
  { note: 'exp float', claims: { exp: epoch(600) + 0.5 } },
  { note: 'exp as float text', claims: { exp: `${epoch(600)}.5` } },
  { note: 'exp null', claims: { exp: null } },
  { note: 'exp true', claims: { exp: true } },
  { note: 'exp list', claims: { exp: [epoch(600)] } },
  { note: 'exp object', claims: { exp: {} } },
  { note: 'exp empty text', claims: { exp: '' } },
  { note: 'exp far', claims: { exp: 4_000_000_000 } },
  { note: 'exp year 9999', claims: { exp: 253_402_300_799 } },
  { note: 'exp year 10000', claims: { exp: 253_402_300_800 } },
  { note: 'exp enormous', claims: { exp: 1e18 } },
  { note: 'exp beyond all', claims: { exp: 1e300 } },
  { note: 'exp in milliseconds', claims: { exp: epoch(600) * 1000 } },
  { note: 'nbf future', claims: { nbf: epoch(600) } },
  { note: 'nbf past', claims: { nbf: epoch(-600) } },
  { note: 'nbf text', claims: { nbf: 'x' } },
  { note: 'nbf null', claims: { nbf: null } },
  { note: 'nbf future text', claims: { nbf: String(epoch(600)) } },
  { note: 'iat future', claims: { iat: epoch(600) } },
  { note: 'iat past', claims: { iat: 5 } },
  { note: 'iat text', claims: { iat: 'x' } },
  { note: 'iat null', claims: { iat: null } },
  { note: 'iat float', claims: { iat: epoch(-5) + 0.5 } },
  { note: 'iat number text', claims: { iat: String(epoch(-5)) } },
  { note: 'iat list', claims: { iat: [] } },
  { note: 'jti null', claims: { jti: null } },
  { note: 'jti blank', claims: { jti: '' } },
  { note: 'jti number', claims: { jti: 7 } },
  { note: 'jti word', claims: { jti: 'not-hex' } },
  { note: 'jti list', claims: { jti: ['a'] } },
  { note: 'jti very long', claims: { jti: 'a'.repeat(2000) } },
  { note: 'type refresh', claims: { token_type: 'refresh' } },
  { note: 'type access', claims: { token_type: 'access' } },
  { note: 'type sliding', claims: { token_type: 'sliding' } },
  { note: 'type ACCESS', claims: { token_type: 'ACCESS' } },
  { note: 'type null', claims: { token_type: null } },
  { note: 'type number', claims: { token_type: 1 } },
  { note: 'type list', claims: { token_type: ['access'] } },
  { note: 'aud', claims: { aud: 'somebody' } },
  { note: 'aud list', claims: { aud: ['a', 'b'] } },
  { note: 'aud number', claims: { aud: 5 } },
  { note: 'iss', claims: { iss: 'elsewhere' } },
  { note: 'iss number', claims: { iss: 5 } },
  { note: 'sub number', claims: { sub: 5 } },
  { note: 'further claims', claims: { admin: true, is_staff: true, scope: 'all' } },
]

const KEYS: readonly Forgery[] = [
  { note: 'alg none without signature', options: { header: { alg: 'none', typ: 'JWT' }, hash: 'none' } },
  { note: 'alg NONE', options: { header: { alg: 'NONE', typ: 'JWT' }, hash: 'none' } },
  { note: 'alg none with signature', options: { header: { alg: 'none', typ: 'JWT' } } },
  { note: 'HS512', options: { header: { alg: 'HS512', typ: 'JWT' }, hash: 'sha512' } },
  { note: 'HS384', options: { header: { alg: 'HS384', typ: 'JWT' }, hash: 'sha384' } },
  { note: 'HS256 signed with SHA-512', options: { hash: 'sha512' } },
  { note: 'RS256 in the header', options: { header: { alg: 'RS256', typ: 'JWT' } } },
  { note: 'hs256 in lower case', options: { header: { alg: 'hs256', typ: 'JWT' } } },
  { note: 'header without alg', options: { header: { typ: 'JWT' } } },
  { note: 'alg null', options: { header: { alg: null, typ: 'JWT' } } },
  { note: 'alg number', options: { header: { alg: 256, typ: 'JWT' } } },
  { note: 'alg list', options: { header: { alg: ['HS256'], typ: 'JWT' } } },
  { note: 'empty signature', options: { hash: 'none' } },
  { note: 'wrong key', secret: 'another-key' },
  { note: 'empty key', secret: '' },
  { note: 'payload a list', options: { payloadText: '[]' } },
  { note: 'payload a text', options: { payloadText: '"x"' } },
  { note: 'payload null', options: { payloadText: 'null' } },
  { note: 'payload a number', options: { payloadText: '7' } },
  { note: 'payload broken', options: { payloadText: '{' } },
  { note: 'payload empty', options: { payloadText: '' } },
  { note: 'payload {}', options: { payloadText: '{}' } },
]

/** Valid in the eyes of a library that reads the header instead of comparing it. */
const HEADERS: readonly Forgery[] = [
  { note: 'header in another order', options: { header: { typ: 'JWT', alg: 'HS256' } } },
  { note: 'header without typ', options: { header: { alg: 'HS256' } } },
  { note: 'typ in lower case', options: { header: { alg: 'HS256', typ: 'jwt' } }, refused: true },
  { note: 'typ at+jwt', options: { header: { alg: 'HS256', typ: 'at+jwt' } }, refused: true },
  { note: 'typ null', options: { header: { alg: 'HS256', typ: null } }, refused: true },
  { note: 'with a kid', options: { header: { alg: 'HS256', typ: 'JWT', kid: 'x' } }, refused: true },
  { note: 'kid number', options: { header: { alg: 'HS256', typ: 'JWT', kid: 7 } }, refused: true },
  { note: 'with crit', options: { header: { alg: 'HS256', typ: 'JWT', crit: ['x'] } }, refused: true },
  { note: 'b64 false', options: { header: { alg: 'HS256', typ: 'JWT', b64: false } } },
  {
    note: 'with jwk',
    options: { header: { alg: 'HS256', typ: 'JWT', jwk: { kty: 'oct', k: 'eA' } } },
    refused: true,
  },
]

const USERS: readonly (readonly [string, (own: number) => unknown])[] = [
  ['number', (own) => own],
  ['text of it', (own) => String(own)],
  ['text with spaces', (own) => ` ${own} `],
  ['text with zeros', (own) => `00${own}`],
  ['text with a plus', (own) => `+${own}`],
  ['float', (own) => own + 0.0],
  ['float text', (own) => `${own}.0`],
  ['null', () => null],
  ['word', () => 'abc'],
  ['empty text', () => ''],
  ['unknown', () => 987_654_321],
  ['unknown text', () => '987654321'],
  ['zero', () => 0],
  ['negative', () => -1],
  ['false', () => false],
  ['list', (own) => [own]],
  ['object', (own) => ({ id: own })],
  ['half', (own) => own + 0.5],
  ['huge', () => 1e30],
  ['text of 30 digits', () => '9'.repeat(30)],
  ['absent', () => undefined],
]

function signed(s: Session, claims: Claims, { options, secret }: Forgery): string {
  const own = { ...options }
  return secret === undefined ? s.forge(claims, own) : s.forgeWith(secret, claims, own)
}

/** Doorward's access tokens have their own `iat`, so a strange one is not copied. */
const ownIat = ({ note }: Forgery): Deviation | undefined =>
  note === 'iat float' ? { why: '`iat` is not copied', reference: 200, doorward: [200] } : undefined

async function everywhere(s: Session, forgery: Forgery): Promise<void> {
  const { note } = forgery
  const differs = forgery.refused && REFUSED
  const access = signed(s, accessClaims(s.member.id, forgery.claims), forgery)
  const refresh = signed(s, refreshClaims(s.member.id, forgery.claims), forgery)
  await s.send('GET', 'users/me/', undefined, { as: `JWT ${access}`, note, differs })
  await s.post('jwt/verify/', { token: access }, { note: `${note} (access)`, differs })
  await s.post('jwt/refresh/', { refresh }, { note, differs: differs ?? ownIat(forgery) })
}

const list = (name: string, forgeries: readonly Forgery[]): Case => ({
  name,
  run: async (s) => {
    for (const forgery of forgeries) await everywhere(s, forgery)
  },
})

/** Tokens signed with the shared secret, or not quite. */
export const forgedTokens: Topic = {
  name: 'forged tokens',
  cases: [
    list('claims: time, id and type, as header, in verify, in refresh', CLAIMS),
    list('wrong algorithms, keys and payloads', KEYS),
    list('unusual headers over a right signature', HEADERS),
    {
      name: 'user_id of every kind',
      run: async (s) => {
        for (const [note, make] of USERS) {
          const as = `JWT ${s.forge(accessClaims(make(s.member.id)))}`
          await s.get('users/me/', { as, note: `user_id ${note}` })
          await s.post('users/', {}, { as, note: `registration with user_id ${note}` })
        }
      },
    },
    {
      name: 'a token forged for staff is staff, one for an inactive account is not',
      run: async (s) => {
        await s.get(`users/${s.member.id}/`, {
          as: `JWT ${s.forge(accessClaims(s.staff.id))}`,
          note: 'staff',
        })
        await s.get('users/me/', { as: `JWT ${s.forge(accessClaims(s.inactive.id))}`, note: 'inactive' })
        await s.get('users/me/', { as: `JWT ${s.member.refresh}`, note: 'a refresh token' })
        const ada = await join(s, 'ada')
        await s.delete('users/me/', { current_password: ada.password }, { as: ada })
        await s.get('users/me/', { as: ada })
        await s.get('users/me/', { as: `JWT ${s.forge(accessClaims(ada.id))}`, note: 'deleted' })
        await s.post('users/', {}, { as: ada, note: 'deleted, on an open endpoint' })
      },
    },
  ],
}
