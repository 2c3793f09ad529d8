/** Issues and reads access, refresh and sliding tokens: purpose, times and ids are checked in one place. */
import type { Settings } from '../config/settings.ts'
import type { Clock } from '../domain/clock.ts'
import { seconds } from '../domain/clock.ts'
import type { ErrorCode } from '../domain/errors.ts'
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import type { SessionClaims, TokenPurpose } from './claims.ts'
import { newTokenId, subjectClaims } from './claims.ts'
import type { Claims } from './jwt.ts'
import { checkTimes, decodeJwt, encodeJwt, JwtFault } from './jwt.ts'
import type { KeyRing } from './key-ring.ts'
import type { TokenKey } from './keys.ts'
import { createTokenReader } from './verified-tokens.ts'

/** What a refresh token is made of beside the standard claims; `now` is in seconds. */
export interface RefreshInput {
  readonly user: Pick<User, 'id' | 'email'>
  readonly sessionId: string | null
  readonly tokenId: string
  readonly now: number
  /** When it ends, in seconds since 1970. */
  readonly expiresAt: number
}

/** The issuer and reader of tokens. */
export interface Tokens {
  /** A new access token; `copied` are claims of the refresh token it came from (SimpleJWT copies them all). */
  issueAccess(user: User | null, session: SessionClaims | null, copied?: Claims): Promise<string>
  issueRefresh(input: RefreshInput): Promise<string>
  /** Signs the claims of a refresh token again, for another life (SimpleJWT's stateless rotation). */
  renewRefresh(claims: Claims): Promise<string>
  issueSliding(user: User, session: SessionClaims | null): Promise<string>
  renewSliding(claims: Claims): Promise<string>
  /** A page of the list of revocations, signed for other services. */
  issueFeed(page: Claims): Promise<string>
  /**
   * Checks signature, times, id and purpose. `any` takes every purpose (`jwt/verify`).
   * Throws `token_invalid`, `token_expired`, `token_no_id`, `token_no_claim`, `token_no_type`, `token_wrong_type`.
   */
  read(purpose: TokenPurpose | 'any', token: string): Claims
  /** Checks that the time in a claim has not come (sliding tokens' `refresh_exp`). */
  checkClaimTime(claims: Claims, claim: string): void
}

/** Keys of the tokens: those of access tokens, and the one that refresh tokens are signed with. */
export interface TokenKeys {
  readonly ring: KeyRing
  readonly refreshKey: TokenKey
}

/** Puts issuer and reader together from keys, settings and the clock. */
export function createTokens(keys: TokenKeys, deps: { settings: Settings; clock: Clock }): Tokens {
  const { settings, clock } = deps
  const verified = createTokenReader(keys.ring)
  const names = settings.tokens
  const typeClaim = names.tokenTypeClaim
  const place: Claims = {
    ...(names.issuer !== null && { iss: names.issuer }),
    ...(names.audience !== null && { aud: names.audience }),
  }
  const sign = (key: TokenKey, purpose: TokenPurpose, lifetime: number, claims: Claims) => {
    const now = seconds(clock)
    return encodeJwt(key, {
      ...claims,
      ...place,
      [typeClaim]: purpose,
      exp: now + lifetime,
      iat: now,
      [names.jtiClaim]: newTokenId(),
    })
  }
  return {
    issueAccess: (user, session, copied = {}) =>
      sign(keys.ring.current, 'access', names.accessLifetime, {
        ...copied,
        ...(user && subjectClaims(user, session, settings)),
      }),
    issueRefresh: ({ user, sessionId, tokenId, now, expiresAt }) =>
      encodeJwt(keys.refreshKey, {
        [typeClaim]: 'refresh',
        exp: expiresAt,
        iat: now,
        [names.jtiClaim]: tokenId,
        [names.userIdClaim]: names.userIdField === 'id' ? user.id : user.email,
        ...(sessionId !== null && { sid: sessionId }),
        ...place,
      }),
    renewRefresh: (claims) => sign(keys.refreshKey, 'refresh', names.refreshLifetime, claims),
    issueSliding: (user, session) =>
      sign(keys.ring.current, 'sliding', names.slidingLifetime, {
        ...subjectClaims(user, session, settings),
        [names.slidingRefreshExpClaim]: seconds(clock) + names.slidingRefreshLifetime,
      }),
    renewSliding: (claims) => sign(keys.ring.current, 'sliding', names.slidingLifetime, claims),
    issueFeed: (page) => sign(keys.ring.current, 'revocations', FEED_LIFETIME, page),
    read: (purpose, token) => readToken(purpose, token, { ring: keys.ring, verified, settings, clock }),
    checkClaimTime: (claims, claim) => checkClaimTime(claims, claim, seconds(clock) - names.leeway),
  }
}

/** How long a page of the list of revocations can be used, in seconds. */
const FEED_LIFETIME = 60

interface ReaderDeps {
  readonly ring: KeyRing
  readonly verified: (token: string) => Claims
  readonly settings: Settings
  readonly clock: Clock
}

function readToken(purpose: TokenPurpose | 'any', token: string, deps: ReaderDeps): Claims {
  const { tokens } = deps.settings
  const claims = decode(purpose, token, deps)
  if (claims.exp === undefined) throw fail('token_no_claim', { claim: 'exp' })
  if (claims[tokens.jtiClaim] === undefined) throw fail('token_no_id')
  if (purpose !== 'any') checkPurpose(claims[tokens.tokenTypeClaim], purpose)
  return claims
}

function decode(purpose: TokenPurpose | 'any', token: string, deps: ReaderDeps): Claims {
  const { leeway, issuer, audience } = deps.settings.tokens
  // a clock that was ahead and is right again must not end a session, which is stored and knows its own end
  const hasSession = purpose === 'refresh' && deps.settings.sessions.mode === 'stored'
  try {
    // a refresh token comes once: remembering it would only displace those that come again
    const claims = purpose === 'refresh' ? decodeJwt(token, deps.ring) : deps.verified(token)
    checkTimes(hasSession ? { ...claims, iat: undefined } : claims, {
      now: seconds(deps.clock),
      leeway,
      issuer,
      audience,
    })
    return claims
  } catch (fault) {
    if (fault instanceof JwtFault) throw fail(fault.reason === 'expired' ? 'token_expired' : 'token_invalid')
    throw fault
  }
}

function checkPurpose(found: unknown, purpose: TokenPurpose): void {
  if (found === undefined) throw fail('token_no_type')
  if (found !== purpose) throw fail('token_wrong_type')
}

function checkClaimTime(claims: Claims, claim: string, now: number): void {
  const at = claims[claim]
  if (typeof at !== 'number') throw fail('token_no_claim', { claim })
  if (at <= now) throw fail('token_claim_expired' satisfies ErrorCode, { claim })
}
