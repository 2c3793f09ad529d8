/** Step 5 of the story: the access token has expired, and the refresh token gives a new one. */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import type { Claims } from '../tokens/jwt.ts'
import type { Deps } from './deps.ts'
import { refreshSession } from './refresh-session.ts'
import { userOfClaims } from './user-of-claims.ts'

/** What a refresh gives; `refresh` only where refresh tokens rotate. */
export interface RefreshedTokens {
  readonly access: string
  readonly refresh?: string
}

/**
 * Gives a new access token, and a new refresh token where they rotate. Throws what reading a token throws,
 * `token_blacklisted`, `refresh_user_inactive`, and for stored sessions what `refreshSession` throws.
 */
export async function refresh(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'tokens' | 'revocations' | 'successors' | 'compose'>,
  input: { readonly refresh: string; readonly origin: Origin },
): Promise<RefreshedTokens> {
  const { sessions } = deps.settings
  const claims = readRefreshToken(deps, input.refresh)
  return sessions.mode === 'stored'
    ? refreshSession(deps, { claims, origin: input.origin })
    : refreshStateless(deps, claims)
}

function readRefreshToken(deps: Pick<Deps, 'tokens' | 'settings'>, token: string): Claims {
  try {
    return deps.tokens.read('refresh', token)
  } catch (error) {
    // a session's owner should learn that time ran out; SimpleJWT's stateless tokens say so in one sentence for all
    if (deps.settings.sessions.mode === 'stored' && isExpired(error)) throw fail('refresh_token_expired')
    throw error
  }
}

const isExpired = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'token_expired'

async function refreshStateless(
  deps: Pick<Deps, 'store' | 'settings' | 'tokens'>,
  claims: Claims,
): Promise<RefreshedTokens> {
  const { jtiClaim, rotate, blacklistAfterRotation } = deps.settings.tokens
  const jti = String(claims[jtiClaim])
  if (await deps.store.revocations.isBlacklisted(jti)) throw fail('token_blacklisted')
  const user = await activeUser(deps, claims)
  const access = await deps.tokens.issueAccess(user, null, claims)
  if (!rotate) return { access }

  const spent =
    blacklistAfterRotation && !(await deps.store.revocations.blacklist(jti, Number(claims.exp) * 1000))
  if (spent) throw fail('token_blacklisted')
  return { access, refresh: await deps.tokens.renewRefresh(claims) }
}

async function activeUser(deps: Pick<Deps, 'store' | 'settings'>, claims: Claims): Promise<User | null> {
  if (claims[deps.settings.tokens.userIdClaim] === undefined) return null
  const user = await userOfClaims(deps, claims)
  if (!user?.isActive) throw fail('refresh_user_inactive')
  return user
}
