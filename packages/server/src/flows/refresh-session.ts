/**
 * Rotation of a stored session's refresh token. Of any number of simultaneous callers with the current token, one
 * UPDATE wins; the others, and whoever lost the answer on the way, get the same successor within the grace window.
 * Any other token of the family is a sign that it was stolen: the session ends (RFC 9700 §4.14.2).
 */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { Session } from '../store/store.ts'
import type { Claims } from '../tokens/jwt.ts'
import { hashTokenId, refreshExpiry } from '../tokens/refresh-rotation.ts'
import type { Deps } from './deps.ts'
import { revoke } from './end-sessions.ts'
import { record } from './record.ts'
import type { RefreshedTokens } from './refresh.ts'

type SessionDeps = Pick<
  Deps,
  'store' | 'clock' | 'settings' | 'tokens' | 'revocations' | 'successors' | 'compose'
>

/** Throws `session_ended`, `refresh_token_expired`, `refresh_token_revoked`, `refresh_token_reused`. */
export async function refreshSession(
  deps: SessionDeps,
  { claims, origin }: { readonly claims: Claims; readonly origin: Origin },
): Promise<RefreshedTokens> {
  const { sid } = claims
  const tokenId = claims[deps.settings.tokens.jtiClaim]
  if (typeof sid !== 'string' || typeof tokenId !== 'string') throw fail('refresh_token_revoked')
  if (!deps.settings.tokens.rotate) return refreshInPlace(deps, { sid, tokenId })

  const [successor = ''] = deps.successors(sid, tokenId)
  const rotation = { id: sid, from: hashTokenId(tokenId), to: hashTokenId(successor), now: deps.clock.now() }
  const rotated = await deps.store.sessions.rotate(rotation)
  if (rotated) return issuePair(deps, rotated, successor)
  return replay(deps, { sid, tokenId, origin })
}

async function refreshInPlace(
  deps: SessionDeps,
  { sid, tokenId }: { sid: string; tokenId: string },
): Promise<RefreshedTokens> {
  const session = await liveSession(deps, sid)
  if (session.refreshHash !== hashTokenId(tokenId)) throw fail('refresh_token_revoked')
  return { access: (await issuePair(deps, session, tokenId)).access }
}

/** The token was not the current one: its parent within the window, or a spent one. */
async function replay(
  deps: SessionDeps,
  { sid, tokenId, origin }: { sid: string; tokenId: string; origin: Origin },
): Promise<RefreshedTokens> {
  const session = await liveSession(deps, sid)
  const isParent = session.parentHash === hashTokenId(tokenId)
  // either way: a clock that was set back must not keep the window open until it is there again
  const distance = Math.abs(deps.clock.now() - session.rotatedAt)
  const inGrace = distance <= deps.settings.sessions.rotationGrace * 1000
  const successor = deps.successors(sid, tokenId).find((id) => hashTokenId(id) === session.refreshHash)
  if (isParent && inGrace && successor) return issuePair(deps, session, successor)

  await endFamily(deps, session, origin)
  throw fail('refresh_token_reused')
}

async function liveSession(deps: SessionDeps, sid: string): Promise<Session> {
  const session = await deps.store.sessions.byId(sid)
  if (!session || session.endedAt !== null) throw fail('session_ended')
  if (session.expiresAt <= deps.clock.now()) throw fail('refresh_token_expired')
  return session
}

async function issuePair(
  deps: SessionDeps,
  session: Session,
  tokenId: string,
): Promise<{ access: string; refresh: string }> {
  const user = await deps.store.users.byId(session.userId)
  if (!user?.isActive) throw fail('session_ended')
  const now = Math.floor(session.rotatedAt / 1000)
  const expiresAt = refreshExpiry(deps.settings, session, now)
  const [access, refresh] = await Promise.all([
    deps.tokens.issueAccess(user, session),
    deps.tokens.issueRefresh({ user, sessionId: session.id, tokenId, now, expiresAt }),
  ])
  return { access, refresh }
}

async function endFamily(deps: SessionDeps, session: Session, origin: Origin): Promise<void> {
  const ended = await deps.store.transaction(async (store) => {
    const reason = 'refresh_token_reused'
    const owner = await store.sessions.end({ id: session.id, now: deps.clock.now(), reason })
    if (owner === null) return []
    const details = { session: session.id }
    await record(deps, store, { action: reason, user: owner, actor: null, origin, details })
    const user = await store.users.byId(owner)
    if (user) await store.outbox.add(deps.compose({ kind: reason, user }))
    return revoke(deps, store, [session.id])
  })
  deps.revocations.apply(ended)
}
