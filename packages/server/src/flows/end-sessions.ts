/** Ends sessions and notes it for those who check access tokens. Used by every flow that throws somebody out. */
import type { Revocation, Store } from '../store/store.ts'
import type { Deps } from './deps.ts'

/** Which sessions: some by id, or all of an account but one. */
export type SessionsToEnd =
  | { readonly ids: readonly string[]; readonly reason: string }
  | { readonly userId: number; readonly except?: string | null; readonly reason: string }

/**
 * Ends them inside the caller's transaction and returns the entries for the list of revocations, which the caller
 * applies after the commit. An entry stays until the last access token of the session has expired.
 */
export async function endSessions(
  deps: Pick<Deps, 'clock' | 'settings'>,
  store: Store,
  which: SessionsToEnd,
): Promise<readonly Revocation[]> {
  const now = deps.clock.now()
  const { reason } = which
  const ids =
    'ids' in which
      ? which.ids
      : await store.sessions.endAllOf({
          userId: which.userId,
          now,
          reason,
          ...(which.except && { except: which.except }),
        })
  if ('ids' in which) for (const id of ids) await store.sessions.end({ id, now, reason })

  const { accessLifetime, slidingRefreshLifetime, sliding, leeway } = deps.settings.tokens
  const longest = (sliding ? slidingRefreshLifetime : accessLifetime) + leeway + 1
  const expiresAt = now + longest * 1000
  const entries: Revocation[] = []
  for (const sessionId of ids) entries.push(await store.revocations.add({ sessionId, expiresAt }))
  return entries
}
