/** Tests of the key file: everything that can be wrong with it, and what the operator is told. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import { keyDocumentFile } from './key-document-file.ts'
import { KeyFileError } from './key-file.ts'
import { openKeyStore } from './key-store.ts'
import { createSealer } from './seal.ts'

const START = 1_700_000_000_000
const sealer = createSealer([new Secret('the first secret, long enough to be one')], 'keys')

let root: string
let path: string
const open = () =>
  openKeyStore(keyDocumentFile(path), {
    sealer,
    clock: { now: () => START },
    alg: 'EdDSA',
    place: path,
  })
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
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

type Stored = { version: number; keys: Record<string, unknown>[] }

describe('stored keys | the file is not what was written', () => {
  const edit = (change: (file: Stored) => unknown) => {
    const file = JSON.parse(readFileSync(path, 'utf8')) as Stored
    writeFileSync(path, JSON.stringify(change(file)))
  }
  const editKey = (change: Record<string, unknown>) =>
    edit((file) => ({ ...file, keys: file.keys.map((key) => ({ ...key, ...change })) }))

  const firstSealed = () =>
    String((JSON.parse(readFileSync(path, 'utf8')) as Stored).keys[0]?.sealedPrivateKeyPem)
  /** Exchanges a character in the middle of the ciphertext. */
  const flipped = (sealed: string) => {
    const at = sealed.length - 60
    return sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
  }

  it.each([
    ['cut off', () => writeFileSync(path, readFileSync(path, 'utf8').slice(0, 80))],
    ['empty', () => writeFileSync(path, '')],
    ['null', () => writeFileSync(path, 'null')],
    ['of another version', () => edit((file) => ({ ...file, version: 2 }))],
    ['without keys', () => edit((file) => ({ ...file, keys: [] }))],
    ['with a key twice', () => edit((file) => ({ ...file, keys: [...file.keys, ...file.keys] }))],
    ['with another kid', () => editKey({ kid: 'x' })],
    ['with another algorithm', () => editKey({ alg: 'ES256' })],
    ['with an algorithm that is none', () => editKey({ alg: '__proto__' })],
    ['with an unknown state', () => editKey({ state: 'signing' })],
    ['without a current key', () => editKey({ state: 'retiring', retireAfter: START + 9 })],
    ['with a retiring key that never ends', () => editKey({ state: 'retiring' })],
    ['with a changed private key', () => editKey({ sealedPrivateKeyPem: flipped(firstSealed()) })],
    [
      'with a private key in the clear',
      () => editKey({ sealedPrivateKeyPem: '-----BEGIN PRIVATE KEY-----' }),
    ],
  ])('refuses to start, and says what to do: %s', async (_, damage) => {
    await open()
    damage()
    expect(await codeOf(() => open())).toBe('damaged')
    await expect(open()).rejects.toThrow('Restore it from a backup')
  })

  it('a running server keeps its keys when the file is damaged or gone, and recovers with it', async () => {
    const server = await open()
    const kid = server.ring.current.kid
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, 'x')
    expect(await codeOf(() => server.reload())).toBe('damaged')
    rmSync(path)
    expect(await codeOf(() => server.reload())).toBe('inaccessible')
    expect(server.ring.current.kid).toBe(kid)
    writeFileSync(path, text)
    expect(await server.reload()).toBe(true)
    expect(server.ring.current.kid).toBe(kid)
  })

  it('says so when the directory cannot be made', async () => {
    writeFileSync(join(root, 'data'), 'a file in its place')
    expect(await codeOf(() => open())).toBe('inaccessible')
    await expect(open()).rejects.toThrow(/cannot be written \((ENOTDIR|EEXIST)\)/)
  })
})
