/** The signing keys from outside of a running server: for `doorward keys`. */
import type { Settings } from './config/settings.ts'
import { systemClock } from './domain/clock.ts'
import { Secret } from './domain/secret.ts'
import type { KeyInfo } from './tokens/key-file.ts'
import { keyFileOf, keysOfSettings } from './tokens/keys-of-settings.ts'

export type { KeyInfo } from './tokens/key-file.ts'

/** What can be done with the keys. */
export interface KeyStore {
  /** All the stored keys, the newest first. */
  list(): readonly KeyInfo[]
  /**
   * Signs with the next key of the configured algorithm, which was published since the last rotation, and publishes
   * the one after it; the old one checks until its tokens have expired.
   */
  rotateNow(): void
  /** Forgets a key at once: what it signed is refused. Throws `KeyFileError`. */
  retire(kid: string): void
}

/** Opens the key file. TypeError where tokens are not signed with stored keys. */
export function openKeys(settings: Settings): KeyStore {
  const { algorithm, accessLifetime, slidingRefreshLifetime, sliding, leeway } = settings.tokens
  const secrets = settings.secrets.list.map((text) => new Secret(text))
  const { file } = keysOfSettings(settings, { secrets, clock: systemClock, keyFile: keyFileOf(settings) })
  if (!file || algorithm === 'HS256' || algorithm === 'HS384' || algorithm === 'HS512') {
    throw new TypeError(
      `Tokens are signed with ${algorithm} and a secret from the configuration, so there is no key to rotate. ` +
        'Put a new secret in front of the old one in DOORWARD_SECRET.',
    )
  }
  const overlap = (sliding ? slidingRefreshLifetime : accessLifetime) + leeway + 60
  return {
    list: () => file.list(),
    rotateNow: () => {
      file.rotate({ alg: algorithm, overlap })
      file.prepare({ alg: algorithm })
    },
    retire: (kid) => file.retire(kid),
  }
}
