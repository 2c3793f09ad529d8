/** How a refresh token follows from the one before, so that the same parent always gets the same successor. */
import { createHmac, createSecretKey, hash } from 'node:crypto'
import type { Settings } from '../config/settings.ts'
import type { Secret } from '../domain/secret.ts'
import type { Session } from '../store/store.ts'
import { deriveKey } from './seal.ts'

/** What the database keeps of a refresh token: a hash of its id. */
export const hashTokenId = (tokenId: string): string => hash('sha256', tokenId, 'base64url')

/**
 * Derives the id of a refresh token's successor from its session and its own id, once for each secret (the first
 * makes new ones, the others recognise what was made before a secret was replaced). Nothing has to be stored to
 * give a second caller the same successor.
 */
export function createSuccessors(secrets: readonly Secret[]) {
  const keys = secrets.map((secret) => createSecretKey(deriveKey(secret, 'refresh-successor')))
  return (sessionId: string, tokenId: string): readonly string[] =>
    keys.map((key) => createHmac('sha256', key).update(`${sessionId}.${tokenId}`).digest('hex').slice(0, 32))
}

/** When a refresh token issued at `now` ends, in seconds: after its lifetime, or with its session. */
export function refreshExpiry(
  settings: Settings,
  session: Pick<Session, 'expiresAt'> | null,
  now: number,
): number {
  const own = now + settings.tokens.refreshLifetime
  return session ? Math.min(own, Math.floor(session.expiresAt / 1000)) : own
}
