/** Ends sessions and notes it for those who check access tokens. Used by every flow that throws somebody out. */
import type { Revocation, Store } from '../store/store.ts'
import type { Deps } from './deps.ts'

/** Which sessions: some by id, or all of an account but one. */
export type SessionsToEnd =
  | { readonly ids: readonly string[]; readonly reason: string }
  | { readonly userId: number; readonly except?: string | null; readonly reason: string }

/**
 * Ends them inside the caller's transaction and returns the entries for the list of revocations, which the caller
 * applies after the commit: one for each session that had not ended before.
 */
export async function endSessions(
  deps: Pick<Deps, 'clock' | 'settings'>,
  store: Store,
  which: SessionsToEnd,
): Promise<readonly Revocation[]> {
  const now = deps.clock.now()
  const { reason } = which
  if ('userId' in which) {
    const { userId, except } = which
    return revoke(
      deps,
      store,
      await store.sessions.endAllOf({ userId, now, reason, ...(except && { except }) }),
    )
  }
  const ended: string[] = []
  for (const id of which.ids) if ((await store.sessions.end({ id, now, reason })) !== null) ended.push(id)
  return revoke(deps, store, ended)
}

/**
 * How much longer an entry stays than the last access token can by the settings and the clock of now, in seconds: it
 * may have been issued while `accessLifetime` was longer, or be judged by a clock that goes before this one.
 */
const RESERVE = 3600

/** Adds sessions that have just ended to the list. An entry stays until the last access token has expired. */
export async function revoke(
  deps: Pick<Deps, 'clock' | 'settings'>,
  store: Store,
  ids: readonly string[],
): Promise<readonly Revocation[]> {
  const { accessLifetime, slidingRefreshLifetime, sliding, leeway } = deps.settings.tokens
  const longest = (sliding ? slidingRefreshLifetime : accessLifetime) + leeway + RESERVE
  const expiresAt = deps.clock.now() + longest * 1000
  const entries: Revocation[] = []
  for (const sessionId of ids) entries.push(await store.revocations.add({ sessionId, expiresAt }))
  return entries
}
