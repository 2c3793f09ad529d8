/** What an operator does with the stored signing keys, with the overlap that the settings ask for. */
import { setTimeout } from 'node:timers/promises'
import type { Settings } from '../config/settings.ts'
import type { Clock } from '../domain/clock.ts'
import type { KeyInfo } from './key-file.ts'
import type { KeyStore } from './key-store.ts'
import { KNOWN_AFTER } from './shared-state.ts'

/** The keys that sign access tokens. Changes throw `KeyFileError`. */
export interface SigningKeys {
  /** All the stored keys, the newest first. */
  list(): readonly KeyInfo[]
  /**
   * Signs with the next key of the configured algorithm, which was published since the last rotation, and publishes
   * the one after it; the old one checks until its tokens have expired. Waits a few seconds if the next key is so young
   * that an instance might not know it. Returns the key that signs now.
   */
  rotate(): Promise<KeyInfo>
  /** Forgets a key at once: what it signed is refused. */
  retire(kid: string): Promise<void>
}

/** The stored keys; null where tokens are signed with a secret or a key from the configuration. */
export function createSigningKeys(
  settings: Settings,
  stored: KeyStore | null,
  clock: Clock,
): SigningKeys | null {
  const { algorithm, accessLifetime, slidingRefreshLifetime, sliding, leeway } = settings.tokens
  if (!stored || algorithm === 'HS256' || algorithm === 'HS384' || algorithm === 'HS512') return null
  const overlap = (sliding ? slidingRefreshLifetime : accessLifetime) + leeway + 60
  return {
    list: () => stored.list(),
    rotate: async () => {
      const next = stored.list().find(({ state, alg }) => state === 'next' && alg === algorithm)
      const age = next ? clock.now() - next.createdAt : 0
      await setTimeout(Math.max(0, KNOWN_AFTER - age))
      const current = await stored.rotate({ alg: algorithm, overlap })
      await stored.prepare({ alg: algorithm })
      return current
    },
    retire: (kid) => stored.retire(kid),
  }
}
