/**
 * Step 5 of the story: a new access token. All requests of a tab share one refresh, tabs take turns, and whoever finds
 * that another tab was quicker takes its tokens. Only the server's own word ends a session, never a failed network.
 */
import type { Clock } from './clock.ts'
import { DoorwardClientError, isDoorwardClientError } from './errors.ts'
import type { Keeper } from './keeper.ts'
import { withLock } from './lock.ts'
import type { Session } from './session.ts'
import { isFresh } from './session.ts'

/** What refreshing needs. */
export interface RefreshDeps {
  readonly keeper: Keeper
  readonly clock: Clock
  /** The name of the lock that tabs share, or null where nothing is shared. */
  readonly lock: string | null
  /** Asks the server to renew this session. Throws `DoorwardClientError`. */
  readonly renew: (session: Session) => Promise<Session>
}

/** Gives a session whose access token is newer than that of the one given. */
export type Refresh = (stale: Session) => Promise<Session>

/** Makes the function that refreshes. It throws `session_ended` and its like when there is nothing left to refresh. */
export function createRefresh(deps: RefreshDeps): Refresh {
  let running: { readonly id: string; readonly renewed: Promise<Session> } | null = null
  return (stale) => {
    if (running?.id === stale.id) return running.renewed
    const renewed = withLock(deps.lock, () => takeTurn(deps, stale)).finally(() => {
      if (running?.renewed === renewed) running = null
    })
    running = { id: stale.id, renewed }
    return renewed
  }
}

async function takeTurn(deps: RefreshDeps, stale: Session): Promise<Session> {
  const { keeper, clock } = deps
  const known = await stillThere(keeper, stale)
  if (known.access !== stale.access && isFresh(known, clock)) return known
  try {
    const renewed = await deps.renew(known)
    // what was signed out while the answer was on its way stays signed out
    const now = await stillThere(keeper, stale)
    // a tab that stood still meanwhile brings tokens that others have spent since
    if (now.access !== known.access) return takeTurn(deps, known)
    await keeper.keep(renewed)
    return renewed
  } catch (error) {
    const other = endsSession(error) ? await stillThere(keeper, stale) : known
    if (other.refresh !== known.refresh && isFresh(other, clock)) return other
    throw error
  }
}

async function stillThere(keeper: Keeper, { id }: Session): Promise<Session> {
  const known = await keeper.load()
  if (known?.id === id) return known
  throw new DoorwardClientError({ code: 'session_ended', message: 'The session has ended. Sign in again.' })
}

const ENDS_SESSION = /^(session_ended|(refresh_|token_)\w+)$/

/** Whether a refused refresh says that the session is over: a code of the server's, not a status that a proxy gives. */
export function endsSession(error: unknown): error is DoorwardClientError {
  if (!isDoorwardClientError(error)) return false
  const cookieIsGone = error.status === 400 && error.issues.some(({ path }) => path === 'refresh')
  return cookieIsGone || ENDS_SESSION.test(error.code)
}
