/** A set of keys as other servers publish it: what is of use is used, and nothing else in it does harm. */
import { describe, expect, it } from 'vitest'
import { asymmetricKey, generatePrivateKey } from '../tokens/keys.ts'
import { keysByHeader } from './jwks.ts'

const ed = asymmetricKey({ alg: 'EdDSA', privateKey: generatePrivateKey('EdDSA') })
const es = asymmetricKey({ alg: 'ES256', privateKey: generatePrivateKey('ES256') })
const published = (key: typeof ed) => ({ ...key.publicJwk() })

describe('a set of keys', () => {
  it('gives each key by the one header that it accepts', () => {
    const keys = keysByHeader([published(ed), published(es)])
    expect([...keys.keys()]).toEqual([ed.header, es.header])
    expect(keys.get(ed.header)?.verify('a.b', Buffer.from(ed.sign?.('a.b') ?? '', 'base64url'))).toBe(true)
  })

  it('may hold keys for other uses and algorithms: they are passed over', () => {
    const foreign = [
      { ...published(es), use: 'enc' },
      { ...published(es), key_ops: ['encrypt'] },
      { ...published(es), alg: 'ECDH-ES' },
      { ...published(es), alg: undefined },
      { ...published(es), alg: 'ES384' },
      { ...published(es), x: 'AAAA' },
      { kty: 'oct', alg: 'HS256', k: 'c2VjcmV0', kid: 'shared' },
      {},
    ]
    expect([...keysByHeader([...foreign, published(ed)]).keys()]).toEqual([ed.header])
  })

  it('two keys with one id are both passed over: nobody could tell which one is meant', () => {
    const other = asymmetricKey({ alg: 'EdDSA', privateKey: generatePrivateKey('EdDSA'), kid: ed.kid ?? '' })
    expect(keysByHeader([published(ed), published(other), published(es)]).has(ed.header)).toBe(false)
  })
})
