/**
 * Step 4 of the story in another service: checks access tokens there, without a query and without a request to the
 * server. The frameworks' adapters beside this file are thin shells around it.
 */
import type { Mountable } from '../create-doorward.ts'
import type { Clock } from '../domain/clock.ts'
import { seconds, systemClock } from '../domain/clock.ts'
import type { ErrorCode } from '../domain/errors.ts'
import { DoorwardError, fail, issue } from '../domain/errors.ts'
import { checkAccessToken } from '../flows/authenticate.ts'
import type { Claims } from '../tokens/jwt.ts'
import { checkTimes, JwtFault } from '../tokens/jwt.ts'
import { createTokenReader } from '../tokens/verified-tokens.ts'
import type { KeyFinder, KeySource } from './jwks.ts'
import { createKeyFinder } from './jwks.ts'
import type { FeedPage, RevocationFeed, RevocationFeedOptions } from './revocation-feed.ts'
import { followRevocations } from './revocation-feed.ts'

/** How tokens are checked elsewhere. Give the same names as in the server's settings where they were changed. */
export type RemoteOptions = KeySource & {
  readonly issuer?: string
  readonly audience?: string
  /** The header with the token, in small letters. Default `authorization`. */
  readonly headerName?: string
  /** Schemes of that header. Default `JWT` and `Bearer`. */
  readonly headerTypes?: readonly string[]
  readonly userIdClaim?: string
  readonly tokenTypeClaim?: string
  /** How far clocks may differ, in seconds. Default 0. */
  readonly leeway?: number
  /** Where to learn of sessions that have ended. Without it, a token is good until it expires. */
  readonly revocations?: RevocationFeedOptions
  readonly clock?: Clock
  readonly fetch?: typeof fetch
}

/** In the program that runs Doorward itself, everything is at hand: `createVerifier({ doorward })`. */
export interface OwnOptions {
  readonly doorward: Pick<Mountable, 'deps'>
}

/** What a verifier is made of. */
export type VerifierOptions = RemoteOptions | OwnOptions

/** Who is calling, as the token says. */
export interface Verified {
  readonly userId: number | string
  readonly role: string | null
  readonly sessionId: string | null
  /** When the person last proved who they are, in seconds since 1970. */
  readonly authTime: number | null
  readonly amr: readonly string[]
  readonly claims: Claims
}

/** What a route may ask of the caller. */
export interface UserPolicy {
  /** One of these roles. */
  readonly role?: string | readonly string[]
  /** Longest time since the person proved who they are, in seconds. */
  readonly maxAge?: number
  /**
   * Asks now which sessions have ended, instead of going by what was heard last: for what must not happen even a
   * moment too late. It costs a request to the server, or in the server itself a query.
   */
  readonly fresh?: boolean
}

/** Checks tokens of requests. */
export interface Verifier {
  /**
   * Checks the header with the token against a policy. Throws `not_authenticated`, `bad_authorization_header`,
   * `access_token_not_valid`, `permission_denied`, `reauthentication_required`, `unavailable`.
   */
  check(authorization: string | null | undefined, policy?: UserPolicy): Promise<Verified>
  /** The header with the token, in small letters. */
  readonly headerName: string
  /** The scheme that WWW-Authenticate names. */
  readonly scheme: string
  /** Stops following the feed. */
  close(): void
}

/** How long a first request waits for the list of revocations, in milliseconds. */
const FIRST_ANSWER = 3000

/** Makes a verifier. TypeError for a key that is none. */
export const createVerifier = (options: VerifierOptions): Verifier =>
  'doorward' in options ? ownVerifier(options.doorward.deps) : remoteVerifier(options)

function ownVerifier(deps: Mountable['deps']): Verifier {
  const { headerName, headerTypes } = deps.settings.api
  return {
    headerName,
    scheme: headerTypes[0] ?? 'Bearer',
    close: () => {},
    check: async (authorization, policy = {}) => {
      const token = tokenOf(authorization ?? '', headerTypes)
      await deps.shared.ensureFresh()
      if (policy.fresh) await deps.revocations.catchUp().catch(unheard)
      const verified = toVerified(checkAccessToken(deps, token), deps.settings.tokens.userIdClaim)
      checkPolicy(verified, policy, seconds(deps.clock))
      return verified
    },
  }
}

const unheard = (): never => {
  throw fail('unavailable', { seconds: 5 })
}

function remoteVerifier(options: RemoteOptions): Verifier {
  const { clock = systemClock, headerName = 'authorization', headerTypes = ['JWT', 'Bearer'] } = options
  const get = options.fetch ?? fetch
  const keys = createKeyFinder(options, { fetch: get })
  const verified = createTokenReader(keys)
  const read = (token: string, purpose: string) =>
    readToken(token, purpose, { keys, verified, clock, options })
  const open = async (token: string) => (await read(token, 'revocations')) as unknown as FeedPage
  const feed = options.revocations
    ? followRevocations(options.revocations, { clock, fetch: get, open })
    : null
  return {
    headerName,
    scheme: headerTypes[0] ?? 'Bearer',
    close: () => feed?.close(),
    check: async (authorization, policy = {}) => {
      const token = tokenOf(authorization ?? '', headerTypes)
      const claims = await read(token, 'access').catch((error: unknown) => {
        throw error instanceof DoorwardError && error.code !== 'unavailable' ? refused(error) : error
      })
      if (policy.fresh && !feed)
        throw new TypeError('requireUser: `fresh` needs a verifier with `revocations`')
      if (feed) await checkFeed(feed, claims, policy.fresh === true)
      const user = toVerified(claims, options.userIdClaim ?? 'user_id')
      checkPolicy(user, policy, seconds(clock))
      return user
    },
  }
}

function tokenOf(authorization: string, headerTypes: readonly string[]): string {
  const [scheme = '', token, ...more] = authorization.split(/[\t-\r ]+/).filter(Boolean)
  if (!headerTypes.includes(scheme)) throw fail('not_authenticated')
  if (token === undefined || more.length > 0) throw fail('bad_authorization_header')
  return token
}

const refused = (error: DoorwardError): DoorwardError =>
  new DoorwardError([issue(null, 'access_token_not_valid')], error.issues[0])

async function readToken(
  token: string,
  purpose: string,
  deps: {
    readonly keys: KeyFinder
    readonly verified: (token: string) => Claims
    readonly clock: Clock
    readonly options: RemoteOptions
  },
): Promise<Claims> {
  const { issuer = null, audience = null, leeway = 0, tokenTypeClaim = 'token_type' } = deps.options
  await deps.keys.prepare(token.split('.', 1)[0] ?? '')
  try {
    const claims = deps.verified(token)
    checkTimes(claims, { now: seconds(deps.clock), leeway, issuer, audience })
    if (claims.exp === undefined) throw fail('token_no_claim', { claim: 'exp' })
    if (claims[tokenTypeClaim] === undefined) throw fail('token_no_type')
    if (claims[tokenTypeClaim] !== purpose) throw fail('token_wrong_type')
    return claims
  } catch (fault) {
    if (!(fault instanceof JwtFault)) throw fault
    throw fail(fault.reason === 'expired' ? 'token_expired' : 'token_invalid')
  }
}

async function checkFeed(feed: RevocationFeed, claims: Claims, isFresh: boolean): Promise<void> {
  if (isFresh && !(await feed.update())) unheard()
  if (feed.isLost) await feed.ready(FIRST_ANSWER)
  if (feed.isLost) unheard()
  if (feed.isRevoked(claims.sid)) throw refused(fail('token_revoked'))
}

function toVerified(claims: Claims, userIdClaim: string): Verified {
  const userId = claims[userIdClaim]
  if (typeof userId !== 'number' && typeof userId !== 'string') throw fail('token_user_missing')
  const { role, sid, auth_time: authTime, amr } = claims
  return {
    userId,
    role: typeof role === 'string' ? role : null,
    sessionId: typeof sid === 'string' ? sid : null,
    authTime: typeof authTime === 'number' ? authTime : null,
    amr: Array.isArray(amr) ? amr.filter((one) => typeof one === 'string') : [],
    claims,
  }
}

function checkPolicy(verified: Verified, policy: UserPolicy, now: number): void {
  const roles = policy.role === undefined ? null : [policy.role].flat()
  if (roles && !roles.includes(verified.role ?? '')) throw fail('permission_denied' satisfies ErrorCode)
  if (policy.maxAge === undefined) return
  // a sign-in in the future was before the clock was set back, nobody knows how long
  if (verified.authTime === null || Math.abs(now - verified.authTime) > policy.maxAge) {
    throw fail('reauthentication_required')
  }
}
