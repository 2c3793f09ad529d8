/** Which keys sign and check, as the settings say: the stored keys, a key given as text, or the shared secret. */
import { createHash, createPrivateKey } from 'node:crypto'
import { join } from 'node:path'
import { secretDirectory } from '../config/first-secret.ts'
import type { Settings } from '../config/settings.ts'
import type { SignatureAlgorithm } from '../config/token-settings.ts'
import type { Clock } from '../domain/clock.ts'
import { Secret } from '../domain/secret.ts'
import type { KeyDocumentStore } from '../store/key-document-store.ts'
import { keyDocumentFile } from './key-document-file.ts'
import { createKeyRing } from './key-ring.ts'
import type { KeyStore } from './key-store.ts'
import { openKeyStore } from './key-store.ts'
import type { TokenKey } from './keys.ts'
import { asymmetricKey, generatePrivateKey, hmacKey } from './keys.ts'
import { createSealer, deriveKey } from './seal.ts'
import type { TokenKeys } from './tokens.ts'

type HmacAlgorithm = Extract<SignatureAlgorithm, `HS${string}`>
type AsymmetricAlgorithm = Exclude<SignatureAlgorithm, HmacAlgorithm>

const isHmac = (alg: SignatureAlgorithm): alg is HmacAlgorithm => alg.startsWith('HS')

/** Keys of tokens, and the stored ones where tokens are signed with such. */
export interface InstalledKeys extends TokenKeys {
  readonly stored: KeyStore | null
}

/** Where the stored keys are, and how the operator knows that place. */
export interface KeyPlace {
  readonly documents: KeyDocumentStore
  readonly name: string
}

/**
 * Opens the keys. In `place` one is made if it is needed and not there; without a place, a key for this process only.
 * Throws `KeyFileError`, and `unavailable` where the place is a database.
 */
export async function keysOfSettings(
  settings: Settings,
  deps: { readonly secrets: readonly Secret[]; readonly clock: Clock; readonly place: KeyPlace | null },
): Promise<InstalledKeys> {
  const { algorithm, signingKey } = settings.tokens
  if (isHmac(algorithm)) return sharedSecret(algorithm, signingKey, deps.secrets)
  const refreshKeys = deps.secrets.map(refreshKeyOf)
  const [refreshKey] = refreshKeys
  if (!refreshKey) throw new TypeError('keysOfSettings needs at least one secret')
  if (signingKey === null && deps.place !== null) {
    const stored = await openStored(algorithm, { ...deps, place: deps.place }, refreshKeys)
    return { ring: stored.ring, refreshKey, stored }
  }
  const privateKey = signingKey === null ? generatePrivateKey(algorithm) : createPrivateKey(signingKey)
  const current = asymmetricKey({ alg: algorithm, privateKey })
  return { ring: createKeyRing({ current, others: refreshKeys }), refreshKey, stored: null }
}

/** With HS… one secret signs everything, as in SimpleJWT, so that its tokens are good here and ours there. */
function sharedSecret(
  alg: HmacAlgorithm,
  signingKey: string | null,
  secrets: readonly Secret[],
): InstalledKeys {
  const [secret, ...formerSecrets] = signingKey === null ? secrets : [new Secret(signingKey)]
  if (!secret) throw new TypeError('keysOfSettings needs at least one secret')
  const key = hmacKey({ secret, alg, compatible: true, formerSecrets })
  return { ring: createKeyRing({ current: key, others: [] }), refreshKey: key, stored: null }
}

/** Refresh tokens come back only to us, so a MAC does: it is fast and the same bytes for the same claims. */
function refreshKeyOf(secret: Secret): TokenKey {
  const material = deriveKey(secret, 'refresh-token').toString('base64url')
  const kid = `refresh-${createHash('sha256').update(material).digest('base64url').slice(0, 8)}`
  return hmacKey({ secret: new Secret(material), alg: 'HS256', kid })
}

async function openStored(
  alg: AsymmetricAlgorithm,
  deps: { readonly secrets: readonly Secret[]; readonly clock: Clock; readonly place: KeyPlace },
  others: readonly TokenKey[],
): Promise<KeyStore> {
  const { documents, name } = deps.place
  const sealer = createSealer(deps.secrets, 'signing-keys')
  const stored = await openKeyStore(documents, { sealer, clock: deps.clock, place: name, alg, others })
  // whoever checks knows the next key long before it signs, so a rotation takes nobody by surprise
  if (!stored.list().some((key) => key.state === 'next' && key.alg === alg)) await stored.prepare({ alg })
  return stored
}

/** Where the keys are: in a database that instances share, else beside it or in `data`; nowhere for one in memory. */
export function keyPlaceOf(settings: Settings, shared: KeyDocumentStore | null): KeyPlace | null {
  if (shared) return { documents: shared, name: 'The row of the table signing_keys' }
  if (settings.database.url === 'sqlite::memory:') return null
  const path = join(secretDirectory(settings), 'keys.json')
  return { documents: keyDocumentFile(path), name: path }
}
