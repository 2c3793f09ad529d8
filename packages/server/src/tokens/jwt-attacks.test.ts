/** The known attacks on JWT libraries (RFC 8725 §2), each against the decoder as it is used. */
import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto'
import * as jose from 'jose'
import { describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import { decodeJwt, encodeJwt, JwtFault } from './jwt.ts'
import { createKeyRing } from './key-ring.ts'
import { asymmetricKey, generatePrivateKey, hmacKey } from './keys.ts'

const secret = new Secret('a secret that is long enough for HS256')
const hmac = hmacKey({ secret, alg: 'HS256', compatible: true })
const rsaPair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const rsa = asymmetricKey({ alg: 'RS256', privateKey: rsaPair.privateKey })
const es256 = asymmetricKey({ alg: 'ES256', privateKey: generatePrivateKey('ES256') })
const ed = asymmetricKey({ alg: 'EdDSA', privateKey: generatePrivateKey('EdDSA') })
const ring = createKeyRing({ current: ed, others: [hmac, rsa, es256] })

const claims = { user_id: 1, token_type: 'access', exp: 4_000_000_000 }
const good = await encodeJwt(ed, claims)
const [header = '', payload = '', signature = ''] = good.split('.')
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const hs256 = (input: string, key: string | Buffer) =>
  `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`

const reason = (token: string): string => {
  try {
    decodeJwt(token, ring)
  } catch (fault) {
    if (fault instanceof JwtFault) return fault.reason
    throw fault
  }
  return 'accepted'
}

it('the token that is attacked below is good', () => {
  expect(reason(good)).toBe('accepted')
})

describe('attack | the header chooses how it is checked', () => {
  it.each(['none', 'None', 'NONE', 'nOnE', '', ' none', null, undefined, 'HS256\0', 0])('alg %j', (alg) => {
    const forged = `${encode({ alg, typ: 'JWT' })}.${payload}`
    expect(reason(`${forged}.${signature}`)).toBe('unknown_header')
    expect(reason(`${forged}.`)).toBe('malformed')
    expect(reason(forged)).toBe('malformed')
  })

  it('algorithm confusion: a public key serves as the HMAC secret', async () => {
    const pem = rsaPair.publicKey.export({ format: 'pem', type: 'spki' }).toString()
    const der = rsaPair.publicKey.export({ format: 'der', type: 'spki' })
    const keys = [pem, pem.trim(), der, JSON.stringify(rsa.publicJwk()), rsa.publicJwk()?.n ?? '']
    for (const key of keys)
      for (const forged of [
        { alg: 'HS256', typ: 'JWT', kid: rsa.kid },
        { alg: 'HS256', typ: 'JWT' },
      ])
        expect(reason(hs256(`${encode(forged)}.${payload}`, key))).toMatch(/^(unknown_header|signature)$/)
  })

  it('algorithm confusion: the header of one key before the signature of another', async () => {
    for (const signer of [hmac, rsa, es256, ed])
      for (const other of [hmac, rsa, es256, ed].filter((key) => key !== signer)) {
        const input = `${other.header}.${payload}`
        expect(reason(`${input}.${await signer.sign?.(input)}`)).toBe('signature')
      }
  })

  it('a key of the attacker in the header: jwk, jku, x5u, x5c', async () => {
    const { privateKey, publicKey } = await jose.generateKeyPair('EdDSA', { crv: 'Ed25519' })
    const jwk = await jose.exportJWK(publicKey)
    for (const more of [
      { jwk },
      { jwk, kid: ed.kid ?? '' },
      { jku: 'https://evil.example/jwks.json' },
      { x5u: 'https://evil.example/cert.pem' },
      { x5c: ['MIIB'] },
    ]) {
      const token = await new jose.SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', ...more })
        .sign(privateKey)
      expect(reason(token)).toBe('unknown_header')
    }
  })

  it('a kid that is a path, a query, another key, or not text', () => {
    const kids = [
      '../../../dev/null',
      "x' UNION SELECT 'key",
      `${ed.kid}\0`,
      rsa.kid,
      '',
      null,
      [ed.kid],
      { $ne: 1 },
    ]
    for (const kid of kids)
      expect(reason(hs256(`${encode({ alg: 'HS256', typ: 'JWT', kid })}.${payload}`, ''))).toBe(
        'unknown_header',
      )
  })

  it('crit and b64, with a signature that is good', () => {
    for (const more of [
      { crit: ['exp'], exp: 1 },
      { crit: ['b64'], b64: false },
      { crit: [] },
      { zip: 'DEF' },
      { cty: 'JWT' },
    ]) {
      const input = `${encode({ alg: 'HS256', typ: 'JWT', ...more })}.${payload}`
      expect(reason(hs256(input, secret.reveal()))).toBe('unknown_header')
    }
  })

  it('a good header in another spelling, with a signature that is good', () => {
    for (const text of [
      '{"alg":"HS256", "typ":"JWT"}',
      '{"alg":"HS256","typ":"jwt"}',
      ' {"alg":"HS256"}',
      '{"alg":"HS256"}\n',
      '{"alg":"none","alg":"HS256"}',
      '{"\\u0061lg":"HS256"}',
    ])
      expect(reason(hs256(`${Buffer.from(text).toString('base64url')}.${payload}`, secret.reveal()))).toBe(
        'unknown_header',
      )
  })

  it('an encrypted token, made with our public key', async () => {
    const jwe = await new jose.EncryptJWT(claims)
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
      .encrypt(createPublicKey(rsaPair.publicKey.export({ format: 'pem', type: 'spki' })))
    expect(reason(jwe)).toBe('malformed')
  })
})

describe('attack | the signature', () => {
  it('is stripped', () => {
    expect(reason(`${header}.${payload}.`)).toBe('malformed')
    expect(reason(`${header}.${payload}`)).toBe('malformed')
  })

  it('is all zeros in ES256 (CVE-2022-21449)', () => {
    expect(reason(`${es256.header}.${payload}.${Buffer.alloc(64).toString('base64url')}`)).toBe('signature')
  })

  it('belongs to another payload', async () => {
    const [, other] = (await encodeJwt(ed, { ...claims, user_id: 2 })).split('.')
    expect(reason(`${header}.${other}.${signature}`)).toBe('signature')
  })

  it('is cut off at any place, or continued', () => {
    for (let length = 0; length < good.length; length++)
      expect(reason(good.slice(0, length))).not.toBe('accepted')
    expect(reason(`${good}AAAA`)).toBe('signature')
  })

  it('is made with an empty key', () => {
    expect(reason(hs256(`${hmac.header}.${payload}`, ''))).toBe('signature')
  })
})

describe('attack | the form', () => {
  it.each([
    ['empty', ''],
    ['dots', '..'],
    ['two tokens', `${good}.${good}`],
    ['two tokens, joined', `${good}${good}`],
    ['two tokens with a comma', `${good},${good}`],
    ['a fourth part', `${good}.x`],
    ['an empty fourth part', `${good}.`],
    ['no header', `.${payload}.${signature}`],
    ['no payload', `${header}..${signature}`],
    ['space before', ` ${good}`],
    ['space behind', `${good} `],
    ['a line break behind', `${good}\n`],
    ['a line break inside', `${header}.${payload.slice(0, 9)}\n${payload.slice(9)}.${signature}`],
    ['padding', `${good}==`],
    ['padding of the payload', `${header}.${payload}=.${signature}`],
    ['NUL behind', `${good}\0`],
    ['NUL inside', `${header}.${payload.slice(0, 9)}\0${payload.slice(9)}.${signature}`],
    ['NUL behind the header', `${header}\0.${payload}.${signature}`],
    ['full-width letters', good.replace(/[a-z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))],
    ['the JSON form', JSON.stringify({ payload, signatures: [{ protected: header, signature }] })],
  ])('%s', (_, token) => {
    expect(reason(token)).toMatch(/^(malformed|unknown_header|signature)$/)
  })

  it('the same bytes in another base64: the alphabet of base64, and stray bits at the end', () => {
    const bytes = Buffer.from(signature, 'base64url')
    const spellings = [bytes.toString('base64'), bytes.toString('base64').replace(/=+$/, '')].filter(
      (s) => s !== signature,
    )
    // 64 bytes leave four unused bits in the last character
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.indexOf(
      signature.slice(-1),
    )
    for (const stray of [1, 2, 4, 8, 15])
      spellings.push(
        signature.slice(0, -1) +
          ('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'[last + stray] ?? ''),
      )
    for (const spelling of spellings) {
      expect(Buffer.from(spelling, 'base64url')).toEqual(bytes)
      expect(reason(`${header}.${payload}.${spelling}`)).toBe('malformed')
    }
  })

  it('8192 characters are looked at, one more is not', () => {
    expect(reason('a'.repeat(8192))).toBe('malformed')
    expect(reason('a'.repeat(8193))).toBe('too_long')
  })

  it('a megabyte costs nothing: a thousand of them are refused within a second', () => {
    const tokens = [`${header}.${'A'.repeat(1e6)}.${signature}`, '.'.repeat(1e6), `${good}${'='.repeat(1e6)}`]
    const start = performance.now()
    for (let round = 0; round < 1000; round++)
      for (const token of tokens) expect(token.length > 8192 && reason(token)).toBe('too_long')
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
