/** Hashing and checking of passwords, as the flows use it: every bit of the work goes through one bounded queue. */
import { randomBytes } from 'node:crypto'
import type { Secret } from '../domain/secret.ts'
import type { Argon2Parameters } from './argon2id.ts'
import { createArgon2id } from './argon2id.ts'
import { verifyDjango } from './django.ts'
import { createHashQueue } from './hash-queue.ts'

/** What hashing costs and how much of it may be asked for at once. */
export interface PasswordOptions extends Argon2Parameters {
  /** How many passwords may wait to be hashed. */
  readonly queueLength: number
  /** How many are hashed at the same time. Default: `hashConcurrency`. */
  readonly concurrency?: number | undefined
  /** What an address is checked against that has no account, or one without a password. Default: a hash of ours. */
  readonly standIn?: ((address: string) => string | null) | undefined
}

/** Whether a password was right, and whether it should now be hashed anew because the stored hash is outdated. */
export interface PasswordCheck {
  readonly ok: boolean
  /** Only ever true together with `ok`. */
  readonly rehash: boolean
}

/** Load of the hashing queue, for the metrics. */
export interface PasswordStats {
  readonly waiting: number
  readonly running: number
  /** How many were refused since the start. */
  readonly refused: number
}

/** The password service. All promises reject with `overloaded` if the queue is full. */
export interface Passwords {
  /** A new argon2id hash. The password counts in full, whatever its length and characters. */
  hash(password: Secret): Promise<string>
  /**
   * Checks a password against a stored hash: ours, Django's, `!…` or null for an account that does not exist. Where
   * there is none to check, the address says what takes as long.
   */
  verify(password: Secret, hash: string | null, address?: string): Promise<PasswordCheck>
  /** What is stored for an account without a password: `!` and 40 random characters, as Django marks it. */
  unusable(): string
  /** A hash as they are made now, of no password at all. */
  readonly example: string
  /** How much waits and runs now. */
  stats(): PasswordStats
}

/**
 * Makes the password service. A wrong password costs at least one argon2id verification of the current parameters,
 * whether or not there is an account or a usable hash (OWASP Authentication Cheat Sheet, user enumeration).
 * Hashes of other kinds cost their own time on top of that until the first sign-in replaces them; so many unknown
 * addresses take as long as accounts have such hashes (`stand-ins.ts`).
 */
export function createPasswords({
  queueLength,
  concurrency,
  standIn = () => null,
  ...parameters
}: PasswordOptions): Passwords {
  const queue = createHashQueue({ concurrency, length: queueLength })
  const argon2id = createArgon2id(parameters)

  const check = async (password: Secret, hash: string): Promise<PasswordCheck> => {
    const isOutdated = argon2id.needsRehash(hash)
    const ok = hash.startsWith('$')
      ? await argon2id.verify(password, hash)
      : await verifyDjango(password, hash)
    if (!ok && isOutdated) await argon2id.verify(password, argon2id.dummy)
    return { ok, rehash: ok && isOutdated }
  }

  return {
    hash: (password) => queue.run(() => argon2id.hash(password)),
    verify: (password, hash, address = '') => {
      const isUsable = hash !== null && !hash.startsWith('!')
      return queue.run(() => check(password, isUsable ? hash : (standIn(address) ?? '')))
    },
    example: argon2id.dummy,
    unusable: () => `!${randomBytes(20).toString('hex')}`,
    stats: () => ({ waiting: queue.waiting, running: queue.running, refused: queue.refused }),
  }
}
