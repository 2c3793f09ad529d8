/** What the tokens say, and how an account is found by what they say. */
import { randomFillSync } from 'node:crypto'
import type { Settings } from '../config/settings.ts'
import { pythonInteger } from '../domain/python-number.ts'
import type { User } from '../domain/user.ts'
import { roleOf } from '../domain/user.ts'
import type { Session } from '../store/store.ts'
import type { Claims } from './jwt.ts'

/** What a token is for. Stated in the token, and checked wherever one is taken. */
export type TokenPurpose = 'access' | 'refresh' | 'sliding' | 'revocations'

/** Random bytes for many ids: asking for 16 takes longer than all the rest of making a refresh token. */
const random = Buffer.alloc(4096)
let used = random.length

/** A new token id: 128 random bits as 32 hexadecimal digits (RFC 7519 §4.1.7). */
export function newTokenId(): string {
  if (used === random.length) {
    randomFillSync(random)
    used = 0
  }
  used += 16
  return random.toString('hex', used - 16, used)
}

/** The part of a session that its tokens speak of. */
export type SessionClaims = Pick<Session, 'id' | 'authenticatedAt' | 'amr'>

/** The claims that say whose token it is and how that person signed in. */
export function subjectClaims(user: User, session: SessionClaims | null, settings: Settings): Claims {
  const { tokens } = settings
  return {
    [tokens.userIdClaim]: tokens.userIdField === 'id' ? user.id : user.email,
    ...(session && {
      sid: session.id,
      auth_time: Math.floor(session.authenticatedAt / 1000),
      amr: [session.amr],
    }),
    ...(tokens.roleClaim && { role: roleOf(user) }),
    ...tokens.customClaims?.(user),
  }
}

/** How an account is looked up: by id, by address, or not at all because the claim makes no sense. */
export type UserReference = { id: number } | { email: string } | null

/** Reads the claim that says whose token it is. A number may be written as text, as Django takes it. */
export function userReference(claims: Claims, settings: Settings): UserReference {
  const value = claims[settings.tokens.userIdClaim]
  if (settings.tokens.userIdField === 'email') return typeof value === 'string' ? { email: value } : null
  const id = typeof value === 'string' ? pythonInteger(value) : value
  if (typeof id !== 'number' && typeof id !== 'boolean') return null
  const whole = Math.trunc(Number(id))
  return Number.isSafeInteger(whole) ? { id: whole } : null
}
