/** Tests of the keys at rest: first start, rotation, other processes, and everything that can be wrong. */
import { execFile } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import { decodeJwt, encodeJwt } from './jwt.ts'
import { keyDocumentFile } from './key-document-file.ts'
import { KeyFileError } from './key-file.ts'
import type { KeyStoreDeps } from './key-store.ts'
import { openKeyStore } from './key-store.ts'
import { hmacKey } from './keys.ts'
import { createSealer } from './seal.ts'

const HOUR = 3600
const START = 1_700_000_000_000
const first = new Secret('the first secret, long enough to be one')
const second = new Secret('another secret, which came after the first')
const sealerOf = (...secrets: Secret[]) => createSealer(secrets, 'keys')

let root: string
let path: string
let time: number
const clock = { now: () => time }
const open = (more: Partial<KeyStoreDeps> = {}) =>
  openKeyStore(keyDocumentFile(path), { sealer: sealerOf(first), clock, alg: 'EdDSA', place: path, ...more })
const codeOf = async (step: () => unknown): Promise<string> => {
  try {
    await step()
  } catch (error) {
    if (error instanceof KeyFileError) return error.code
    throw error
  }
  return 'none'
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'doorward-keys-'))
  path = join(root, 'data', 'keys.json')
  time = START
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('stored keys | first start', () => {
  it('makes one key of the configured algorithm', async () => {
    const store = await open({ alg: 'ES256' })
    const kid = store.ring.current.kid
    expect(store.list()).toEqual([
      { kid, alg: 'ES256', state: 'current', createdAt: START, retireAfter: null },
    ])
    expect(store.ring.jwks().keys).toHaveLength(1)
  })

  it('finds the same key at the next start, whatever is configured then', async () => {
    const token = await encodeJwt((await open()).ring.current, { a: 1 })
    const again = await open({ alg: 'ES256' })
    expect(again.ring.current.alg).toBe('EdDSA')
    expect(decodeJwt(token, again.ring)).toEqual({ a: 1 })
  })

  it('security: only the owner can read the file and its directory', async () => {
    await open()
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700)
  })

  it('security: the file shows no private key', async () => {
    await open()
    const text = readFileSync(path, 'utf8')
    expect(text).not.toContain('PRIVATE KEY')
    expect(text).not.toContain('MC4CAQAwBQYDK2Vw')
  })

  it('security: a file that became readable for others is private again after the next change', async () => {
    const store = await open()
    chmodSync(path, 0o644)
    await store.rotate({ alg: 'EdDSA', overlap: 0 })
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('leaves nothing beside the file', async () => {
    await (await open()).rotate({ alg: 'EdDSA', overlap: HOUR })
    expect(readdirSync(dirname(path))).toEqual(['keys.json'])
  })
})

describe('stored keys | rotation', () => {
  it('signs with a new key, and goes on checking with the old one', async () => {
    const store = await open()
    const old = store.ring.current
    const token = await encodeJwt(old, { a: 1 })
    time += 5000
    const made = await store.rotate({ alg: 'ES256', overlap: HOUR })
    expect(made).toMatchObject({ alg: 'ES256', state: 'current', createdAt: START + 5000, retireAfter: null })
    expect(store.ring.current.kid).toBe(made.kid)
    expect(decodeJwt(token, store.ring)).toEqual({ a: 1 })
    expect(store.list().map(({ kid, state, retireAfter }) => ({ kid, state, retireAfter }))).toEqual([
      { kid: made.kid, state: 'current', retireAfter: null },
      { kid: old.kid, state: 'retiring', retireAfter: START + 5000 + HOUR * 1000 },
    ])
    expect(store.ring.jwks().keys.map(({ kid }) => kid)).toEqual([made.kid, old.kid])
  })

  it('lets go of the old key when its time is over, and forgets it at the next change', async () => {
    const store = await open()
    const token = await encodeJwt(store.ring.current, { a: 1 })
    await store.rotate({ alg: 'EdDSA', overlap: HOUR })
    time += HOUR * 1000 - 1
    expect(await store.reload()).toBe(false)
    expect(decodeJwt(token, store.ring)).toEqual({ a: 1 })
    time += 1
    expect(await store.reload()).toBe(true)
    expect(() => decodeJwt(token, store.ring)).toThrow('unknown_header')
    expect(await store.reload()).toBe(false)
    await store.rotate({ alg: 'EdDSA', overlap: 0 })
    expect(JSON.parse(readFileSync(path, 'utf8')).keys).toHaveLength(2)
  })

  it('publishes a prepared key before it signs', async () => {
    const store = await open()
    const next = await store.prepare({ alg: 'EdDSA' })
    expect(store.ring.current.kid).not.toBe(next.kid)
    expect(store.ring.jwks().keys.map(({ kid }) => kid)).toContain(next.kid)
    expect(await store.prepare({ alg: 'EdDSA' })).toEqual(next)
    expect((await store.rotate({ alg: 'EdDSA', overlap: HOUR })).kid).toBe(next.kid)
    expect(
      store
        .list()
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['current', 'retiring'])
  })

  it('exchanges a prepared key of another algorithm', async () => {
    const store = await open()
    const next = await store.prepare({ alg: 'EdDSA' })
    expect((await store.prepare({ alg: 'ES256' })).alg).toBe('ES256')
    expect(store.list().map(({ kid }) => kid)).not.toContain(next.kid)
  })

  it('refuses an overlap that is no time', async () => {
    const store = await open()
    for (const overlap of [-1, Number.NaN])
      await expect(store.rotate({ alg: 'EdDSA', overlap })).rejects.toThrow(TypeError)
    expect(store.list()).toHaveLength(1)
  })

  it('keeps keys from elsewhere in the ring through every change', async () => {
    const refresh = hmacKey({ secret: first, alg: 'HS256', kid: 'refresh' })
    const store = await open({ others: [refresh] })
    await store.rotate({ alg: 'EdDSA', overlap: HOUR })
    expect(store.ring.byHeader(refresh.header)).toBe(refresh)
  })
})

describe('stored keys | a key became known', () => {
  it('is forgotten at once: what it signed is refused', async () => {
    const store = await open()
    const old = store.ring.current
    const token = await encodeJwt(old, { a: 1 })
    await store.rotate({ alg: 'EdDSA', overlap: HOUR })
    await store.retire(old.kid ?? '')
    expect(() => decodeJwt(token, store.ring)).toThrow('unknown_header')
    expect(readFileSync(path, 'utf8')).not.toContain(old.kid)
  })

  it('cannot be the one that signs, or one that does not exist', async () => {
    const store = await open()
    expect(await codeOf(() => store.retire(store.ring.current.kid ?? ''))).toBe('key_in_use')
    expect(await codeOf(() => store.retire('x'))).toBe('unknown_key')
    expect(store.list()).toHaveLength(1)
  })
})

describe('stored keys | another process changes them', () => {
  it('a running server follows a rotation, and accepts the tokens of before', async () => {
    const server = await open()
    const ring = server.ring
    const before = await encodeJwt(ring.current, { a: 1 })
    const made = await (await open()).rotate({ alg: 'EdDSA', overlap: HOUR })
    expect(ring.current.kid).not.toBe(made.kid)
    expect(await server.reload()).toBe(true)
    expect(ring.current.kid).toBe(made.kid)
    expect(decodeJwt(before, ring)).toEqual({ a: 1 })
    expect(await server.reload()).toBe(false)
  })

  it('a change builds on what the other one wrote, not on what was read at start', async () => {
    const [a, b] = [await open(), await open()]
    await a.rotate({ alg: 'EdDSA', overlap: HOUR })
    await b.rotate({ alg: 'EdDSA', overlap: HOUR })
    expect(b.list()).toHaveLength(3)
  })

  it('four processes that start and rotate at the same time lose no key', { timeout: 60_000 }, async () => {
    const module = (file: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, file)).href)
    const program = `
      import { openKeyStore } from ${module('key-store.ts')}
      import { keyDocumentFile } from ${module('key-document-file.ts')}
      import { createSealer } from ${module('seal.ts')}
      import { Secret } from ${module('../domain/secret.ts')}
      const sealer = createSealer([new Secret(${JSON.stringify(first.reveal())})], 'keys')
      const place = ${JSON.stringify(path)}
      const store = await openKeyStore(keyDocumentFile(place), { sealer, clock: { now: () => ${START} }, alg: 'EdDSA', place })
      for (let i = 0; i < 3; i++) await store.rotate({ alg: 'EdDSA', overlap: 3600 })`
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program])
    await Promise.all([run(), run(), run(), run()])
    const states = (await open()).list().map(({ state }) => state)
    expect(states.filter((state) => state === 'current')).toHaveLength(1)
    expect(states.filter((state) => state === 'retiring')).toHaveLength(12)
  })

  it('says what to do about a lock that a crash left behind', { timeout: 15_000 }, async () => {
    const store = await open()
    writeFileSync(`${path}.lock`, '')
    await expect(store.rotate({ alg: 'EdDSA', overlap: 0 })).rejects.toThrow(`delete ${path}.lock`)
    expect(store.list()).toHaveLength(1)
    expect(existsSync(`${path}.lock`)).toBe(true)
  })
})

describe('stored keys | the secret is replaced', () => {
  it('opens with the new secret first and the former second, and from then on without the former', async () => {
    await open()
    const store = await open({ sealer: sealerOf(second, first) })
    expect(await codeOf(() => open({ sealer: sealerOf(first) }))).toBe('wrong_secret')
    await store.rotate({ alg: 'EdDSA', overlap: HOUR })
    expect((await open({ sealer: sealerOf(second) })).list()).toHaveLength(2)
  })

  it('says what to do when the secret does not open the keys, and shows no secret', async () => {
    await open()
    const step = () => open({ sealer: sealerOf(second) })
    await expect(step()).rejects.toThrow('Add the former secret behind the new one in DOORWARD_SECRET')
    await expect(step()).rejects.not.toThrow(second.reveal())
  })
})
