/** A session as the client holds it, and how long its access token is still good. */
import type { Clock } from './clock.ts'

/** What a sign-in or a refresh gave. */
export interface Tokens {
  readonly access: string
  readonly refresh?: string
}

/** Somebody's session on this device. */
export interface Session {
  /** Made at sign-in and kept by refreshes: another id is another sign-in, perhaps of somebody else. */
  readonly id: string
  /** Null when only the cookie knows the session: after a reload. */
  readonly access: string | null
  /** Null when it is in the cookie. */
  readonly refresh: string | null
  /** The server's time minus this device's, in milliseconds. */
  readonly skew: number
  /** When the access token expires, on the monotonic clock. */
  readonly deadline: number
}

/** A token this close to its end is renewed first, for it may expire on its way. In milliseconds. */
const MARGIN = 5000

/** Whether the access token can still be used. */
export const isFresh = (session: Session, clock: Clock): boolean =>
  session.access !== null && session.deadline - clock.monotonic() > MARGIN

/** A session of tokens that came just now; `date` is the answer's Date header. */
export function sessionOf(
  tokens: Tokens,
  { id, refresh, date, clock }: { id: string; refresh: string | null; date: string | null; clock: Clock },
): Session {
  const { exp, iat } = timesOf(tokens.access)
  const now = Date.parse(date ?? '') || iat
  return {
    id,
    access: tokens.access,
    refresh: tokens.refresh ?? refresh,
    skew: now - clock.wall(),
    deadline: clock.monotonic() + exp - now,
  }
}

/** The text that a storage keeps. Of a session in the cookie only its id: there is nothing in it to steal. */
export const writeSession = ({ id, access, refresh, skew }: Session, inCookie: boolean): string =>
  JSON.stringify(inCookie ? { id } : { id, access, refresh, skew })

/** The session of a stored text, or null if there is none or the text is not ours. */
export function readSession(text: string | null, clock: Clock): Session | null {
  const stored = parse(text ?? '') as Partial<Session> | null
  const { id, access = null, refresh = null, skew = 0 } = stored ?? {}
  if (typeof id !== 'string' || typeof (access ?? '') !== 'string') return null
  const left = access === null ? 0 : timesOf(access).exp - clock.wall() - skew
  return { id, access, refresh, skew, deadline: clock.monotonic() + left }
}

/** When an access token was made and ends, in milliseconds. One that cannot be read ends when the server says so. */
function timesOf(token: string): { exp: number; iat: number } {
  const claims = parse(decode(token.split('.')[1] ?? '')) as { exp?: number; iat?: number } | null
  return { exp: (claims?.exp ?? Number.POSITIVE_INFINITY) * 1000, iat: (claims?.iat ?? 0) * 1000 }
}

function decode(base64url: string): string {
  try {
    return atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}

function parse(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
