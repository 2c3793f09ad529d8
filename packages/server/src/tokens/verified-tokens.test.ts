import { describe, expect, it } from 'vitest'
import { encodeJwt } from './jwt.ts'
import { createKeyRing } from './key-ring.ts'
import type { TokenKey } from './keys.ts'
import { asymmetricKey, generatePrivateKey } from './keys.ts'
import { createTokenReader } from './verified-tokens.ts'

/** A real key that counts how often it checks. */
function countingKey() {
  const key = asymmetricKey({ alg: 'EdDSA', privateKey: generatePrivateKey('EdDSA') })
  const counted = { checks: 0 }
  const counting: TokenKey = {
    ...key,
    verify: (input, signature) => {
      counted.checks += 1
      return key.verify(input, signature)
    },
  }
  return { key: counting, counted }
}

const spoiled = (token: string): string => {
  const [header, payload, signature = ''] = token.split('.')
  const other = signature.startsWith('A') ? 'B' : 'A'
  return [header, payload, `${other}${signature.slice(1)}`].join('.')
}

describe('tokens that were checked before', () => {
  it('say the same without another signature check', async () => {
    const { key, counted } = countingKey()
    const read = createTokenReader(createKeyRing({ current: key, others: [] }))
    const token = await encodeJwt(key, { sub: 'maya', amr: ['pwd'] })
    expect(read(token)).toEqual({ sub: 'maya', amr: ['pwd'] })
    expect(read(token)).toEqual({ sub: 'maya', amr: ['pwd'] })
    expect(counted.checks).toBe(1)
  })

  it('are refused as soon as their key is retired', async () => {
    const { key } = countingKey()
    const { key: next } = countingKey()
    const ring = createKeyRing({ current: key, others: [] })
    const read = createTokenReader(ring)
    const token = await encodeJwt(key, { sub: 'maya' })
    read(token)
    ring.replace({ current: next, others: [] })
    expect(() => read(token)).toThrow('unknown_header')
    ring.replace({ current: next, others: [key] })
    expect(read(token)).toEqual({ sub: 'maya' })
  })

  it('lend nothing to a token that differs in its signature alone', async () => {
    const { key } = countingKey()
    const read = createTokenReader(createKeyRing({ current: key, others: [] }))
    const token = await encodeJwt(key, { sub: 'maya' })
    read(token)
    expect(() => read(spoiled(token))).toThrow('signature')
    expect(read(token)).toEqual({ sub: 'maya' })
  })

  it('cannot be changed by one caller for the next one', async () => {
    const { key } = countingKey()
    const read = createTokenReader(createKeyRing({ current: key, others: [] }))
    const token = await encodeJwt(key, { sub: 'maya', amr: ['pwd'] })
    const claims = read(token) as { sub: string; amr: string[] }
    expect(() => {
      claims.sub = 'admin'
    }).toThrow(TypeError)
    expect(() => claims.amr.push('mfa')).toThrow(TypeError)
    expect(read(token)).toEqual({ sub: 'maya', amr: ['pwd'] })
  })

  it('are forgotten when too many others came, and then checked again; those in use stay', async () => {
    const { key, counted } = countingKey()
    const read = createTokenReader(createKeyRing({ current: key, others: [] }), 10)
    const [busy = '', ...others] = await Promise.all(
      Array.from({ length: 31 }, (_, n) => encodeJwt(key, { n })),
    )
    for (const token of others) {
      read(token)
      read(busy)
    }
    expect(counted.checks).toBe(31)
    expect(read(others[0] ?? '')).toEqual({ n: 1 })
    expect(counted.checks).toBe(32)
  })

  it('are not displaced by tokens that were refused', async () => {
    const { key, counted } = countingKey()
    const read = createTokenReader(createKeyRing({ current: key, others: [] }), 2)
    const token = await encodeJwt(key, { sub: 'maya' })
    read(token)
    for (let i = 0; i < 10; i += 1) expect(() => read(spoiled(token))).toThrow('signature')
    const before = counted.checks
    read(token)
    expect(counted.checks).toBe(before)
  })
})
