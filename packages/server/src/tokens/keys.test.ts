/** Tests of token keys: what they accept at construction, what they sign, what they show. */
import type { KeyObject } from 'node:crypto'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import * as jose from 'jose'
import { describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import type { AsymmetricAlgorithm } from './algorithms.ts'
import { ASYMMETRIC } from './algorithms.ts'
import { asymmetricKey, generatePrivateKey, hmacKey } from './keys.ts'

const secret = new Secret('a secret of 64 bytes, for that is what HS512 asks for: 0123456789')
const ALGORITHMS = Object.keys(ASYMMETRIC) as AsymmetricAlgorithm[]
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const privateKeys = new Map<AsymmetricAlgorithm, KeyObject>(
  ALGORITHMS.map((alg) => [alg, ASYMMETRIC[alg].keyType === 'rsa' ? rsa : generatePrivateKey(alg)]),
)
const privateKeyOf = (alg: AsymmetricAlgorithm): KeyObject => privateKeys.get(alg) ?? rsa
const pemOf = (key: KeyObject): Secret => new Secret(key.export({ format: 'pem', type: 'pkcs8' }).toString())
const bytes = (signature: string | undefined) => Buffer.from(signature ?? '', 'base64url')
const headerText = (header: string) => Buffer.from(header, 'base64url').toString()

describe.each(ALGORITHMS)('an asymmetric key | %s', (alg) => {
  const key = asymmetricKey({ alg, privateKey: privateKeyOf(alg) })

  it('checks what it signed, and nothing else', async () => {
    const signature = bytes(await key.sign?.('input'))
    expect(key.verify('input', signature)).toBe(true)
    expect(key.verify('inpux', signature)).toBe(false)
  })

  it('refuses signatures of any wrong length without an exception', async () => {
    const signature = bytes(await key.sign?.('input'))
    for (const wrong of [
      Buffer.alloc(0),
      signature.subarray(1),
      signature.subarray(0, -1),
      Buffer.concat([signature, Buffer.alloc(1)]),
      Buffer.concat([Buffer.alloc(1), signature]),
      Buffer.alloc(signature.length),
      Buffer.alloc(signature.length, 0xff),
      Buffer.alloc(5000, 1),
    ])
      expect(key.verify('input', wrong)).toBe(false)
  })

  it('refuses a signature without the zeros that it begins with', async () => {
    let signature = bytes(await key.sign?.('input 0'))
    let text = 'input 0'
    for (let i = 1; signature[0] !== 0 && i < 5000; i += 1) {
      text = `input ${i}`
      signature = bytes(await key.sign?.(text))
    }
    expect(key.verify(text, signature)).toBe(true)
    expect(key.verify(text, signature.subarray(1))).toBe(false)
  })

  it('takes its id from the key itself, as every other program would (RFC 7638)', async () => {
    expect(key.kid).toBe(
      await jose.calculateJwkThumbprint(await jose.exportJWK(createPublicKey(privateKeyOf(alg)))),
    )
    expect(headerText(key.header)).toBe(`{"alg":"${alg}","typ":"JWT","kid":"${key.kid}"}`)
  })

  it('security: publishes no private member', () => {
    const jwk = key.publicJwk()
    expect(jwk).toMatchObject({ kid: key.kid, use: 'sig', alg })
    expect(
      Object.keys(jwk ?? {}).filter((member) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].includes(member)),
    ).toEqual([])
  })

  it('only checks when it has no private half', async () => {
    const checker = asymmetricKey({ alg, publicKey: createPublicKey(privateKeyOf(alg)) })
    expect(checker.sign).toBeNull()
    expect(checker.verify('input', bytes(await key.sign?.('input')))).toBe(true)
    expect(checker.header).toBe(key.header)
  })

  it('can be made of PEM texts', () => {
    const privateKey = pemOf(privateKeyOf(alg))
    const publicKey = createPublicKey(privateKeyOf(alg)).export({ format: 'pem', type: 'spki' }).toString()
    expect(asymmetricKey({ alg, privateKey, publicKey, kid: 'mine' }).kid).toBe('mine')
  })

  it('security: prints nothing of the key', () => {
    const { d = '' } = privateKeyOf(alg).export({ format: 'jwk' })
    expect(d).not.toBe('')
    expect(inspect(key, { depth: 9, showHidden: true }) + JSON.stringify(key)).not.toContain(d)
  })
})

describe('an asymmetric key | that does not fit', () => {
  const ed25519 = generatePrivateKey('EdDSA')
  const p256 = generatePrivateKey('ES256')

  it.each([
    ['an EC key for EdDSA', 'EdDSA', p256, /type ed25519/],
    ['an Ed448 key for EdDSA', 'EdDSA', generateKeyPairSync('ed448').privateKey, /type ed25519/],
    ['an X25519 key for EdDSA', 'EdDSA', generateKeyPairSync('x25519').privateKey, /type ed25519/],
    ['an Ed25519 key for ES256', 'ES256', ed25519, /type ec/],
    ['P-256 for ES384', 'ES384', p256, /curve secp384r1/],
    [
      'secp256k1 for ES256',
      'ES256',
      generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey,
      /prime256v1/,
    ],
    [
      '1024 bits for RS256',
      'RS256',
      generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey,
      /2048 bits/,
    ],
    [
      'exponent 3 for RS256',
      'RS256',
      generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }).privateKey,
      /exponent/,
    ],
    [
      'an RSA-PSS key for RS256',
      'RS256',
      generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey,
      /type rsa/,
    ],
    ['a public key as the private one', 'EdDSA', createPublicKey(ed25519), /private key is needed/],
  ] as const)('is refused at start: %s', (_, alg, privateKey, message) => {
    const make = () => asymmetricKey({ alg, privateKey })
    expect(make).toThrow(TypeError)
    expect(make).toThrow(message)
  })

  it('is refused at start: two halves that are not a pair', () => {
    const publicKey = createPublicKey(generatePrivateKey('EdDSA'))
    expect(() => asymmetricKey({ alg: 'EdDSA', privateKey: ed25519, publicKey })).toThrow('not a pair')
  })

  it('is refused at start: no key at all, or a private key in place of the public one', () => {
    expect(() => asymmetricKey({ alg: 'EdDSA' })).toThrow(TypeError)
    expect(() => asymmetricKey({ alg: 'EdDSA', publicKey: ed25519 })).toThrow('public key is needed')
  })

  it('security: is refused without repeating a broken PEM text', () => {
    const privateKey = new Secret('-----BEGIN PRIVATE KEY-----\nZm9vYmFy\n-----END PRIVATE KEY-----')
    const make = () => asymmetricKey({ alg: 'EdDSA', privateKey })
    expect(make).toThrow(TypeError)
    expect(make).not.toThrow('Zm9v')
    expect(() => asymmetricKey({ alg: 'EdDSA', publicKey: 'nonsense' })).toThrow(TypeError)
  })
})

describe('making a private key | for each kind of algorithm', () => {
  it('fits the algorithm; RSA has 3072 bits', () => {
    expect(asymmetricKey({ alg: 'ES512', privateKey: generatePrivateKey('ES512') }).alg).toBe('ES512')
    expect(generatePrivateKey('PS256').asymmetricKeyDetails?.modulusLength).toBe(3072)
  })
})

describe('an HMAC key | of our own', () => {
  it('has one header, with its id', () => {
    const key = hmacKey({ secret, alg: 'HS256', kid: 'r1' })
    expect(headerText(key.header)).toBe('{"alg":"HS256","typ":"JWT","kid":"r1"}')
    expect([...key.acceptedHeaders]).toEqual([key.header])
  })

  it.each([
    ['HS256', 32],
    ['HS384', 48],
    ['HS512', 64],
  ] as const)('%s needs %i bytes of secret (RFC 7518 §3.2)', (alg, least) => {
    expect(() => hmacKey({ secret: new Secret('x'.repeat(least - 1)), alg })).toThrow(TypeError)
    expect(hmacKey({ secret: new Secret('x'.repeat(least)), alg }).alg).toBe(alg)
  })

  it('security: a PEM key is no secret, for its public half is known to all', () => {
    const publicKey = createPublicKey(rsa).export({ format: 'pem', type: 'spki' }).toString()
    for (const compatible of [true, false])
      expect(() => hmacKey({ secret: new Secret(publicKey), alg: 'HS256', compatible })).toThrow('PEM')
  })

  it('security: is never published and never printed', () => {
    const key = hmacKey({ secret, alg: 'HS256' })
    expect(key.publicJwk()).toBeNull()
    expect(inspect(key, { depth: 9, showHidden: true })).not.toContain('that is what HS512 asks')
  })

  it('security: only the whole MAC counts', async () => {
    const key = hmacKey({ secret, alg: 'HS256' })
    const mac = bytes(await key.sign?.('input'))
    expect(key.verify('input', mac)).toBe(true)
    for (let length = 0; length < mac.length; length++)
      expect(key.verify('input', mac.subarray(0, length))).toBe(false)
    expect(key.verify('input', Buffer.concat([mac, Buffer.alloc(1)]))).toBe(false)
  })

  it('checks what a former secret signed, but signs with the current one', async () => {
    const former = new Secret('the secret that was used before this one')
    const old = hmacKey({ secret: former, alg: 'HS256' })
    const key = hmacKey({ secret, alg: 'HS256', formerSecrets: [former] })
    expect(key.verify('input', bytes(await old.sign?.('input')))).toBe(true)
    expect(old.verify('input', bytes(await key.sign?.('input')))).toBe(false)
  })
})

describe('an HMAC key | shared with SimpleJWT', () => {
  const key = hmacKey({ secret: new Secret('django-insecure-ключ'), alg: 'HS256', compatible: true })

  it('issues the very header of SimpleJWT', () => {
    expect(headerText(key.header)).toBe('{"alg":"HS256","typ":"JWT"}')
  })

  it('accepts the three spellings that PyJWT and jose issue, and no other', () => {
    expect([...key.acceptedHeaders].map(headerText)).toEqual([
      '{"alg":"HS256","typ":"JWT"}',
      '{"typ":"JWT","alg":"HS256"}',
      '{"alg":"HS256"}',
    ])
  })

  it('signs as PyJWT does with the same secret, which may be short and not ASCII', async () => {
    expect(await key.sign?.('eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhIjoxfQ')).toBe(
      'QleZz9VGvIGUNjQQuMDooAriCu55cVdCJmSLFJjPhEw',
    )
  })

  it('has neither an id nor an empty secret', () => {
    expect(() => hmacKey({ secret, alg: 'HS256', compatible: true, kid: 'x' })).toThrow(TypeError)
    expect(() => hmacKey({ secret: new Secret(''), alg: 'HS256', compatible: true })).toThrow(TypeError)
  })
})
