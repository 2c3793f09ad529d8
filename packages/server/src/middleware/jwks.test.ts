/** A set of keys as other servers publish it: what is of use is used, and nothing else in it does harm. */
import { describe, expect, it } from 'vitest'
import { asymmetricKey, generatePrivateKey } from '../tokens/keys.ts'
import { createKeyFinder, keysByHeader } from './jwks.ts'

const ed = asymmetricKey({ alg: 'EdDSA', privateKey: generatePrivateKey('EdDSA') })
const es = asymmetricKey({ alg: 'ES256', privateKey: generatePrivateKey('ES256') })
const published = (key: typeof ed) => ({ ...key.publicJwk() })

describe('a set of keys', () => {
  it('gives each key by the one header that it accepts', async () => {
    const keys = keysByHeader([published(ed), published(es)])
    expect([...keys.keys()]).toEqual([ed.header, es.header])
    expect(keys.get(ed.header)?.verify('a.b', Buffer.from((await ed.sign?.('a.b')) ?? '', 'base64url'))).toBe(
      true,
    )
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

describe('keys that are fetched', () => {
  /** A server that publishes what `set` holds, and counts how often it is asked. */
  function server(set: object[]) {
    const asked = { times: 0 }
    const get: typeof fetch = async () => {
      asked.times += 1
      return Response.json({ keys: set })
    }
    const time = { now: 0 }
    const deps = { fetch: get, monotonic: () => time.now }
    return { asked, time, finder: createKeyFinder({ jwksUrl: 'http://127.0.0.1/jwks' }, deps) }
  }

  it('are fetched once for any number of requests', async () => {
    const { asked, finder } = server([published(ed)])
    await Promise.all(Array.from({ length: 50 }, () => finder.prepare(ed.header)))
    expect(finder.byHeader(ed.header)).toBeDefined()
    expect(asked.times).toBe(1)
  })

  it('a key that is published a moment later is found by the request that needs it', async () => {
    const set = [published(ed)]
    const { asked, finder } = server(set)
    await finder.prepare(ed.header)
    set.push(published(es))
    await Promise.all(Array.from({ length: 50 }, () => finder.prepare(es.header)))
    expect(finder.byHeader(es.header)).toBeDefined()
    expect(asked.times).toBe(2)
  })

  it('security: headers that no key of the set could have cause no request', async () => {
    const { asked, finder } = server([published(ed)])
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const headers = [
      '',
      'nonsense',
      encode({ alg: 'none' }),
      encode({ alg: 'EdDSA' }),
      encode({ alg: 'HS256', kid: 'x' }),
      encode({ alg: 'EdDSA', kid: 1 }),
      encode({ alg: 'EdDSA', kid: 'x'.repeat(1000) }),
    ]
    for (const header of headers) await finder.prepare(header)
    expect(asked.times).toBe(0)
  })

  it('security: made-up key ids cannot make it flood the server', async () => {
    const { asked, finder } = server([published(ed)])
    const madeUp = Array.from({ length: 200 }, (_, id) =>
      Buffer.from(JSON.stringify({ alg: 'EdDSA', typ: 'JWT', kid: `made-up-${id}` })).toString('base64url'),
    )
    await Promise.all(madeUp.map((header) => finder.prepare(header)))
    expect(asked.times).toBeLessThanOrEqual(2)
  })

  it('security: a key that was retired checks no token after five minutes, not even the first one', async () => {
    const set = [published(ed), published(es)]
    const { finder, time } = server(set)
    await finder.prepare(ed.header)
    set.shift()
    time.now = 299_999
    await finder.prepare(ed.header)
    expect(finder.byHeader(ed.header)).toBeDefined()
    time.now = 300_000
    const all = Array.from({ length: 9 }, async () => {
      await finder.prepare(ed.header)
      return finder.byHeader(ed.header)
    })
    expect(new Set(await Promise.all(all))).toEqual(new Set([undefined]))
    expect(finder.byHeader(es.header)).toBeDefined()
  })

  it('go on checking while the server is away, which is waited for once', async () => {
    let answer = async () => Response.json({ keys: [published(ed)] })
    const time = { now: 0 }
    const deps = { fetch: () => answer(), monotonic: () => time.now }
    const finder = createKeyFinder({ jwksUrl: 'http://127.0.0.1/jwks' }, deps)
    await finder.prepare(ed.header)
    answer = () => Promise.reject(new TypeError('away'))
    time.now = 300_000
    await finder.prepare(ed.header)
    answer = () => new Promise(() => {})
    time.now = 310_000
    await finder.prepare(ed.header)
    expect(finder.byHeader(ed.header)).toBeDefined()
  })

  it('answers 503 while none could ever be fetched', async () => {
    const get: typeof fetch = async () => new Response('', { status: 500 })
    const finder = createKeyFinder({ jwksUrl: 'http://127.0.0.1/jwks' }, { fetch: get })
    await expect(finder.prepare(ed.header)).rejects.toMatchObject({ code: 'unavailable' })
  })
})
