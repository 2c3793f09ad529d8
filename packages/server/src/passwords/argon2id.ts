/** The hash that passwords are kept as: argon2id in PHC form. Nothing here waits its turn; `passwords.ts` sees to that. */
import { randomBytes } from 'node:crypto'
import { hash, parseOptions, verify } from '@node-rs/argon2'
import type { Secret } from '../domain/secret.ts'

/** What a hash costs. Defaults in the settings follow the OWASP Password Storage Cheat Sheet. */
export interface Argon2Parameters {
  /** Memory, in KiB. */
  readonly memoryCost: number
  /** Passes over the memory. */
  readonly timeCost: number
  /** Lanes. */
  readonly parallelism: number
}

/** Makes and checks hashes of one set of parameters. */
export interface Argon2id {
  /** A new hash with a random salt of 16 bytes: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
  hash(password: Secret): Promise<string>
  /** Whether the hash, of any parameters within the limits, is of this password. False if it cannot be read. */
  verify(password: Secret, hash: string): Promise<boolean>
  /** Whether the hash is damaged, or of another kind or cost than what `hash` makes now. */
  needsRehash(hash: string): boolean
  /** A hash of no password at all: checking it costs what checking a real one costs (OWASP, user enumeration). */
  readonly dummy: string
}

/** What a stored hash may cost at most: a hostile imported row must not take the machine's memory or minutes. */
const HIGHEST = { memoryCost: 524_288, work: 2_097_152, parallelism: 64 } as const

/**
 * Binds argon2id to the parameters of the settings.
 *
 * @throws TypeError if the lanes have less than 8 KiB each (RFC 9106 §3.1)
 */
export function createArgon2id(parameters: Argon2Parameters): Argon2id {
  const { memoryCost, timeCost, parallelism } = parameters
  if (memoryCost < 8 * parallelism) throw new TypeError('memoryCost: at least 8 KiB for each lane')
  const prefix = `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`
  return {
    hash: (password) => hash(password.reveal(), { memoryCost, timeCost, parallelism }),
    verify: (password, stored) => verifyArgon2(password, stored, parameters),
    needsRehash: (stored) => !stored.startsWith(prefix) || costOf(stored) === null,
    dummy: `${prefix}${randomBase64(16)}$${randomBase64(32)}`,
  }
}

/**
 * Whether a PHC string of argon2id, argon2i or argon2d is of this password. The comparison takes constant time.
 * False without any work if the string cannot be read or costs too much; `trusted` is a cost that never does.
 */
export async function verifyArgon2(
  password: Secret,
  stored: string,
  trusted?: Argon2Parameters,
): Promise<boolean> {
  const cost = costOf(stored)
  if (!cost || !isBearable(cost, trusted)) return false
  return verify(stored, password.reveal())
}

/** Whether a string can be read as a hash of Argon2, and checking it costs no more than the server spends on one. */
export function isAffordableArgon2(stored: string): boolean {
  const cost = costOf(stored)
  return cost !== null && isBearable(cost, undefined)
}

function costOf(stored: string): Argon2Parameters | null {
  try {
    return parseOptions(stored)
  } catch {
    return null
  }
}

function isBearable(cost: Argon2Parameters, trusted: Argon2Parameters | undefined): boolean {
  const work = (of: Argon2Parameters) => of.memoryCost * of.timeCost
  return (
    cost.memoryCost <= Math.max(HIGHEST.memoryCost, trusted?.memoryCost ?? 0) &&
    work(cost) <= Math.max(HIGHEST.work, trusted ? work(trusted) : 0) &&
    cost.parallelism <= HIGHEST.parallelism
  )
}

const randomBase64 = (bytes: number): string => randomBytes(bytes).toString('base64').replace(/=+$/, '')
