/**
 * Remembers tokens whose signature was good, so that only the first call with a token costs a signature check. Kept
 * is what can never change of a token: its claims, and which key had signed it. What can change is asked each time:
 * here, whether that key is still the one for its header; by the callers, times, purpose and revocation.
 */
import type { Claims } from './jwt.ts'
import { decodeJwt } from './jwt.ts'
import type { KeyRing } from './key-ring.ts'
import type { TokenKey } from './keys.ts'

interface Verified {
  readonly claims: Claims
  readonly header: string
  readonly key: TokenKey
}

/** How many tokens are kept for sure, and about half of how many at most: some 10 MB when it is full. */
const GENERATION = 5000

/**
 * Makes what `decodeJwt` is, with a memory: `(token) => claims`, frozen, for several callers get the same ones.
 * Throws what `decodeJwt` throws. Refused tokens are forgotten at once, or a flood of them would displace good ones.
 */
export function createTokenReader(
  ring: Pick<KeyRing, 'byHeader'>,
  generation = GENERATION,
): (token: string) => Claims {
  let recent = new Map<string, Verified>()
  let older = new Map<string, Verified>()
  const keep = (token: string, verified: Verified): void => {
    if (recent.size >= generation) {
      older = recent
      recent = new Map()
    }
    recent.set(token, verified)
  }
  return (token) => {
    const known = recent.get(token) ?? older.get(token)
    if (known && ring.byHeader(known.header) === known.key) {
      if (!recent.has(token)) keep(token, known)
      return known.claims
    }
    const claims = frozen(decodeJwt(token, ring))
    const header = token.slice(0, token.indexOf('.'))
    const key = ring.byHeader(header)
    if (key) keep(token, { claims, header, key })
    return claims
  }
}

/** Nothing that one caller does to the claims may reach another one. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) frozen(part)
  }
  return value
}
