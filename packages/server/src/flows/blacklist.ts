/** SimpleJWT's way to sign out: a refresh token is put on the blacklist. With stored sessions, its session ends. */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { record } from './record.ts'
import { userOfClaims } from './user-of-claims.ts'

/** Throws what reading a refresh token throws, and `token_blacklisted` when it was there already. */
export async function blacklist(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'tokens' | 'revocations'>,
  input: { readonly refresh: string; readonly origin: Origin },
): Promise<void> {
  const claims = deps.tokens.read('refresh', input.refresh)
  const jti = String(claims[deps.settings.tokens.jtiClaim])
  const user = (await userOfClaims(deps, claims))?.id ?? null
  const ended = await deps.store.transaction(async (store) => {
    if (!(await store.revocations.blacklist(jti, Number(claims.exp) * 1000))) throw fail('token_blacklisted')
    await record(deps, store, { action: 'signed_out', user, actor: user, origin: input.origin })
    if (typeof claims.sid !== 'string') return []
    return endSessions(deps, store, { ids: [claims.sid], reason: 'signed_out' })
  })
  deps.revocations.apply(ended)
}
