/** Step 5 with a sliding token: one token that is both, as SimpleJWT's sliding views have it. */
import { fail } from '../domain/errors.ts'
import type { Deps } from './deps.ts'

/** Moves the end of a sliding token. Throws what reading throws, `token_claim_expired`, `session_ended`. */
export async function refreshSliding(
  deps: Pick<Deps, 'store' | 'settings' | 'tokens' | 'revocations'>,
  input: { readonly token: string },
): Promise<{ readonly token: string }> {
  const { tokens, settings } = deps
  const claims = tokens.read('sliding', input.token)
  tokens.checkClaimTime(claims, settings.tokens.slidingRefreshExpClaim)
  if (deps.revocations.isRevoked(claims)) throw fail('session_ended')
  if (await deps.store.revocations.isBlacklisted(String(claims[settings.tokens.jtiClaim]))) {
    throw fail('token_blacklisted')
  }
  return { token: await tokens.renewSliding(claims) }
}
