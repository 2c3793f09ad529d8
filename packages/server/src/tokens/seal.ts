/**
 * Texts that are stored but not to be read: private keys, mails on their way, database tokens. Also the one place
 * where keys are derived from the configured secrets.
 *
 * A sealed text is `v1.<key id>.<nonce, ciphertext and tag in base64url>`.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Secret } from '../domain/secret.ts'
import { decodeBase64url } from './base64url.ts'

const VERSION = 'v1'
const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_ID_BYTES = 6

/** Why a sealed text was refused. */
export type SealFaultReason =
  /** It does not have the form of a sealed text. */
  | 'malformed'
  /** It was sealed with a secret, or for a purpose, that is not ours. */
  | 'unknown_key'
  /** It was changed after it was sealed. */
  | 'tampered'

/** Thrown by `unseal`. It never repeats the text. */
export class SealFault extends TypeError {
  readonly reason: SealFaultReason

  constructor(reason: SealFaultReason) {
    super(`the sealed text is refused: ${reason}`)
    this.name = 'SealFault'
    this.reason = reason
  }
}

/** Seals and unseals texts of one purpose. */
export interface Sealer {
  /** Encrypts and authenticates; the same text gives another result each time. */
  seal(text: string): string
  /** Gives the text back. Throws `SealFault`. */
  unseal(sealed: string): string
  /** Whether it hangs on the first secret; what hangs on a former one is to be sealed anew before that one is dropped. */
  isCurrent(sealed: string): boolean
}

/**
 * A key that serves one purpose only, so that what is made for one purpose means nothing for another
 * (HKDF-SHA256, RFC 5869; the purpose is the `info`). `length` is in bytes. TypeError for an empty secret or purpose.
 */
export function deriveKey(secret: Secret, purpose: string, length = 32): Buffer {
  const text = secret.reveal()
  if (text === '' || purpose === '') throw new TypeError('deriveKey needs a secret and a purpose')
  return Buffer.from(hkdfSync('sha256', text, '', `doorward:${purpose}`, length))
}

/**
 * AES-256-GCM with a random nonce (NIST SP 800-38D §8.2.2: good for 2³² texts a key). The first secret seals, all
 * of them unseal, so a secret can be replaced without losing what was sealed. TypeError without a secret.
 */
export function createSealer(secrets: readonly Secret[], purpose: string): Sealer {
  const keys = secrets.map((secret) => sealingKey(secret, purpose))
  const byId = new Map(keys.map((key) => [key.id, key]))
  const [first] = keys
  if (!first) throw new TypeError('createSealer needs at least one secret')
  return {
    seal: (text) => seal(first, text),
    isCurrent: (sealed) => sealed.startsWith(`${prefix(first)}.`),
    unseal: (sealed) => {
      const [version, id = '', body = '', ...rest] = sealed.split('.', 4)
      const bytes = decodeBase64url(body)
      if (version !== VERSION || rest.length > 0 || !bytes || bytes.length < NONCE_BYTES + TAG_BYTES)
        throw new SealFault('malformed')
      const key = byId.get(id)
      if (!key) throw new SealFault('unknown_key')
      return unseal(key, bytes)
    },
  }
}

interface SealingKey {
  readonly id: string
  readonly bytes: Buffer
}

const sealingKey = (secret: Secret, purpose: string): SealingKey => ({
  id: deriveKey(secret, `seal-id:${purpose}`, KEY_ID_BYTES).toString('base64url'),
  bytes: deriveKey(secret, `seal:${purpose}`),
})

/** What is authenticated beside the text: version and key id cannot be exchanged either. */
const prefix = (key: SealingKey): string => `${VERSION}.${key.id}`

function seal(key: SealingKey, text: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key.bytes, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(prefix(key)))
  const body = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `${prefix(key)}.${body.toString('base64url')}`
}

function unseal(key: SealingKey, bytes: Buffer): string {
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const decipher = createDecipheriv(CIPHER, key.bytes, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(prefix(key)))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch {
    throw new SealFault('tampered')
  }
}
