/** The signing keys from outside of a running server: for `doorward doctor`. */
import type { Settings } from './config/settings.ts'
import { systemClock } from './domain/clock.ts'
import { Secret } from './domain/secret.ts'
import { explained } from './store/database-faults.ts'
import { createKeyDocumentStore } from './store/key-documents.ts'
import { connect } from './store/open-store.ts'
import type { TokenKey } from './tokens/keys.ts'
import { type InstalledKeys, keyPlaceOf, keysOfSettings } from './tokens/keys-of-settings.ts'
import type { SigningKeys } from './tokens/signing-keys.ts'
import { createSigningKeys } from './tokens/signing-keys.ts'

export type { KeyInfo } from './tokens/key-file.ts'
export type { SigningKeys } from './tokens/signing-keys.ts'

/**
 * Does something with the stored keys, which are beside SQLite or in PostgreSQL. TypeError where tokens are not signed
 * with stored keys.
 */
export const withKeys = <T>(settings: Settings, work: (keys: SigningKeys) => Promise<T>): Promise<T> =>
  withInstalledKeys(settings, (keys) => work(operated(settings, keys)))

/** The key that signs now, whatever its kind. */
export const signingKey = (settings: Settings): Promise<Pick<TokenKey, 'alg' | 'kid'>> =>
  withInstalledKeys(settings, async ({ ring }) => ({ alg: ring.current.alg, kid: ring.current.kid }))

async function withInstalledKeys<T>(
  settings: Settings,
  work: (keys: InstalledKeys) => Promise<T>,
): Promise<T> {
  const secrets = settings.secrets.list.map((text) => new Secret(text))
  const { db, dialect } = connect(settings.database.url, settings.database)
  const shared = dialect === 'postgres' ? createKeyDocumentStore(db, dialect) : null
  try {
    const place = keyPlaceOf(settings, shared)
    return await work(await keysOfSettings(settings, { secrets, clock: systemClock, place }))
  } catch (error) {
    throw explained(error)
  } finally {
    await db.destroy()
  }
}

function operated(settings: Settings, { stored }: InstalledKeys): SigningKeys {
  const keys = createSigningKeys(settings, stored, systemClock)
  if (keys) return keys
  throw new TypeError(
    `Tokens are signed with ${settings.tokens.algorithm} and a secret from the configuration, so there is no key to ` +
      'rotate. Put a new secret in front of the old one in DOORWARD_SECRET.',
  )
}
