/** Checks passwords against hashes that Django made, so that imported accounts sign in with the password they have. */
import { createHash, pbkdf2, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Secret } from '../domain/secret.ts'
import { isAffordableArgon2, verifyArgon2 } from './argon2id.ts'

const pbkdf2Async = promisify(pbkdf2)
const scryptAsync = promisify<string, string, number, object, Buffer>(scrypt)

/**
 * What a stored hash may cost at most, one to two seconds of a processor each: well above every default of
 * Django (PBKDF2 1,200,000 rounds, scrypt N·r·p 655,360, bcrypt 12), far below what would hang the server.
 */
const HIGHEST = {
  pbkdf2Rounds: 5_000_000,
  scryptMemory: 256 * 1024 * 1024,
  scryptWork: 4_194_304,
  scryptBlockSize: 32,
  bcryptCost: 15,
} as const

/** Checks a password against the one hash that it was made from. */
export type HashCheck = (password: Secret) => Promise<boolean>

/** Reads a hash; null when it is damaged or costs more than the server is willing to spend. */
type Reader = (rest: string) => HashCheck | null

/** By algorithm; `rest` is what stands behind `<algorithm>$`. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['pbkdf2_sha256', (rest) => readPbkdf2(rest, 'sha256', 32)],
  ['pbkdf2_sha1', (rest) => readPbkdf2(rest, 'sha1', 20)],
  ['argon2', (rest) => readArgon2(`$${rest}`)],
  ['bcrypt', (rest) => readBcrypt(rest, (text) => text)],
  ['bcrypt_sha256', (rest) => readBcrypt(rest, (text) => hexDigest('sha256', text))],
  ['scrypt', readScrypt],
  ['sha1', (rest) => readDigest(rest, 'sha1')],
  ['md5', (rest) => readDigest(rest, 'md5')],
])

/** How to check passwords against a hash of Django; null for what cannot be one of its hashes, without any work. */
export function readDjango(encoded: string): HashCheck | null {
  const [algorithm = '', ...rest] = encoded.split('$')
  return READERS.get(algorithm)?.(rest.join('$')) ?? null
}

/**
 * Whether a hash of Django is of this password. False, without work, for a format that is not Django's, a damaged
 * hash, or one that costs more than the server is willing to spend. The plain `bcrypt` format looks at the first
 * 72 bytes only, as bcrypt does; its accounts get a full hash at the next sign-in.
 */
export async function verifyDjango(password: Secret, encoded: string): Promise<boolean> {
  return readDjango(encoded)?.(password) ?? false
}

const readArgon2 = (stored: string): HashCheck | null =>
  isAffordableArgon2(stored) ? (password) => verifyArgon2(password, stored) : null

function readPbkdf2(rest: string, digest: string, bytes: number): HashCheck | null {
  const [, rounds, salt, expected] = /^(\d{1,9})\$([^$]+)\$([^$]+)$/.exec(rest) ?? []
  if (!rounds || !salt || !expected || !isWithin(Number(rounds), HIGHEST.pbkdf2Rounds)) return null
  return async (password) => {
    const key = await pbkdf2Async(password.reveal(), salt, Number(rounds), bytes, digest)
    return equal(key.toString('base64'), expected)
  }
}

function readScrypt(rest: string): HashCheck | null {
  const [, work, salt, blockSize, lanes, expected] =
    /^(\d{1,9})\$([^$]+)\$(\d{1,9})\$(\d{1,9})\$([^$]+)$/.exec(rest) ?? []
  if (!salt || !expected) return null
  const [N, r, p] = [Number(work), Number(blockSize), Number(lanes)]
  if (N < 2 || !Number.isInteger(Math.log2(N)) || !isWithin(N * r * p, HIGHEST.scryptWork)) return null
  if (r > HIGHEST.scryptBlockSize || 128 * N * r > HIGHEST.scryptMemory) return null
  return async (password) => {
    const key = await scryptAsync(password.reveal(), salt, 64, { N, r, p, maxmem: 128 * r * (N + p + 2) })
    return equal(key.toString('base64'), expected)
  }
}

function readBcrypt(stored: string, prepare: (text: string) => string): HashCheck | null {
  const [, cost] = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(stored) ?? []
  if (!cost || !isWithin(Number(cost), HIGHEST.bcryptCost)) return null
  return async (password) => {
    // few servers have such hashes, and those that have them lose them one by one
    const { verify } = await import('@node-rs/bcrypt')
    return verify(prepare(password.reveal()), stored)
  }
}

function readDigest(rest: string, algorithm: string): HashCheck | null {
  const [, salt, expected] = /^([^$]*)\$([^$]+)$/.exec(rest) ?? []
  if (salt === undefined || !expected) return null
  return async (password) => equal(hexDigest(algorithm, salt + password.reveal()), expected)
}

const hexDigest = (algorithm: string, text: string): string =>
  createHash(algorithm).update(text).digest('hex')

const isWithin = (value: number, highest: number): boolean => value >= 1 && value <= highest

/** Compares in a time that does not depend on where the texts differ. */
function equal(actual: string, expected: string): boolean {
  const [a, b] = [Buffer.from(actual), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
