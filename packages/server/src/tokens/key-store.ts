/**
 * The signing keys of an installation, kept in one sealed file beside the database. Keys are made, rotated and
 * retired here; a running server notices what another process (`doorward keys rotate`) changed.
 */
import type { Clock } from '../domain/clock.ts'
import type { AsymmetricAlgorithm } from './algorithms.ts'
import type { KeyInfo, StoredKey } from './key-file.ts'
import { attempt, KeyFileError, readKeyFile, storedKey, writeKeyFile } from './key-file.ts'
import type { KeyRing, RingKeys } from './key-ring.ts'
import { createKeyRing } from './key-ring.ts'
import type { TokenKey } from './keys.ts'
import { generatePrivateKey } from './keys.ts'
import { fileStamp, lockPath, makePrivateDirectory, withFileLock } from './private-file.ts'
import type { Sealer } from './seal.ts'

/** What a key store needs. */
export interface KeyStoreDeps {
  readonly sealer: Sealer
  readonly clock: Clock
  /** Algorithm of the key that is made when there is no file yet. */
  readonly alg: AsymmetricAlgorithm
  /** Keys from elsewhere that the ring checks with, too. */
  readonly others?: readonly TokenKey[]
}

/**
 * The stored keys. Every change is written before it is used, and throws `KeyFileError` (`inaccessible`, `busy`,
 * `damaged`, `wrong_secret`) with nothing changed.
 */
export interface KeyStore {
  /** The keys in use; it stays the same object and follows every change. */
  readonly ring: KeyRing
  /** All the stored keys, the newest first. */
  list(): readonly KeyInfo[]
  /**
   * Makes the next key and publishes it, so that verifiers know it before it signs. A next key of this algorithm
   * that is there already stays; one of another gives way, for it has signed nothing.
   */
  prepare(input: { readonly alg: AsymmetricAlgorithm }): KeyInfo
  /**
   * A new key signs from now on: the next one if it has this algorithm, a fresh one otherwise. The former goes on
   * checking for `overlap` seconds, which has to be the longest life of a token that it signed.
   */
  rotate(input: { readonly alg: AsymmetricAlgorithm; readonly overlap: number }): KeyInfo
  /** Forgets a key at once: what it signed is refused. Throws also `unknown_key`, `key_in_use`. */
  retire(kid: string): void
  /**
   * Takes over what another process wrote, and lets go of keys whose time is over; costs one `stat` when there is
   * nothing to do. Returns whether the ring changed. When it throws, the ring stays as it was.
   */
  reload(): boolean
}

/** Opens the key file, or makes it with one key. Throws `KeyFileError`. */
export function openKeyFile(path: string, deps: KeyStoreDeps): KeyStore {
  const { sealer, clock } = deps
  attempt(path, 'written', () => makePrivateDirectory(path))
  if (fileStamp(path) === null) locked(path, () => createFile(path, deps))

  let held = load(path, deps)
  const ring = createKeyRing(ringKeys(held.keys, deps))
  const take = (): void => {
    const next = load(path, deps)
    ring.replace(ringKeys(next.keys, deps))
    held = next
  }
  const change = (step: (keys: readonly StoredKey[]) => readonly StoredKey[]): void => {
    locked(path, () => {
      writeKeyFile(path, step(load(path, deps).keys), sealer)
      take()
    })
  }
  const only = (state: KeyInfo['state']): KeyInfo => info(theOne(held.keys, state))
  return {
    ring,
    list: () => held.keys.map(info).sort((a, b) => b.createdAt - a.createdAt),
    prepare: ({ alg }) => {
      change((keys) => withNext(keys, alg, clock))
      return only('next')
    },
    rotate: ({ alg, overlap }) => {
      change((keys) => rotated(keys, { alg, overlap }, clock))
      return only('current')
    },
    retire: (kid) => change((keys) => without(keys, kid)),
    reload: () => {
      if (fileStamp(path) === held.stamp && clock.now() < held.nextEnd) return false
      take()
      return true
    },
  }
}

/** What was read, the stamp of the file then, and when the next key ends. */
interface Held {
  readonly stamp: string | null
  readonly keys: readonly StoredKey[]
  readonly nextEnd: number
}

function load(path: string, { sealer, clock }: KeyStoreDeps): Held {
  // before reading: what is written in between is then read once more, instead of never
  const stamp = attempt(path, 'read', () => fileStamp(path))
  const now = clock.now()
  const keys = readKeyFile(path, sealer).filter(({ retireAfter }) => (retireAfter ?? Infinity) > now)
  return { stamp, keys, nextEnd: Math.min(...keys.map(({ retireAfter }) => retireAfter ?? Infinity)) }
}

function locked(path: string, work: () => void): void {
  const turn = attempt(path, 'written', () => withFileLock(path, work))
  if (turn) return
  const advice = `If no other process is changing the keys, delete ${lockPath(path)}.`
  throw new KeyFileError('busy', `${path} is being changed by another process. ${advice}`)
}

function createFile(path: string, { sealer, clock, alg }: KeyStoreDeps): void {
  // another process may have been faster, while this one waited for its turn
  if (fileStamp(path) === null) writeKeyFile(path, [newKey(alg, 'current', clock)], sealer)
}

const newKey = (alg: AsymmetricAlgorithm, state: KeyInfo['state'], clock: Clock): StoredKey =>
  storedKey(generatePrivateKey(alg), { alg, state, createdAt: clock.now() })

function withNext(keys: readonly StoredKey[], alg: AsymmetricAlgorithm, clock: Clock): readonly StoredKey[] {
  if (keys.some((key) => key.state === 'next' && key.alg === alg)) return keys
  return [...keys.filter((key) => key.state !== 'next'), newKey(alg, 'next', clock)]
}

function rotated(
  keys: readonly StoredKey[],
  { alg, overlap }: { alg: AsymmetricAlgorithm; overlap: number },
  clock: Clock,
): readonly StoredKey[] {
  if (!(overlap >= 0)) throw new TypeError('the overlap of two keys is a number of seconds')
  const retireAfter = clock.now() + Math.ceil(overlap * 1000)
  const prepared = keys.find((key) => key.state === 'next' && key.alg === alg)
  const successor: StoredKey = { ...(prepared ?? newKey(alg, 'current', clock)), state: 'current' }
  const rest = keys
    .filter((key) => key !== prepared)
    .map((key): StoredKey => (key.state === 'current' ? { ...key, state: 'retiring', retireAfter } : key))
  return [successor, ...rest]
}

function without(keys: readonly StoredKey[], kid: string): readonly StoredKey[] {
  const found = keys.find((key) => key.kid === kid)
  if (!found) throw new KeyFileError('unknown_key', `There is no key with the id ${kid}.`)
  if (found.state === 'current')
    throw new KeyFileError('key_in_use', `The key ${kid} signs. Rotate first, then retire it.`)
  return keys.filter((key) => key !== found)
}

function ringKeys(keys: readonly StoredKey[], { others = [] }: KeyStoreDeps): RingKeys {
  const current = theOne(keys, 'current')
  const rest = keys.filter((key) => key !== current).map(({ key }) => key)
  return { current: current.key, others: [...rest, ...others] }
}

function theOne(keys: readonly StoredKey[], state: KeyInfo['state']): StoredKey {
  const found = keys.find((key) => key.state === state)
  if (!found) throw new TypeError(`there is no ${state} key`)
  return found
}

const info = ({ pem: _, key: __, ...rest }: StoredKey): KeyInfo => rest
