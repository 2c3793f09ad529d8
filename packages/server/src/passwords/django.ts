/** Checks passwords against hashes that Django made, so that imported accounts sign in with the password they have. */
import { createHash, pbkdf2, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Secret } from '../domain/secret.ts'
import { verifyArgon2 } from './argon2id.ts'

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

type Verifier = (password: Secret, rest: string) => Promise<boolean>

/** By algorithm; `rest` is what stands behind `<algorithm>$`. */
const VERIFIERS: ReadonlyMap<string, Verifier> = new Map<string, Verifier>([
  ['pbkdf2_sha256', (password, rest) => verifyPbkdf2(password, rest, 'sha256', 32)],
  ['pbkdf2_sha1', (password, rest) => verifyPbkdf2(password, rest, 'sha1', 20)],
  ['argon2', (password, rest) => verifyArgon2(password, `$${rest}`)],
  ['bcrypt', (password, rest) => verifyBcrypt(password.reveal(), rest)],
  ['bcrypt_sha256', (password, rest) => verifyBcrypt(hexDigest('sha256', password.reveal()), rest)],
  ['scrypt', (password, rest) => verifyScrypt(password, rest)],
  ['sha1', (password, rest) => verifyDigest(password, rest, 'sha1')],
  ['md5', (password, rest) => verifyDigest(password, rest, 'md5')],
])

/**
 * Whether a hash of Django is of this password. False, without work, for a format that is not Django's, a damaged
 * hash, or one that costs more than the server is willing to spend. The plain `bcrypt` format looks at the first
 * 72 bytes only, as bcrypt does; its accounts get a full hash at the next sign-in.
 */
export async function verifyDjango(password: Secret, encoded: string): Promise<boolean> {
  const [algorithm = '', ...rest] = encoded.split('$')
  const verifier = VERIFIERS.get(algorithm)
  return verifier ? verifier(password, rest.join('$')) : false
}

async function verifyPbkdf2(password: Secret, rest: string, digest: string, bytes: number): Promise<boolean> {
  const [, rounds, salt, expected] = /^(\d{1,9})\$([^$]+)\$([^$]+)$/.exec(rest) ?? []
  if (!rounds || !salt || !expected || !isWithin(Number(rounds), HIGHEST.pbkdf2Rounds)) return false
  const key = await pbkdf2Async(password.reveal(), salt, Number(rounds), bytes, digest)
  return equal(key.toString('base64'), expected)
}

async function verifyScrypt(password: Secret, rest: string): Promise<boolean> {
  const [, work, salt, blockSize, lanes, expected] =
    /^(\d{1,9})\$([^$]+)\$(\d{1,9})\$(\d{1,9})\$([^$]+)$/.exec(rest) ?? []
  if (!salt || !expected) return false
  const [N, r, p] = [Number(work), Number(blockSize), Number(lanes)]
  if (N < 2 || !Number.isInteger(Math.log2(N)) || !isWithin(N * r * p, HIGHEST.scryptWork)) return false
  if (r > HIGHEST.scryptBlockSize || 128 * N * r > HIGHEST.scryptMemory) return false
  const key = await scryptAsync(password.reveal(), salt, 64, { N, r, p, maxmem: 128 * r * (N + p + 2) })
  return equal(key.toString('base64'), expected)
}

async function verifyBcrypt(text: string, stored: string): Promise<boolean> {
  const [, cost] = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(stored) ?? []
  if (!cost || !isWithin(Number(cost), HIGHEST.bcryptCost)) return false
  // few servers have such hashes, and those that have them lose them one by one
  const { verify } = await import('@node-rs/bcrypt')
  return verify(text, stored)
}

async function verifyDigest(password: Secret, rest: string, algorithm: string): Promise<boolean> {
  const [, salt, expected] = /^([^$]*)\$([^$]+)$/.exec(rest) ?? []
  if (salt === undefined || !expected) return false
  return equal(hexDigest(algorithm, salt + password.reveal()), expected)
}

const hexDigest = (algorithm: string, text: string): string =>
  createHash(algorithm).update(text).digest('hex')

const isWithin = (value: number, highest: number): boolean => value >= 1 && value <= highest

/** Compares in a time that does not depend on where the texts differ. */
function equal(actual: string, expected: string): boolean {
  const [a, b] = [Buffer.from(actual), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
