/**
 * The signing keys of an installation, kept in one sealed document: a file beside SQLite, a row in PostgreSQL. Keys are
 * made, rotated and retired here; a running server notices what another process (`doorward keys rotate`) changed.
 */
import type { Clock } from '../domain/clock.ts'
import type { KeyDocumentStore } from '../store/key-document-store.ts'
import type { AsymmetricAlgorithm } from './algorithms.ts'
import type { KeyInfo, StoredKey } from './key-file.ts'
import { KeyFileError, openKeys, sealKeys, storedKey } from './key-file.ts'
import type { KeyRing, RingKeys } from './key-ring.ts'
import { createKeyRing } from './key-ring.ts'
import type { TokenKey } from './keys.ts'
import { generatePrivateKey } from './keys.ts'
import type { Sealer } from './seal.ts'

/** What a key store needs. */
export interface KeyStoreDeps {
  readonly sealer: Sealer
  readonly clock: Clock
  /** How the operator knows the place of the document. */
  readonly place: string
  /** Algorithm of the key that is made when there is none yet. */
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
  prepare(input: { readonly alg: AsymmetricAlgorithm }): Promise<KeyInfo>
  /**
   * A new key signs from now on: the next one if it has this algorithm, a fresh one otherwise. The former goes on
   * checking for `overlap` seconds, which has to be the longest life of a token that it signed.
   */
  rotate(input: { readonly alg: AsymmetricAlgorithm; readonly overlap: number }): Promise<KeyInfo>
  /** Forgets a key at once: what it signed is refused. Throws also `unknown_key`, `key_in_use`. */
  retire(kid: string): Promise<void>
  /**
   * Takes over what another process wrote, and lets go of keys whose time is over; costs a glance at its version
   * when there is nothing to do. Returns whether the ring changed. When it throws, the ring stays as it was.
   */
  reload(): Promise<boolean>
}

/** Opens the keys of a place, or makes the first one. Throws `KeyFileError`, and `unavailable` for a database. */
export async function openKeyStore(documents: KeyDocumentStore, deps: KeyStoreDeps): Promise<KeyStore> {
  const { sealer, clock } = deps
  if ((await documents.version()) === null) {
    // when another process was faster, its key is taken
    await documents.replace(null, sealKeys([newKey(deps.alg, 'current', clock)], sealer))
  }
  let held = await load(documents, deps)
  const ring = createKeyRing(ringKeys(held.keys, deps))
  const take = (next: Held): void => {
    ring.replace(ringKeys(next.keys, deps))
    held = next
  }
  const change = async (step: (keys: readonly StoredKey[]) => readonly StoredKey[]): Promise<void> => {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const seen = await load(documents, deps)
      const written = await documents.replace(seen.version, sealKeys(step(seen.keys), sealer))
      if (!written) continue
      return take(await load(documents, deps))
    }
    throw new KeyFileError('busy', `${deps.place} is being changed by others all the time.`)
  }
  // the former secret can be dropped after the first start with a new one
  if (held.keys.some(({ hangsOnFormer }) => hangsOnFormer)) await change((keys) => keys)
  const only = (state: KeyInfo['state']): KeyInfo => info(theOne(held.keys, state))
  return {
    ring,
    list: () => held.keys.map(info).sort((a, b) => b.createdAt - a.createdAt),
    prepare: async ({ alg }) => {
      await change((keys) => withNext(keys, alg, clock))
      return only('next')
    },
    rotate: async ({ alg, overlap }) => {
      await change((keys) => rotated(keys, { alg, overlap }, clock))
      return only('current')
    },
    retire: (kid) => change((keys) => without(keys, kid)),
    reload: async () => {
      if ((await documents.version()) === held.version && clock.now() < held.nextEnd) return false
      take(await load(documents, deps))
      return true
    },
  }
}

/** How often a change is tried when others change the keys at the same moment. */
const MAX_TRIES = 20

/** What was read, its version, and when the next key ends. */
interface Held {
  readonly version: string
  readonly keys: readonly StoredKey[]
  readonly nextEnd: number
}

async function load(documents: KeyDocumentStore, { sealer, clock, place }: KeyStoreDeps): Promise<Held> {
  const document = await documents.read()
  if (!document) throw new KeyFileError('inaccessible', `${place} is gone. Restart to begin with new keys.`)
  const now = clock.now()
  const keys = openKeys(place, document.text, sealer).filter(
    ({ retireAfter }) => (retireAfter ?? Infinity) > now,
  )
  const nextEnd = Math.min(...keys.map(({ retireAfter }) => retireAfter ?? Infinity))
  return { version: document.version, keys, nextEnd }
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

const info = ({ pem: _, key: __, hangsOnFormer: ___, ...rest }: StoredKey): KeyInfo => rest
