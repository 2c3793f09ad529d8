/** The keys that a verifier checks with: given once, or fetched from the server's `/.well-known/jwks.json`. */
import { createPublicKey } from 'node:crypto'
import type { Clock } from '../domain/clock.ts'
import { fail } from '../domain/errors.ts'
import { Secret } from '../domain/secret.ts'
import type { TokenKey } from '../tokens/keys.ts'
import { asymmetricKey, hmacKey } from '../tokens/keys.ts'

/** Where keys come from: exactly one of the three. */
export type KeySource =
  | { readonly jwksUrl: string }
  | {
      readonly publicKey: string
      readonly algorithm: Parameters<typeof asymmetricKey>[0]['alg']
      readonly kid?: string
    }
  | { readonly secret: string }

/** Finds the key that accepts a header. */
export interface KeyFinder {
  /** Makes sure that a key for this header is known, if there is one. Throws `unavailable` when none was ever fetched. */
  prepare(header: string): Promise<void>
  byHeader(header: string): TokenKey | undefined
}

/** How long fetched keys are used before they are fetched again, in milliseconds. */
const MAX_AGE = 300_000
/** How often an unknown key may cause a fetch, in milliseconds: nobody can make us flood the server. */
const COOL_DOWN = 10_000

/** Makes a finder. TypeError for a key that is none. */
export function createKeyFinder(
  source: KeySource,
  deps: { readonly clock: Clock; readonly fetch: typeof fetch },
): KeyFinder {
  if ('jwksUrl' in source) return fetchedKeys(source.jwksUrl, deps)
  const key =
    'secret' in source
      ? hmacKey({ secret: new Secret(source.secret), alg: 'HS256', compatible: true })
      : asymmetricKey({
          alg: source.algorithm,
          publicKey: source.publicKey,
          ...(source.kid && { kid: source.kid }),
        })
  const byHeader = (header: string) => (key.acceptedHeaders.has(header) ? key : undefined)
  return { prepare: async () => {}, byHeader }
}

function fetchedKeys(url: string, deps: { readonly clock: Clock; readonly fetch: typeof fetch }): KeyFinder {
  let keys = new Map<string, TokenKey>()
  let fetchedAt = Number.NEGATIVE_INFINITY
  let triedAt = Number.NEGATIVE_INFINITY
  let pending: Promise<void> | null = null
  const refresh = (): Promise<void> => {
    triedAt = deps.clock.now()
    pending ??= download(url, deps.fetch)
      .then((fresh) => {
        keys = fresh
        fetchedAt = deps.clock.now()
      })
      .finally(() => {
        pending = null
      })
    return pending
  }
  return {
    byHeader: (header) => keys.get(header),
    prepare: async (header) => {
      const now = deps.clock.now()
      const isKnown = keys.has(header)
      const mayTry = now - triedAt >= COOL_DOWN
      // known keys go on checking while newer ones are fetched, and if the server is away
      if (isKnown && now - fetchedAt >= MAX_AGE && mayTry) refresh().catch(() => {})
      if (isKnown || !(mayTry || pending)) return
      await refresh().catch(() => {
        if (keys.size === 0) throw fail('unavailable', { seconds: COOL_DOWN / 1000 })
      })
    },
  }
}

interface Jwk {
  readonly kid?: string
  readonly alg?: string
}

async function download(url: string, get: typeof fetch): Promise<Map<string, TokenKey>> {
  const answer = await get(url, { signal: AbortSignal.timeout(5000), redirect: 'error' })
  if (!answer.ok) throw new TypeError(`${url} answers ${answer.status}`)
  const { keys } = (await answer.json()) as { keys: readonly (Jwk & Record<string, unknown>)[] }
  const found = new Map<string, TokenKey>()
  for (const jwk of keys) {
    const key = asymmetricKey({
      alg: jwk.alg as Parameters<typeof asymmetricKey>[0]['alg'],
      publicKey: createPublicKey({ key: jwk, format: 'jwk' }),
      ...(jwk.kid && { kid: jwk.kid }),
    })
    for (const header of key.acceptedHeaders) found.set(header, key)
  }
  return found
}
