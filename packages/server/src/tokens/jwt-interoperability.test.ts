/** Our tokens in jose, and jose's in ours, for every algorithm. */
import { createPublicKey } from 'node:crypto'
import * as jose from 'jose'
import { describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import type { AsymmetricAlgorithm, HmacAlgorithm } from './algorithms.ts'
import { ASYMMETRIC, HMACS } from './algorithms.ts'
import { decodeJwt, encodeJwt } from './jwt.ts'
import { createKeyRing } from './key-ring.ts'
import { asymmetricKey, generatePrivateKey, hmacKey } from './keys.ts'

const claims = { user_id: 7, token_type: 'access', name: 'Zoë 🚪', exp: 4_000_000_000 }
const rsa = generatePrivateKey('RS256')

describe.each(Object.keys(ASYMMETRIC) as AsymmetricAlgorithm[])('exchange with jose | %s', (alg) => {
  const privateKey = ASYMMETRIC[alg].keyType === 'rsa' ? rsa : generatePrivateKey(alg)
  const key = asymmetricKey({ alg, privateKey })
  const ring = createKeyRing({ current: key, others: [] })

  it('jose checks our token with nothing but our published keys', async () => {
    const jwks = jose.createLocalJWKSet({ keys: ring.jwks().keys.map((jwk) => ({ ...jwk })) })
    const result = await jose.jwtVerify(await encodeJwt(key, claims), jwks, { algorithms: [alg], typ: 'JWT' })
    expect(result.payload).toEqual(claims)
    expect(result.protectedHeader).toEqual({ alg, typ: 'JWT', kid: key.kid })
  })

  it('we check a token that jose made with our key', async () => {
    const header = { alg, typ: 'JWT', kid: key.kid ?? '' }
    const token = await new jose.SignJWT(claims).setProtectedHeader(header).sign(privateKey)
    expect(decodeJwt(token, ring)).toEqual(claims)
  })

  it('jose refuses our token when it expects another key', async () => {
    const other = ASYMMETRIC[alg].keyType === 'rsa' ? generatePrivateKey('EdDSA') : generatePrivateKey(alg)
    await expect(jose.jwtVerify(await encodeJwt(key, claims), createPublicKey(other))).rejects.toThrow()
  })
})

describe.each(Object.keys(HMACS) as HmacAlgorithm[])('exchange with jose | %s', (alg) => {
  const text = 'a secret of 64 bytes, for that is what HS512 asks for: 0123456789'
  const raw = new TextEncoder().encode(text)
  const key = hmacKey({ secret: new Secret(text), alg, compatible: true })
  const ring = createKeyRing({ current: key, others: [] })

  it('jose checks our token', async () => {
    expect((await jose.jwtVerify(await encodeJwt(key, claims), raw, { algorithms: [alg] })).payload).toEqual(
      claims,
    )
  })

  it.each([{ alg, typ: 'JWT' }, { typ: 'JWT', alg }, { alg }])(
    'we check a token of jose with the header %j',
    async (header) => {
      const token = await new jose.SignJWT(claims).setProtectedHeader(header).sign(raw)
      expect(decodeJwt(token, ring)).toEqual(claims)
    },
  )
})

describe('exchange with PyJWT | a token of SimpleJWT 5.2 on PyJWT 2.6', () => {
  const key = hmacKey({
    secret: new Secret('django-insecure-key-of-the-tutorial'),
    alg: 'HS256',
    compatible: true,
  })

  it('is read', () => {
    const token =
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjo0MDAwMDAwMDAwLCJpYXQiOjE3MDAwMDAwMDAsImp0aSI6IjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmIiwidXNlcl9pZCI6MSwibmFtZSI6IlpvXHUwMGViIn0.WTBSuYF2MlbZ4hLusu9ZXZqBwU93kYEFzajJOMOob5w'
    expect(decodeJwt(token, createKeyRing({ current: key, others: [] }))).toEqual({
      token_type: 'access',
      exp: 4_000_000_000,
      iat: 1_700_000_000,
      jti: '0123456789abcdef0123456789abcdef',
      user_id: 1,
      name: 'Zoë',
    })
  })
})
