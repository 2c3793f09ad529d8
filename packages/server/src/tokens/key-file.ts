/** The form of the document that holds the signing keys: reading it with distrust, writing it sealed. */
import type { KeyObject } from 'node:crypto'
import { Secret } from '../domain/secret.ts'
import type { AsymmetricAlgorithm } from './algorithms.ts'
import { isAsymmetric } from './algorithms.ts'
import type { TokenKey } from './keys.ts'
import { asymmetricKey } from './keys.ts'
import type { Sealer } from './seal.ts'
import { SealFault } from './seal.ts'

const STATES = ['current', 'next', 'retiring'] as const

/** What a stored key does: `current` signs; `next` is published and signs after the next rotation. */
export type KeyState = (typeof STATES)[number]

/** A stored key, without its private half. Times are milliseconds since 1970. */
export interface KeyInfo {
  readonly kid: string
  readonly alg: AsymmetricAlgorithm
  readonly createdAt: number
  readonly state: KeyState
  /** From when on a retiring key checks nothing any more; null for the others. */
  readonly retireAfter: number | null
}

/** A stored key, opened. */
export interface StoredKey extends KeyInfo {
  readonly pem: Secret
  readonly key: TokenKey
  /** Whether it is still sealed with a former secret. */
  readonly hangsOnFormer: boolean
}

/** What can be wrong with the keys of an installation. */
export type KeyFileErrorCode =
  /** The file was sealed with a secret that is not configured any more. */
  | 'wrong_secret'
  /** It is not what was written: cut off, edited, or of another version. */
  | 'damaged'
  /** It cannot be read or written. */
  | 'inaccessible'
  /** Another process has been changing it for seconds. */
  | 'busy'
  /** There is no key with that id. */
  | 'unknown_key'
  /** The key that signs cannot be retired. */
  | 'key_in_use'

/** Thrown to the operator: the message says what to do. It never reaches a client and holds no key. */
export class KeyFileError extends TypeError {
  readonly code: KeyFileErrorCode

  constructor(code: KeyFileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'KeyFileError'
    this.code = code
  }
}

const VERSION = 1
const NEW_KEYS = 'delete it to start with new keys: access tokens issued so far are then refused'

/**
 * Opens all the keys of a document; `path` is how the operator knows its place. Throws `KeyFileError`: `damaged`,
 * `wrong_secret`.
 */
export function openKeys(path: string, text: string, sealer: Sealer): readonly StoredKey[] {
  const keys = entries(path, text).map((entry) => open(path, entry, sealer))
  if (keys.filter((key) => key.state === 'current').length !== 1) throw damaged(path)
  return keys
}

/** The document of all the keys, sealed anew, so that they hang on the first secret from then on. */
export function sealKeys(keys: readonly StoredKey[], sealer: Sealer): string {
  const stored = keys.map(({ pem, key: _, hangsOnFormer: __, ...info }) => ({
    ...info,
    sealedPrivateKeyPem: sealer.seal(pem.reveal()),
  }))
  return `${JSON.stringify({ version: VERSION, keys: stored }, null, 2)}\n`
}

/** Makes a stored key of a private one. */
export function storedKey(
  privateKey: KeyObject,
  info: Pick<KeyInfo, 'alg' | 'createdAt' | 'state'>,
): StoredKey {
  const pem = new Secret(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())
  const key = asymmetricKey({ alg: info.alg, privateKey })
  return { ...info, kid: key.kid ?? '', retireAfter: null, pem, key, hangsOnFormer: false }
}

type Entry = KeyInfo & { readonly sealedPrivateKeyPem: string }

function entries(path: string, text: string): readonly Entry[] {
  const file = parse(text)
  if (!isRecord(file) || file.version !== VERSION || !Array.isArray(file.keys)) throw damaged(path)
  const keys: readonly unknown[] = file.keys
  if (!keys.every(isEntry) || new Set(keys.map((key) => key.kid)).size < keys.length) throw damaged(path)
  return keys
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function isEntry(value: unknown): value is Entry {
  if (!isRecord(value)) return false
  const { kid, alg, sealedPrivateKeyPem, createdAt, state, retireAfter } = value
  return (
    typeof kid === 'string' &&
    typeof alg === 'string' &&
    isAsymmetric(alg) &&
    typeof sealedPrivateKeyPem === 'string' &&
    Number.isSafeInteger(createdAt) &&
    STATES.some((known) => known === state) &&
    (state === 'retiring' ? Number.isSafeInteger(retireAfter) : retireAfter === null)
  )
}

function open(path: string, { sealedPrivateKeyPem, ...info }: Entry, sealer: Sealer): StoredKey {
  const pem = new Secret(unseal(path, sealedPrivateKeyPem, sealer))
  const key = fitting(path, info.alg, pem)
  // the kid is a hash of the key: an entry whose key was exchanged shows here
  if (key.kid !== info.kid) throw damaged(path)
  return { ...info, pem, key, hangsOnFormer: !sealer.isCurrent(sealedPrivateKeyPem) }
}

function unseal(path: string, sealed: string, sealer: Sealer): string {
  try {
    return sealer.unseal(sealed)
  } catch (fault) {
    if (!(fault instanceof SealFault)) throw fault
    if (fault.reason !== 'unknown_key') throw damaged(path)
    throw new KeyFileError(
      'wrong_secret',
      `${path} was sealed with another secret. Add the former secret behind the new one in DOORWARD_SECRET ` +
        `(separated by a comma), or ${NEW_KEYS}.`,
    )
  }
}

function fitting(path: string, alg: AsymmetricAlgorithm, privateKey: Secret): TokenKey {
  try {
    return asymmetricKey({ alg, privateKey })
  } catch {
    throw damaged(path)
  }
}

const damaged = (path: string): KeyFileError =>
  new KeyFileError('damaged', `${path} is damaged. Restore it from a backup, or ${NEW_KEYS}.`)
