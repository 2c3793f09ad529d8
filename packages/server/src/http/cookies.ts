/**
 * The refresh token in a cookie, for browsers: out of reach of scripts, sent to the refresh path alone, and only
 * taken from pages of our own front ends (OWASP Cross-Site Request Forgery Prevention Cheat Sheet: Fetch Metadata
 * and verifying the origin).
 */
import { parse, serialize } from 'hono/utils/cookie'
import type { Settings } from '../config/settings.ts'
import { fail } from '../domain/errors.ts'
import type { ApiAnswer } from './endpoint.ts'
import { ok } from './endpoint.ts'
import type { RequestHeaders } from './exchange.ts'

const isSecure = ({ server }: Settings): boolean => server.publicUrl.startsWith('https:')

/** Browsers take the prefix only from a secure origin, and then vouch for it (RFC 6265bis §4.1.3). */
const nameOf = (settings: Settings): string =>
  isSecure(settings) ? '__Secure-doorward-refresh' : 'doorward-refresh'

function cookie(settings: Settings, value: string, maxAge: number): string {
  const sameSite = settings.sessions.cookieSameSite
  return serialize(nameOf(settings), value, {
    path: `${settings.api.authPath}/jwt/`,
    httpOnly: true,
    secure: isSecure(settings) || sameSite === 'None',
    sameSite,
    maxAge,
  })
}

const refreshCookie = (settings: Settings, refresh: string): string =>
  cookie(settings, refresh, settings.tokens.refreshLifetime)

/** An answer with tokens whose refresh token goes into the cookie instead of the body. */
export function inCookie(issued: object, settings: Settings): ApiAnswer {
  if (!('refresh' in issued)) return ok(issued)
  const { refresh, ...rest } = issued
  return { ...ok(rest), cookies: [refreshCookie(settings, String(refresh))] }
}

/** A Set-Cookie header that takes it away. */
export const clearRefreshCookie = (settings: Settings): string => cookie(settings, '', 0)

/**
 * The refresh token of the request's cookie, or null. Throws `cross_site_refused` when the cookie is there but the
 * request does not come from a page of ours.
 */
export function refreshFromCookie(headers: RequestHeaders, settings: Settings): string | null {
  if (!settings.sessions.cookieDelivery) return null
  const name = nameOf(settings)
  const value = parse(headers.get('cookie') ?? '', name)[name]
  if (value === undefined || value === '') return null
  refuseOtherSites(headers, settings)
  return value
}

/** Throws `cross_site_refused` unless the request comes from a page of ours. */
export function refuseOtherSites(headers: RequestHeaders, { server }: Settings): void {
  const origin = headers.get('origin')
  const own = [server.publicUrl, server.frontendUrl, ...server.corsOrigins].map((url) => new URL(url).origin)
  if (origin !== null && !own.includes(origin)) {
    throw fail('cross_site_refused', { reason: 'Add its origin to CORS_ORIGINS if it is yours.' })
  }
  if (origin === null && headers.get('sec-fetch-site') === 'cross-site') {
    throw fail('cross_site_refused', { reason: 'The browser says so (Sec-Fetch-Site).' })
  }
}
