/** The end of the story: sign out. The session ends here, not only in the browser. */
import type { Origin } from '../domain/audit.ts'
import { DoorwardError, fail } from '../domain/errors.ts'
import type { Caller, Deps } from './deps.ts'
import { revoke } from './end-sessions.ts'
import { record } from './record.ts'

type SignOutDeps = Pick<Deps, 'store' | 'clock' | 'settings' | 'tokens' | 'revocations'>

/**
 * Ends the session of the refresh token or, without one, of the caller. A refresh token that is no good any more
 * has nothing left to sign out, so that is no error. Throws `not_authenticated` when neither is given.
 */
export async function signOut(
  deps: SignOutDeps,
  input: { readonly caller: Caller | null; readonly refresh: string | undefined; readonly origin: Origin },
): Promise<void> {
  const sid = input.refresh === undefined ? sessionOf(input.caller) : sessionOfToken(deps, input.refresh)
  if (sid === null) return
  const ended = await deps.store.transaction(async (store) => {
    const user = await store.sessions.end({ id: sid, now: deps.clock.now(), reason: 'signed_out' })
    if (user === null) return []
    const { origin } = input
    await record(deps, store, { action: 'signed_out', user, actor: user, origin, details: { session: sid } })
    return revoke(deps, store, [sid])
  })
  deps.revocations.apply(ended)
}

function sessionOf(caller: Caller | null): string | null {
  if (!caller) throw fail('not_authenticated')
  return caller.sessionId
}

function sessionOfToken(deps: Pick<Deps, 'tokens'>, refresh: string): string | null {
  try {
    const { sid } = deps.tokens.read('refresh', refresh)
    return typeof sid === 'string' ? sid : null
  } catch (error) {
    if (error instanceof DoorwardError) return null
    throw error
  }
}
