/** The signing keys from outside of a running server: for `doorward keys`. */
import { setTimeout } from 'node:timers/promises'
import type { Settings } from './config/settings.ts'
import { systemClock } from './domain/clock.ts'
import { Secret } from './domain/secret.ts'
import { explained } from './store/database-faults.ts'
import { createKeyDocumentStore } from './store/key-documents.ts'
import { connect } from './store/open-store.ts'
import type { KeyInfo } from './tokens/key-file.ts'
import type { TokenKey } from './tokens/keys.ts'
import { type InstalledKeys, keyPlaceOf, keysOfSettings } from './tokens/keys-of-settings.ts'
import { KNOWN_AFTER } from './tokens/shared-state.ts'

export type { KeyInfo } from './tokens/key-file.ts'

/** What can be done with the keys. */
export interface KeyStore {
  /** All the stored keys, the newest first. */
  list(): readonly KeyInfo[]
  /**
   * Signs with the next key of the configured algorithm, which was published since the last rotation, and publishes
   * the one after it; the old one checks until its tokens have expired. Waits a few seconds if the next key is so young
   * that an instance might not know it.
   */
  rotateNow(): Promise<void>
  /** Forgets a key at once: what it signed is refused. Throws `KeyFileError`. */
  retire(kid: string): Promise<void>
}

/**
 * Does something with the stored keys, which are beside SQLite or in PostgreSQL. TypeError where tokens are not signed
 * with stored keys.
 */
export const withKeys = <T>(settings: Settings, work: (keys: KeyStore) => Promise<T>): Promise<T> =>
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

function operated(settings: Settings, { stored }: InstalledKeys): KeyStore {
  const { algorithm, accessLifetime, slidingRefreshLifetime, sliding, leeway } = settings.tokens
  if (!stored || algorithm === 'HS256' || algorithm === 'HS384' || algorithm === 'HS512') {
    throw new TypeError(
      `Tokens are signed with ${algorithm} and a secret from the configuration, so there is no key to rotate. ` +
        'Put a new secret in front of the old one in DOORWARD_SECRET.',
    )
  }
  const overlap = (sliding ? slidingRefreshLifetime : accessLifetime) + leeway + 60
  return {
    list: () => stored.list(),
    rotateNow: async () => {
      const next = stored.list().find(({ state, alg }) => state === 'next' && alg === algorithm)
      const age = next ? systemClock.now() - next.createdAt : 0
      await setTimeout(Math.max(0, KNOWN_AFTER - age))
      await stored.rotate({ alg: algorithm, overlap })
      await stored.prepare({ alg: algorithm })
    },
    retire: (kid) => stored.retire(kid),
  }
}
