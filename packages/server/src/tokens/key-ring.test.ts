/** Tests of the ring: which key checks which token, what is published, exchange of keys. */
import { createPublicKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import { decodeJwt, encodeJwt } from './jwt.ts'
import { createKeyRing } from './key-ring.ts'
import { asymmetricKey, generatePrivateKey, hmacKey } from './keys.ts'

const secret = new Secret('a secret that is long enough for HS256')
const ed = () => asymmetricKey({ alg: 'EdDSA', privateKey: generatePrivateKey('EdDSA') })

describe('key ring | several keys', () => {
  const [current, retiring] = [ed(), ed()]
  const hmac = hmacKey({ secret, alg: 'HS256', kid: 'refresh' })
  const ring = createKeyRing({ current, others: [retiring, hmac] })

  it('finds a key by the whole header, never by a part of it', () => {
    expect(ring.byHeader(retiring.header)).toBe(retiring)
    expect(ring.byHeader(hmac.header)).toBe(hmac)
    expect(ring.byHeader(`${current.header}A`)).toBeUndefined()
    expect(ring.byHeader('')).toBeUndefined()
    expect(ring.byHeader('__proto__')).toBeUndefined()
  })

  it('publishes the public keys, current and retiring', () => {
    expect(ring.jwks().keys.map((key) => key.kid)).toEqual([current.kid, retiring.kid])
  })

  it('security: never publishes a shared secret', () => {
    expect(JSON.stringify(ring.jwks())).not.toContain('oct')
    expect(createKeyRing({ current: hmac, others: [] }).jwks()).toEqual({ keys: [] })
  })

  it('finds a key under each spelling it accepts', () => {
    const compatible = hmacKey({ secret, alg: 'HS256', compatible: true })
    const mixed = createKeyRing({ current, others: [compatible] })
    for (const header of compatible.acceptedHeaders) expect(mixed.byHeader(header)).toBe(compatible)
  })
})

describe('key ring | keys are exchanged', () => {
  it('signs and checks with the new keys from then on', async () => {
    const [old, fresh] = [ed(), ed()]
    const ring = createKeyRing({ current: old, others: [] })
    const token = await encodeJwt(ring.current, { a: 1 })
    ring.replace({ current: fresh, others: [old] })
    expect(ring.current).toBe(fresh)
    expect(decodeJwt(token, ring)).toEqual({ a: 1 })
    ring.replace({ current: fresh, others: [] })
    expect(() => decodeJwt(token, ring)).toThrow('unknown_header')
  })

  it('keeps the old keys when the new ones do not go together', () => {
    const current = ed()
    const ring = createKeyRing({ current, others: [] })
    const twin = hmacKey({ secret, alg: 'HS256' })
    expect(() => ring.replace({ current: twin, others: [twin] })).toThrow(TypeError)
    expect(ring.current).toBe(current)
    expect(ring.byHeader(twin.header)).toBeUndefined()
  })

  it('needs a current key that can sign', () => {
    const publicKey = createPublicKey(generatePrivateKey('EdDSA'))
    const checker = asymmetricKey({ alg: 'EdDSA', publicKey })
    expect(() => createKeyRing({ current: checker, others: [] })).toThrow(TypeError)
    expect(createKeyRing({ current: ed(), others: [checker] }).byHeader(checker.header)).toBe(checker)
  })
})
