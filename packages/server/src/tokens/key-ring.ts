/** The keys in use: one signs, all of them check. Which one checks is decided by the token's header as a whole. */
import type { PublicJwk, TokenKey } from './keys.ts'

/** The keys of a ring. */
export interface RingKeys {
  /** The key that signs. */
  readonly current: TokenKey
  /** Keys that only check: retiring ones, the next one, those of other purposes. */
  readonly others: readonly TokenKey[]
}

/** A set of keys that can be exchanged as a whole while it is in use. */
export interface KeyRing {
  /** The key that signs. */
  readonly current: TokenKey
  /** The key that accepts exactly this header (base64url, as it stands in the token). */
  byHeader(header: string): TokenKey | undefined
  /** The public keys, for `/.well-known/jwks.json` (RFC 7517 §5). Shared secrets never appear. */
  jwks(): { readonly keys: readonly PublicJwk[] }
  /** Exchanges all the keys at once; on TypeError everything stays as it was. */
  replace(keys: RingKeys): void
}

/** Makes a ring. TypeError if the current key cannot sign, or if two keys accept the same header. */
export function createKeyRing(keys: RingKeys): KeyRing {
  let held = arrange(keys)
  return {
    get current() {
      return held.current
    },
    byHeader: (header) => held.byHeader.get(header),
    jwks: () => ({ keys: held.all.flatMap((key) => key.publicJwk() ?? []) }),
    replace: (next) => {
      held = arrange(next)
    },
  }
}

function arrange({ current, others }: RingKeys) {
  if (!current.sign) throw new TypeError('the current key of a ring needs its private half')
  const all = [current, ...others]
  const byHeader = new Map<string, TokenKey>()
  for (const key of all)
    for (const header of key.acceptedHeaders) {
      if (byHeader.has(header))
        throw new TypeError(`two keys of the ring accept the same header (${key.alg})`)
      byHeader.set(header, key)
    }
  return { current, all, byHeader }
}
