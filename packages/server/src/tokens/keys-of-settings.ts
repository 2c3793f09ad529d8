/** Which keys sign and check, as the settings say: the stored key file, a key given as text, or the shared secret. */
import { createHash, createPrivateKey } from 'node:crypto'
import { join } from 'node:path'
import { secretDirectory } from '../config/first-secret.ts'
import type { Settings } from '../config/settings.ts'
import type { SignatureAlgorithm } from '../config/token-settings.ts'
import type { Clock } from '../domain/clock.ts'
import { Secret } from '../domain/secret.ts'
import { createKeyRing } from './key-ring.ts'
import type { KeyStore } from './key-store.ts'
import { openKeyFile } from './key-store.ts'
import type { TokenKey } from './keys.ts'
import { asymmetricKey, generatePrivateKey, hmacKey } from './keys.ts'
import { createSealer, deriveKey } from './seal.ts'
import type { TokenKeys } from './tokens.ts'

type HmacAlgorithm = Extract<SignatureAlgorithm, `HS${string}`>
type AsymmetricAlgorithm = Exclude<SignatureAlgorithm, HmacAlgorithm>

const isHmac = (alg: SignatureAlgorithm): alg is HmacAlgorithm => alg.startsWith('HS')

/** Keys of tokens, and the key file where there is one. */
export interface InstalledKeys extends TokenKeys {
  readonly file: KeyStore | null
}

/**
 * Opens the keys. `keyFile` is made with one key if it is needed and not there; null: a key for this process only.
 * Throws `KeyFileError`.
 */
export function keysOfSettings(
  settings: Settings,
  deps: { readonly secrets: readonly Secret[]; readonly clock: Clock; readonly keyFile: string | null },
): InstalledKeys {
  const { algorithm, signingKey } = settings.tokens
  if (isHmac(algorithm)) return sharedSecret(algorithm, signingKey, deps.secrets)
  const refreshKeys = deps.secrets.map(refreshKeyOf)
  const [refreshKey, ...former] = refreshKeys
  if (!refreshKey) throw new TypeError('keysOfSettings needs at least one secret')
  if (signingKey !== null) {
    const privateKey = createPrivateKey(signingKey)
    const current = asymmetricKey({ alg: algorithm, privateKey })
    return { ring: createKeyRing({ current, others: refreshKeys }), refreshKey, file: null }
  }
  if (deps.keyFile === null) {
    const current = asymmetricKey({ alg: algorithm, privateKey: generatePrivateKey(algorithm) })
    return { ring: createKeyRing({ current, others: refreshKeys }), refreshKey, file: null }
  }
  const file = openKeys(algorithm, { ...deps, keyFile: deps.keyFile }, [refreshKey, ...former])
  return { ring: file.ring, refreshKey, file }
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
  return { ring: createKeyRing({ current: key, others: [] }), refreshKey: key, file: null }
}

/** Refresh tokens come back only to us, so a MAC does: it is fast and the same bytes for the same claims. */
function refreshKeyOf(secret: Secret): TokenKey {
  const material = deriveKey(secret, 'refresh-token').toString('base64url')
  const kid = `refresh-${createHash('sha256').update(material).digest('base64url').slice(0, 8)}`
  return hmacKey({ secret: new Secret(material), alg: 'HS256', kid })
}

function openKeys(
  alg: AsymmetricAlgorithm,
  deps: { readonly secrets: readonly Secret[]; readonly clock: Clock; readonly keyFile: string },
  others: readonly TokenKey[],
): KeyStore {
  const sealer = createSealer(deps.secrets, 'signing-keys')
  const file = openKeyFile(deps.keyFile, { sealer, clock: deps.clock, alg, others })
  // whoever checks knows the next key long before it signs, so a rotation takes nobody by surprise
  if (!file.list().some((key) => key.state === 'next' && key.alg === alg)) file.prepare({ alg })
  return file
}

/** Where the key file is: beside the database, or in `data`; nowhere for a database in memory. */
export const keyFileOf = (settings: Settings): string | null =>
  settings.database.url === 'sqlite::memory:' ? null : join(secretDirectory(settings), 'keys.json')
