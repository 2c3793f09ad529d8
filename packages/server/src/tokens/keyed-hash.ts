/** Names for things that are personal: the same each time, and nothing can be told from them. */
import { createHmac } from 'node:crypto'
import type { Secret } from '../domain/secret.ts'
import { deriveKey } from './seal.ts'

/** From a text to 22 characters of base64url: 128 bits of HMAC-SHA256, with a key for the purpose alone. */
export function createKeyedHash(secrets: readonly Secret[], purpose: string): (text: string) => string {
  const [secret] = secrets
  if (!secret) throw new TypeError('createKeyedHash needs a secret')
  const key = deriveKey(secret, purpose)
  return (text) => createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url')
}
