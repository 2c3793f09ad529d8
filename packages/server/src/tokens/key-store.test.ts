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
import { KeyFileError } from './key-file.ts'
import type { KeyStoreDeps } from './key-store.ts'
import { openKeyFile } from './key-store.ts'
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
  openKeyFile(path, { sealer: sealerOf(first), clock, alg: 'EdDSA', ...more })
const codeOf = (step: () => unknown): string => {
  try {
    step()
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
  it('makes one key of the configured algorithm', () => {
    const store = open({ alg: 'ES256' })
    const kid = store.ring.current.kid
    expect(store.list()).toEqual([
      { kid, alg: 'ES256', state: 'current', createdAt: START, retireAfter: null },
    ])
    expect(store.ring.jwks().keys).toHaveLength(1)
  })

  it('finds the same key at the next start, whatever is configured then', () => {
    const token = encodeJwt(open().ring.current, { a: 1 })
    const again = open({ alg: 'ES256' })
    expect(again.ring.current.alg).toBe('EdDSA')
    expect(decodeJwt(token, again.ring)).toEqual({ a: 1 })
  })

  it('security: only the owner can read the file and its directory', () => {
    open()
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700)
  })

  it('security: the file shows no private key', () => {
    open()
    const text = readFileSync(path, 'utf8')
    expect(text).not.toContain('PRIVATE KEY')
    expect(text).not.toContain('MC4CAQAwBQYDK2Vw')
  })

  it('security: a file that became readable for others is private again after the next change', () => {
    const store = open()
    chmodSync(path, 0o644)
    store.rotate({ alg: 'EdDSA', overlap: 0 })
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('leaves nothing beside the file', () => {
    open().rotate({ alg: 'EdDSA', overlap: HOUR })
    expect(readdirSync(dirname(path))).toEqual(['keys.json'])
  })
})

describe('stored keys | rotation', () => {
  it('signs with a new key, and goes on checking with the old one', () => {
    const store = open()
    const old = store.ring.current
    const token = encodeJwt(old, { a: 1 })
    time += 5000
    const made = store.rotate({ alg: 'ES256', overlap: HOUR })
    expect(made).toMatchObject({ alg: 'ES256', state: 'current', createdAt: START + 5000, retireAfter: null })
    expect(store.ring.current.kid).toBe(made.kid)
    expect(decodeJwt(token, store.ring)).toEqual({ a: 1 })
    expect(store.list().map(({ kid, state, retireAfter }) => ({ kid, state, retireAfter }))).toEqual([
      { kid: made.kid, state: 'current', retireAfter: null },
      { kid: old.kid, state: 'retiring', retireAfter: START + 5000 + HOUR * 1000 },
    ])
    expect(store.ring.jwks().keys.map(({ kid }) => kid)).toEqual([made.kid, old.kid])
  })

  it('lets go of the old key when its time is over, and forgets it at the next change', () => {
    const store = open()
    const token = encodeJwt(store.ring.current, { a: 1 })
    store.rotate({ alg: 'EdDSA', overlap: HOUR })
    time += HOUR * 1000 - 1
    expect(store.reload()).toBe(false)
    expect(decodeJwt(token, store.ring)).toEqual({ a: 1 })
    time += 1
    expect(store.reload()).toBe(true)
    expect(() => decodeJwt(token, store.ring)).toThrow('unknown_header')
    expect(store.reload()).toBe(false)
    store.rotate({ alg: 'EdDSA', overlap: 0 })
    expect(JSON.parse(readFileSync(path, 'utf8')).keys).toHaveLength(2)
  })

  it('publishes a prepared key before it signs', () => {
    const store = open()
    const next = store.prepare({ alg: 'EdDSA' })
    expect(store.ring.current.kid).not.toBe(next.kid)
    expect(store.ring.jwks().keys.map(({ kid }) => kid)).toContain(next.kid)
    expect(store.prepare({ alg: 'EdDSA' })).toEqual(next)
    expect(store.rotate({ alg: 'EdDSA', overlap: HOUR }).kid).toBe(next.kid)
    expect(
      store
        .list()
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['current', 'retiring'])
  })

  it('exchanges a prepared key of another algorithm', () => {
    const store = open()
    const next = store.prepare({ alg: 'EdDSA' })
    expect(store.prepare({ alg: 'ES256' }).alg).toBe('ES256')
    expect(store.list().map(({ kid }) => kid)).not.toContain(next.kid)
  })

  it('refuses an overlap that is no time', () => {
    const store = open()
    for (const overlap of [-1, Number.NaN])
      expect(() => store.rotate({ alg: 'EdDSA', overlap })).toThrow(TypeError)
    expect(store.list()).toHaveLength(1)
  })

  it('keeps keys from elsewhere in the ring through every change', () => {
    const refresh = hmacKey({ secret: first, alg: 'HS256', kid: 'refresh' })
    const store = open({ others: [refresh] })
    store.rotate({ alg: 'EdDSA', overlap: HOUR })
    expect(store.ring.byHeader(refresh.header)).toBe(refresh)
  })
})

describe('stored keys | a key became known', () => {
  it('is forgotten at once: what it signed is refused', () => {
    const store = open()
    const old = store.ring.current
    const token = encodeJwt(old, { a: 1 })
    store.rotate({ alg: 'EdDSA', overlap: HOUR })
    store.retire(old.kid ?? '')
    expect(() => decodeJwt(token, store.ring)).toThrow('unknown_header')
    expect(readFileSync(path, 'utf8')).not.toContain(old.kid)
  })

  it('cannot be the one that signs, or one that does not exist', () => {
    const store = open()
    expect(codeOf(() => store.retire(store.ring.current.kid ?? ''))).toBe('key_in_use')
    expect(codeOf(() => store.retire('x'))).toBe('unknown_key')
    expect(store.list()).toHaveLength(1)
  })
})

describe('stored keys | another process changes them', () => {
  it('a running server follows a rotation, and accepts the tokens of before', () => {
    const server = open()
    const ring = server.ring
    const before = encodeJwt(ring.current, { a: 1 })
    const made = open().rotate({ alg: 'EdDSA', overlap: HOUR })
    expect(ring.current.kid).not.toBe(made.kid)
    expect(server.reload()).toBe(true)
    expect(ring.current.kid).toBe(made.kid)
    expect(decodeJwt(before, ring)).toEqual({ a: 1 })
    expect(server.reload()).toBe(false)
  })

  it('a change builds on what the other one wrote, not on what was read at start', () => {
    const [a, b] = [open(), open()]
    a.rotate({ alg: 'EdDSA', overlap: HOUR })
    b.rotate({ alg: 'EdDSA', overlap: HOUR })
    expect(b.list()).toHaveLength(3)
  })

  it('four processes that start and rotate at the same time lose no key', { timeout: 60_000 }, async () => {
    const module = (file: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, file)).href)
    const program = `
      import { openKeyFile } from ${module('key-store.ts')}
      import { createSealer } from ${module('seal.ts')}
      import { Secret } from ${module('../domain/secret.ts')}
      const sealer = createSealer([new Secret(${JSON.stringify(first.reveal())})], 'keys')
      const store = openKeyFile(${JSON.stringify(path)}, { sealer, clock: { now: () => ${START} }, alg: 'EdDSA' })
      for (let i = 0; i < 3; i++) store.rotate({ alg: 'EdDSA', overlap: 3600 })`
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program])
    await Promise.all([run(), run(), run(), run()])
    const states = open()
      .list()
      .map(({ state }) => state)
    expect(states.filter((state) => state === 'current')).toHaveLength(1)
    expect(states.filter((state) => state === 'retiring')).toHaveLength(12)
  })

  it('says what to do about a lock that a crash left behind', { timeout: 15_000 }, () => {
    const store = open()
    writeFileSync(`${path}.lock`, '')
    expect(() => store.rotate({ alg: 'EdDSA', overlap: 0 })).toThrow(`delete ${path}.lock`)
    expect(store.list()).toHaveLength(1)
    expect(existsSync(`${path}.lock`)).toBe(true)
  })
})

describe('stored keys | the secret is replaced', () => {
  it('opens with the new secret first and the former second, and after a change without the former', () => {
    open()
    const store = open({ sealer: sealerOf(second, first) })
    expect(codeOf(() => open({ sealer: sealerOf(second) }))).toBe('wrong_secret')
    store.rotate({ alg: 'EdDSA', overlap: HOUR })
    expect(open({ sealer: sealerOf(second) }).list()).toHaveLength(2)
  })

  it('says what to do when the secret does not open the keys, and shows no secret', () => {
    open()
    const step = () => open({ sealer: sealerOf(second) })
    expect(step).toThrow('Add the former secret behind the new one in DOORWARD_SECRET')
    expect(step).not.toThrow(second.reveal())
  })
})
