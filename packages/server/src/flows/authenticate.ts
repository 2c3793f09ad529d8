/**
 * Step 4 of the story: a call with a token. Reads the Authorization header as DRF does with SimpleJWT first and
 * database tokens second; everything but the account itself is checked without a query.
 */
import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { Awaitable } from '../domain/awaitable.ts'
import { andThen } from '../domain/awaitable.ts'
import type { ErrorCode } from '../domain/errors.ts'
import { DoorwardError, fail, issue } from '../domain/errors.ts'
import type { Claims } from '../tokens/jwt.ts'
import type { Caller, Deps } from './deps.ts'
import { userOfClaims } from './user-of-claims.ts'

type AuthenticateDeps = Pick<Deps, 'store' | 'settings' | 'tokens' | 'revocations'>

/**
 * Who is asking, or null without a credential (also when the scheme is none of ours). Throws
 * `bad_authorization_header`, `access_token_not_valid`, `token_user_missing`, `token_user_not_found`,
 * `token_user_inactive`, and the `database_token_…` codes.
 */
export function authenticate(
  deps: AuthenticateDeps,
  input: { readonly authorization: string | null },
): Awaitable<Caller | null> {
  const parts = (input.authorization ?? '').split(/[\t-\r ]+/).filter((part) => part !== '')
  const [scheme = '', token = ''] = parts
  if (deps.settings.api.headerTypes.includes(scheme)) {
    if (parts.length !== 2) throw fail('bad_authorization_header')
    return callerOfAccessToken(deps, checkAccessToken(deps, token))
  }
  const isDatabaseToken = deps.settings.databaseTokens.enabled && scheme.toLowerCase() === 'token'
  return isDatabaseToken ? callerOfDatabaseToken(deps, parts) : null
}

/** Checks an access token (or a sliding one, where those are used) without a query. Throws `access_token_not_valid`. */
export function checkAccessToken(
  deps: Pick<Deps, 'settings' | 'tokens' | 'revocations'>,
  token: string,
): Claims {
  const purpose = deps.settings.tokens.sliding ? 'sliding' : 'access'
  try {
    const claims = deps.tokens.read(purpose, token)
    if (deps.revocations.isRevoked(claims)) throw fail('token_revoked')
    return claims
  } catch (error) {
    if (!(error instanceof DoorwardError)) throw error
    throw new DoorwardError([issue(null, 'access_token_not_valid')], error.issues[0])
  }
}

function callerOfAccessToken(deps: AuthenticateDeps, claims: Claims): Awaitable<Caller> {
  const { userIdClaim, sliding } = deps.settings.tokens
  if (claims[userIdClaim] === undefined) throw fail('token_user_missing')
  return andThen(userOfClaims(deps, claims), (user) => {
    if (!user) throw fail('token_user_not_found')
    if (!user.isActive) throw fail('token_user_inactive')
    return {
      user,
      sessionId: typeof claims.sid === 'string' ? claims.sid : null,
      authenticatedAt: typeof claims.auth_time === 'number' ? claims.auth_time * 1000 : null,
      credential: sliding ? 'sliding' : 'access',
    }
  })
}

async function callerOfDatabaseToken(deps: Pick<Deps, 'store'>, parts: readonly string[]): Promise<Caller> {
  if (parts.length === 1) throw fail('database_token_missing')
  if (parts.length > 2) throw fail('database_token_spaces')
  const [, token = ''] = parts
  if (!isUtf8(Buffer.from(token, 'latin1'))) throw fail('database_token_characters')
  const user = await deps.store.databaseTokens.userByHash(hashDatabaseToken(token))
  if (!user) throw fail('database_token_invalid' satisfies ErrorCode)
  if (!user.isActive) throw fail('database_token_user_inactive')
  return { user, sessionId: null, authenticatedAt: null, credential: 'database' }
}

/** What the database keeps of a database token. The token has 160 random bits, so a plain hash is enough. */
export const hashDatabaseToken = (token: string): string =>
  createHash('sha256').update(token).digest('base64url')
