/** The keys that a verifier checks with: given once, or fetched from the server's `/.well-known/jwks.json`. */
import { createPublicKey } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { fail } from '../domain/errors.ts'
import { Secret } from '../domain/secret.ts'
import { isAsymmetric } from '../tokens/algorithms.ts'
import type { TokenKey } from '../tokens/keys.ts'
import { asymmetricKey, hmacKey } from '../tokens/keys.ts'
import { parseStrictObject } from '../tokens/strict-json.ts'

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

/** How long fetched keys are used before they are fetched again, in milliseconds: how soon a retired one is refused. */
const MAX_AGE = 300_000
/** How long to wait after a fetch that failed while there are keys to go on with, in milliseconds. */
const RETRY = 10_000
/** The least between two fetches, in milliseconds: nobody can make us flood the server by naming unknown keys. */
const PAUSE = 1000
/** Longest header of a token that a key is looked for, in characters. */
const LONGEST_HEADER = 512

/** What it needs. */
export interface KeyFinderDeps {
  readonly fetch: typeof fetch
  /** Milliseconds that no change of the clock moves. */
  readonly monotonic?: () => number
}

/** Makes a finder. TypeError for a key that is none. */
export function createKeyFinder(source: KeySource, deps: KeyFinderDeps): KeyFinder {
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

function fetchedKeys(
  url: string,
  { fetch: get, monotonic = () => performance.now() }: KeyFinderDeps,
): KeyFinder {
  let keys = new Map<string, TokenKey>()
  let fetchedAt = Number.NEGATIVE_INFINITY
  let triedAt = Number.NEGATIVE_INFINITY
  let isAway = false
  let pending: Promise<void> | null = null
  let rest: Promise<void> = Promise.resolve()
  const refresh = (): Promise<void> => {
    pending ??= rest
      .then(() => {
        triedAt = monotonic()
        rest = setTimeout(PAUSE, undefined, { ref: false })
        return download(url, get)
      })
      .then((fresh) => {
        keys = fresh
        fetchedAt = monotonic()
        isAway = false
      })
      .catch((error: unknown) => {
        isAway = true
        throw error
      })
      .finally(() => {
        pending = null
      })
    return pending
  }
  /** A key may have been retired since. Known ones go on checking if the server is away, which is waited for once. */
  const catchUp = async (): Promise<void> => {
    const now = monotonic()
    if (now - fetchedAt < MAX_AGE) return
    const fetching = (now - triedAt >= RETRY ? refresh() : pending)?.catch(() => {})
    if (!isAway) await fetching
  }
  const lookFor = async (header: string): Promise<void> => {
    // a fetch that is under way may have begun before the key was published
    if (pending) await pending.catch(() => {})
    if (!keys.has(header)) await refresh()
  }
  return {
    byHeader: (header) => keys.get(header),
    prepare: async (header) => {
      if (keys.has(header)) return catchUp()
      if (!mayBeOurs(header)) return
      await lookFor(header).catch(() => {
        if (keys.size === 0) throw fail('unavailable', { seconds: RETRY / 1000 })
      })
    },
  }
}

/** Whether a header is one that a key of the set could have: anything else is not worth a request. */
function mayBeOurs(header: string): boolean {
  if (header.length > LONGEST_HEADER) return false
  const parsed = parseStrictObject(Buffer.from(header, 'base64url'))
  return typeof parsed?.kid === 'string' && typeof parsed.alg === 'string' && isAsymmetric(parsed.alg)
}

async function download(url: string, get: typeof fetch): Promise<Map<string, TokenKey>> {
  const answer = await get(url, { signal: AbortSignal.timeout(5000), redirect: 'error' })
  if (!answer.ok) throw new TypeError(`${url} answers ${answer.status}`)
  const { keys } = (await answer.json()) as { keys: readonly PublishedKey[] }
  return keysByHeader(keys)
}

/** A key of a set, as far as it is looked at (RFC 7517 §4). */
export interface PublishedKey {
  readonly kid?: unknown
  readonly alg?: unknown
  readonly use?: unknown
  readonly key_ops?: unknown
}

/**
 * The keys of a set by the header that each accepts. What checks no signature of ours (another use, an unknown
 * algorithm, a key that does not fit its algorithm) is passed over, so that a set may hold it; two keys that accept
 * the same header are both passed over, for nobody could tell which one is meant.
 */
export function keysByHeader(set: readonly PublishedKey[]): Map<string, TokenKey> {
  const found = set.flatMap((jwk) => {
    const key = keyOfJwk(jwk)
    return key ? [...key.acceptedHeaders].map((header) => [header, key] as const) : []
  })
  const counts = Map.groupBy(found, ([header]) => header)
  return new Map(found.filter(([header]) => counts.get(header)?.length === 1))
}

function keyOfJwk(jwk: PublishedKey): TokenKey | null {
  const { alg, kid, use = 'sig', key_ops: operations = ['verify'] } = jwk
  const verifies = use === 'sig' && Array.isArray(operations) && operations.includes('verify')
  if (!verifies || typeof alg !== 'string' || !isAsymmetric(alg)) return null
  try {
    const publicKey = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
    return asymmetricKey({ alg, publicKey, ...(typeof kid === 'string' && { kid }) })
  } catch {
    return null
  }
}
