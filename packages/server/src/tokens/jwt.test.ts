/** Tests of making and reading tokens, and of the times, issuer and audience in them. */
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import type { Claims } from './jwt.ts'
import { checkTimes, decodeJwt, encodeJwt, JwtFault } from './jwt.ts'
import { createKeyRing } from './key-ring.ts'
import { asymmetricKey, generatePrivateKey, hmacKey } from './keys.ts'

const secret = 'a secret that is long enough for HS256'
const hmac = hmacKey({ secret: new Secret(secret), alg: 'HS256', kid: 'h' })
const ed = asymmetricKey({ alg: 'EdDSA', privateKey: generatePrivateKey('EdDSA') })
const ring = createKeyRing({ current: ed, others: [hmac] })

const reasonOf = (step: () => unknown): string => {
  try {
    step()
  } catch (fault) {
    if (fault instanceof JwtFault) return fault.reason
    throw fault
  }
  return 'accepted'
}
/** A token with a good signature around any payload at all. */
const signed = (payload: string | Buffer): string => {
  const input = `${hmac.header}.${Buffer.from(payload).toString('base64url')}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

describe('tokens | made here and read here', () => {
  it('give back every claim, whatever its value', async () => {
    const claims = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), {
      maxKeys: 8,
      noNullPrototype: true,
    })
    await fc.assert(
      fc.asyncProperty(claims, fc.constantFrom(ed, hmac), async (value, key) => {
        expect(decodeJwt(await encodeJwt(key, value as Claims), ring)).toEqual(
          JSON.parse(JSON.stringify(value)),
        )
      }),
    )
  })

  it('cannot be made with a key that only checks', async () => {
    await expect(encodeJwt({ ...ed, sign: null }, {})).rejects.toThrow(TypeError)
  })

  it('cannot be made longer than what is accepted', async () => {
    await expect(encodeJwt(ed, { text: 'x'.repeat(8192) })).rejects.toThrow(TypeError)
    expect(decodeJwt(await encodeJwt(ed, { text: 'x'.repeat(5000) }), ring).text).toHaveLength(5000)
  })
})

describe('tokens | somebody changes them', () => {
  it.each([
    ['HS256', hmac],
    ['EdDSA', ed],
  ] as const)('security: any one-bit change of an %s token is refused', async (_, key) => {
    const token = Buffer.from(await encodeJwt(key, { user_id: 1, exp: 1 }), 'latin1')
    for (let bit = 0; bit < token.length * 8; bit++) {
      const changed = Buffer.from(token)
      changed[bit >> 3] = (token[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(reasonOf(() => decodeJwt(changed.toString('latin1'), ring))).not.toBe('accepted')
    }
  })

  it('security: no text at all is accepted that we did not make', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(reasonOf(() => decodeJwt(text, ring))).not.toBe('accepted')
      }),
    )
  })
})

describe('tokens | well signed, but with a payload that means several things or none', () => {
  it.each([
    ['a name twice', '{"user_id":1,"user_id":2}'],
    ['a name twice, once with an escape', '{"exp":1,"\\u0065xp":2}'],
    ['a name twice inside a claim', '{"a":{"b":1,"b":2}}'],
    ['a name twice inside a list', '{"a":[{"b":1,"b":2}]}'],
    ['a name twice, with strings full of brackets between', '{"a":"}{[\\"","b":"]","a":2}'],
    ['a list', '[1]'],
    ['a text', '"claims"'],
    ['a number', '1'],
    ['null', 'null'],
    ['not JSON', 'claims'],
    ['something behind the object', '{} {}'],
    ['a comma too many', '{"a":1,}'],
    ['a comment', '{"a":1}//x'],
    ['NaN, which Python would take', '{"exp":NaN}'],
    ['a byte order mark', '\ufeff{"a":1}'],
    ['NUL behind the object', '{"a":1}\0'],
    ['a bare NUL in a text', '{"a":"\0"}'],
    ['brackets without end', `{"a":${'['.repeat(3000)}`],
    ['33 levels below a name that comes twice', `{"a":${'['.repeat(32)}${']'.repeat(32)},"a":1}`],
    ['33 levels', `{"a":${'['.repeat(32)}${']'.repeat(32)}}`],
  ])('security: %s is refused', (_, payload) => {
    expect(reasonOf(() => decodeJwt(signed(payload), ring))).toBe('payload')
  })

  it.each([
    ['a stray byte', [0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]],
    ['an overlong form', [0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc0, 0x80, 0x22, 0x7d]],
    ['half a pair', [0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d]],
  ])('security: text that is not UTF-8 is refused: %s', (_, payload) => {
    expect(reasonOf(() => decodeJwt(signed(Buffer.from(payload)), ring))).toBe('payload')
  })

  it('takes 32 levels, the same name in different objects, any spelling of JSON, and names that JavaScript treats specially', () => {
    expect(reasonOf(() => decodeJwt(signed(`{"a":${'['.repeat(31)}${']'.repeat(31)}}`), ring))).toBe(
      'accepted',
    )
    expect(decodeJwt(signed('{"a":{"a":[{"a":"a:a"},{"a":1}]},"b":"a"}'), ring).b).toBe('a')
    expect(decodeJwt(signed(' { "b" : 1e3, "2" : "\\u0061", "1" : 0 } '), ring)).toEqual({
      b: 1000,
      2: 'a',
      1: 0,
    })
    const claims = decodeJwt(signed('{"__proto__":{"admin":true},"constructor":1}'), ring)
    expect(Object.keys(claims)).toEqual(['__proto__', 'constructor'])
    expect(claims.admin).toBeUndefined()
    expect({ ...claims }.admin).toBeUndefined()
  })
})

describe('tokens | what is checked first', () => {
  it('security: the payload is not parsed before the signature was checked', () => {
    const [header, , signature] = signed('{}').split('.')
    const nonsense = Buffer.from('not JSON').toString('base64url')
    expect(reasonOf(() => decodeJwt(`${header}.${nonsense}.${signature}`, ring))).toBe('signature')
  })

  it('says of a refused token why, and nothing of what is in it', () => {
    expect(() => decodeJwt('a.YQ.YQ', ring)).toThrow(/^the token is refused: unknown_header$/)
  })
})

const NOW = 1_700_000_000
const times = (claims: Claims, more = {}): string =>
  reasonOf(() => checkTimes(claims, { now: NOW, leeway: 0, ...more }))

describe('times | as PyJWT 2.6 counts them', () => {
  it('a token has expired in the very second that it names', () => {
    expect(times({ exp: NOW + 1 })).toBe('accepted')
    expect(times({ exp: NOW })).toBe('expired')
  })

  it('a token is good from the very second that it names', () => {
    for (const claim of ['nbf', 'iat']) {
      expect(times({ [claim]: NOW })).toBe('accepted')
      expect(times({ [claim]: NOW + 1 })).toBe('not_yet_valid')
    }
  })

  it('clocks may differ by the leeway, and not by more', () => {
    expect(times({ exp: NOW - 9, nbf: NOW + 10, iat: NOW + 10 }, { leeway: 10 })).toBe('accepted')
    expect(times({ exp: NOW - 10 }, { leeway: 10 })).toBe('expired')
    expect(times({ nbf: NOW + 11 }, { leeway: 10 })).toBe('not_yet_valid')
  })

  it('a token without times passes: who needs one asks for it', () => {
    expect(times({})).toBe('accepted')
  })

  it('a token that is both too young and expired is called too young', () => {
    expect(times({ exp: 1, iat: NOW + 9 })).toBe('not_yet_valid')
  })

  // each row was observed on PyJWT 2.6.0; where it crashes with a TypeError or OverflowError, we refuse
  it.each([
    [true, 'expired'],
    [1.9, 'expired'],
    [NOW + 0.5, 'expired'],
    [1e20, 'accepted'],
    [`${NOW + 1}`, 'accepted'],
    [` +${NOW + 1}\n`, 'accepted'],
    ['1_700_000_001', 'accepted'],
    ['-5', 'expired'],
    ['9'.repeat(30), 'accepted'],
    ['1__0', 'invalid_time'],
    ['_1', 'invalid_time'],
    ['1.5', 'invalid_time'],
    ['0x10', 'invalid_time'],
    ['1e3', 'invalid_time'],
    ['', 'invalid_time'],
    ['never', 'invalid_time'],
    ['Infinity', 'invalid_time'],
    [null, 'invalid_time'],
    [[NOW + 9], 'invalid_time'],
    [{}, 'invalid_time'],
    [Number.POSITIVE_INFINITY, 'invalid_time'],
  ])('exp %j: %s', (exp, reason) => {
    expect(times({ exp })).toBe(reason)
  })

  it.each([
    [true, 'accepted'],
    [NOW + 0.5, 'accepted'],
    ['1', 'accepted'],
    [`${NOW + 1}`, 'not_yet_valid'],
    ['x', 'invalid_time'],
    [null, 'invalid_time'],
  ])('nbf %j: %s', (nbf, reason) => {
    expect(times({ nbf })).toBe(reason)
  })

  it.each([
    [true, 'accepted'],
    [-1, 'accepted'],
    [NOW + 0.5, 'not_yet_valid'],
    ['1', 'invalid_time'],
    ['x', 'invalid_time'],
    [null, 'invalid_time'],
    [[], 'invalid_time'],
  ])('iat %j: %s', (iat, reason) => {
    expect(times({ iat })).toBe(reason)
  })
})

describe('issuer and audience | as PyJWT 2.6 under SimpleJWT compares them', () => {
  it.each([
    ['us', 'accepted'],
    ['Us', 'issuer'],
    [['us'], 'issuer'],
    [null, 'issuer'],
    [undefined, 'issuer'],
  ])('iss %j where "us" is expected: %s', (iss, reason) => {
    expect(times({ iss }, { issuer: 'us' })).toBe(reason)
  })

  it.each([
    ['us', 'accepted'],
    [['them', 'us'], 'accepted'],
    [['them'], 'audience'],
    [['us', 1], 'audience'],
    ['use', 'audience'],
    ['', 'audience'],
    [[], 'audience'],
    [{ us: 1 }, 'audience'],
    [null, 'audience'],
    [undefined, 'audience'],
  ])('aud %j where "us" is expected: %s', (aud, reason) => {
    expect(times({ aud }, { audience: 'us' })).toBe(reason)
  })

  it('neither is looked at where none is expected', () => {
    expect(times({ iss: 'x', aud: 1 }, { issuer: null, audience: null })).toBe('accepted')
  })
})
