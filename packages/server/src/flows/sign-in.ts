/** Step 3 of the story: sign in with address and password. The next step is a call with the access token. */
import { randomBytes } from 'node:crypto'
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import type { Session, Store } from '../store/store.ts'
import { newTokenId } from '../tokens/claims.ts'
import { hashTokenId, refreshExpiry } from '../tokens/refresh-rotation.ts'
import type { Credentials } from './check-credentials.ts'
import { checkCredentials } from './check-credentials.ts'
import type { Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { isNewDevice } from './is-new-device.ts'
import { record } from './record.ts'

type SignInDeps = Pick<
  Deps,
  'store' | 'clock' | 'settings' | 'passwords' | 'tokens' | 'revocations' | 'compose'
>

/** What a sign-in gives: the pair, or one sliding token where the settings say so. */
export type IssuedTokens = { readonly refresh: string; readonly access: string } | { readonly token: string }

/** Credentials, and whether the device proved by its cookie that the account was used on it before. */
export type SignIn = Credentials & { readonly isKnownDevice?: boolean }

/** Signs in. Throws `no_active_account` whatever was wrong, and `overloaded`. */
export async function signIn(deps: SignInDeps, input: SignIn): Promise<IssuedTokens> {
  const user = await checkCredentials(deps, input)
  if (!user) throw fail('no_active_account')

  const tokenId = newTokenId()
  const session =
    deps.settings.sessions.mode === 'stored' ? newSession(deps, user, input.origin, tokenId) : null
  await remember(deps, user, session, input)
  return issueTokens(deps, user, session, tokenId)
}

function newSession(deps: SignInDeps, user: User, origin: Origin, tokenId: string): Session {
  const now = deps.clock.now()
  return {
    id: randomBytes(16).toString('base64url'),
    userId: user.id,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: now + deps.settings.sessions.absoluteLifetime * 1000,
    authenticatedAt: now,
    amr: 'pwd',
    userAgent: origin.userAgent.slice(0, 255),
    address: origin.address,
    refreshHash: hashTokenId(tokenId),
    parentHash: null,
    rotatedAt: now,
    endedAt: null,
    endReason: null,
  }
}

async function remember(
  deps: SignInDeps,
  user: User,
  session: Session | null,
  { origin, isKnownDevice = false }: SignIn,
): Promise<void> {
  const lastLogin = deps.settings.tokens.updateLastLogin ? deps.clock.now() : null
  const ended = await deps.store.transaction(async (store) => {
    // hashing takes long enough for the owner to change the password meanwhile
    if (!(await store.users.holdIfUnchanged(user, lastLogin))) throw fail('no_active_account')
    if (session && !isKnownDevice) await tellOfDevice(deps, store, user, origin)
    const details = { session: session?.id ?? null }
    await record(deps, store, { action: 'signed_in', user: user.id, actor: user.id, origin, details })
    const { maxPerUser } = deps.settings.sessions
    if (!session || (await store.sessions.insert(session, maxPerUser))) return []
    const ended = await makeRoom(deps, store, user)
    await store.sessions.insert(session)
    return ended
  })
  deps.revocations.apply(ended)
}

async function tellOfDevice(deps: SignInDeps, store: Store, user: User, origin: Origin): Promise<void> {
  if (!deps.settings.mails.newDevice || !(await isNewDevice(store, { user, origin }))) return
  const { userAgent, address } = origin
  const place = { userAgent, address, at: deps.clock.now() }
  await store.outbox.add(deps.compose({ kind: 'new_device', user, signIn: place }))
}

/** Somebody has the most sessions that a person may have: refuses, or ends those unused for longest. */
async function makeRoom(deps: SignInDeps, store: Store, user: User) {
  const { maxPerUser, beyondMax } = deps.settings.sessions
  if (beyondMax === 'refuse') throw fail('too_many_sessions', { max: maxPerUser })
  const live = await store.sessions.listOf(user.id, deps.clock.now())
  const oldest = live.slice(maxPerUser - 1).map((session) => session.id)
  return endSessions(deps, store, { ids: oldest, reason: 'too_many_sessions' })
}

async function issueTokens(
  deps: SignInDeps,
  user: User,
  session: Session | null,
  tokenId: string,
): Promise<IssuedTokens> {
  const { tokens, settings, clock } = deps
  if (settings.tokens.sliding) return { token: await tokens.issueSliding(user, session) }
  const now = Math.floor(clock.now() / 1000)
  const expiresAt = refreshExpiry(settings, session, now)
  const [refresh, access] = await Promise.all([
    tokens.issueRefresh({ user, sessionId: session?.id ?? null, tokenId, now, expiresAt }),
    tokens.issueAccess(user, session),
  ])
  return { refresh, access }
}
