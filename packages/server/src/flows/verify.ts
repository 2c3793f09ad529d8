/** Beside step 4: is this token good? For clients that cannot check signatures themselves. */
import { fail } from '../domain/errors.ts'
import type { TokenPurpose } from '../tokens/claims.ts'
import { hashTokenId } from '../tokens/refresh-rotation.ts'
import type { Deps } from './deps.ts'

/**
 * Accepts a good token of any purpose that stands for a person; a page of the list of revocations, which everybody
 * can fetch, does not. Throws what reading a token throws, `token_revoked`, and `verified_token_blacklisted` for one
 * on SimpleJWT's blacklist.
 */
export async function verify(
  deps: Pick<Deps, 'store' | 'settings' | 'tokens' | 'revocations'>,
  input: { readonly token: string },
): Promise<void> {
  const { settings } = deps
  const claims = deps.tokens.read('any', input.token)
  const purpose = claims[settings.tokens.tokenTypeClaim]
  if (purpose === ('revocations' satisfies TokenPurpose)) throw fail('token_wrong_type')
  const tokenId = String(claims[settings.tokens.jtiClaim])
  if (settings.sessions.mode === 'stateless') {
    const looksAtBlacklist = settings.tokens.blacklistAfterRotation
    if (looksAtBlacklist && (await deps.store.revocations.isBlacklisted(tokenId))) {
      throw fail('verified_token_blacklisted')
    }
    return
  }
  if (deps.revocations.isRevoked(claims)) throw fail('token_revoked')
  if (purpose !== 'refresh') return
  const session = typeof claims.sid === 'string' ? await deps.store.sessions.byId(claims.sid) : null
  if (!session || session.endedAt !== null || session.refreshHash !== hashTokenId(tokenId)) {
    throw fail('token_revoked')
  }
}
