/** Tokens: forged in every way that was ever in a list of CVEs, of the wrong kind, stolen and used twice. */
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { Attack } from './attack.ts'

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const ed25519 = (key: KeyObject, text: string): string =>
  sign(null, Buffer.from(text), key).toString('base64url')

/** Forgeries of a good token. */
function forgeries(good: string, jwk: JsonWebKey): Readonly<Record<string, string>> {
  const [head = '', payload = '', signature = ''] = good.split('.')
  const header = JSON.parse(Buffer.from(head, 'base64url').toString())
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const pem = createPublicKey({ key: jwk as never, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
  const own = generateKeyPairSync('ed25519')
  const mac = (text: string, key: string | Buffer) =>
    createHmac('sha256', key).update(text).digest('base64url')
  const made = (fields: object, signer: (text: string) => string, body: object = claims) => {
    const text = `${encode({ ...header, ...fields })}.${encode(body)}`
    return `${text}.${signer(text)}`
  }
  const byOwn = (text: string) => ed25519(own.privateKey, text)
  const ownJwk = own.publicKey.export({ format: 'jwk' })
  const url = 'http://127.0.0.1:9/keys.json'
  return {
    'alg none': made({ alg: 'none' }, () => ''),
    'alg None': made({ alg: 'None' }, () => ''),
    'alg nOnE with the old signature': made({ alg: 'nOnE' }, () => signature),
    'no alg': made({ alg: undefined }, () => signature),
    'HS256 with the public key as the secret': made({ alg: 'HS256' }, (text) => mac(text, String(pem))),
    'HS256 with the x of the public key': made({ alg: 'HS256' }, (text) =>
      mac(text, Buffer.from(jwk.x ?? '', 'base64url')),
    ),
    'HS256 with an empty secret': made({ alg: 'HS256' }, (text) => mac(text, '')),
    'ES256 with zeros (CVE-2022-21449)': made({ alg: 'ES256' }, () => Buffer.alloc(64).toString('base64url')),
    'zeros as the signature': made({}, () => Buffer.alloc(64).toString('base64url')),
    'a key of the attacker': made({}, byOwn),
    'a key in the header (jwk)': made({ jwk: ownJwk }, byOwn),
    'the address of a key (jku)': made({ jku: url }, byOwn),
    'the address of a certificate (x5u)': made({ x5u: url }, byOwn),
    'a certificate (x5c)': made({ x5c: ['MIIB'] }, byOwn),
    'kid as a path': made({ kid: '../../../../dev/null' }, (text) => mac(text, '')),
    'kid as SQL': made({ kid: "x' union select 'secret" }, (text) => mac(text, 'secret')),
    'no kid': made({ kid: undefined }, () => signature),
    'crit that nobody knows': made({ crit: ['b64'], b64: false }, () => signature),
    'another person in the claims': `${head}.${encode({ ...claims, user_id: Number(claims.user_id) + 1 })}.${signature}`,
    'no end in the claims': `${head}.${encode({ ...claims, exp: 9_999_999_999 })}.${signature}`,
    'no signature': `${head}.${payload}.`,
    'two parts': `${head}.${payload}`,
    'four parts': `${good}.${signature}`,
    'another spelling of the header': `${Buffer.from(JSON.stringify(header, null, 1)).toString('base64url')}.${payload}.${signature}`,
  }
}

/** The list of forgeries, and tokens of the wrong kind. */
export const forgingTokens: Attack = {
  name: 'JWT attack list and token confusion',
  run: async ({ doorward, send }, notes) => {
    const user = await doorward.signedUpUser()
    const { body } = await send({ method: 'GET', path: '/.well-known/jwks.json' })
    const [jwk] = (JSON.parse(body) as { keys: JsonWebKey[] }).keys
    const all = { ...forgeries(user.access, jwk ?? {}), 'a refresh token': user.refresh }
    for (const [name, token] of Object.entries(all)) {
      for (const scheme of ['JWT', 'Bearer', 'Token']) {
        const headers = { authorization: `${scheme} ${token}` }
        const { status } = await send({ method: 'GET', path: 'users/me/', headers })
        notes.tried(`${scheme}: ${name}`, status === 200)
      }
      const verified = await send({ path: 'jwt/verify/', body: { token } })
      notes.tried(`verify: ${name}`, verified.status === 200 && name !== 'a refresh token')
    }
    const swapped = await send({ path: 'jwt/refresh/', body: { refresh: user.access } })
    notes.tried('an access token was refreshed', swapped.status === 200)
  },
}

/** A refresh token that was stolen and is used beside its owner, and access tokens of what has ended. */
export const replayingTokens: Attack = {
  name: 'replay of refresh tokens and of ended sessions',
  run: async ({ doorward, send }, notes) => {
    const user = await doorward.signedUpUser()
    const next = await send({ path: 'jwt/refresh/', body: { refresh: user.refresh } })
    const { access = '', refresh = '' } = JSON.parse(next.body) as Record<string, string>
    doorward.clock.advance(31)
    const thief = await send({ path: 'jwt/refresh/', body: { refresh: user.refresh } })
    notes.tried('a spent refresh token was taken', thief.status === 200)
    const owner = await send({ path: 'jwt/refresh/', body: { refresh } })
    notes.tried('the family went on after a replay', owner.status === 200)
    for (const token of [user.access, access]) {
      const headers = { authorization: `JWT ${token}` }
      const { status } = await send({ method: 'GET', path: 'users/me/', headers })
      notes.tried('an access token of an ended session was taken', status === 200)
    }
  },
}
