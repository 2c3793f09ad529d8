/** Headers that every answer has, whatever it is, so that no browser guesses, embeds, remembers or downgrades. */
import type { Settings } from '../config/settings.ts'

/** For two years, as browsers ask of sites that want to be known for it (RFC 6797 §6.1). */
const ONLY_HTTPS = ['strict-transport-security', 'max-age=63072000'] as const

/** What holds where an answer says nothing itself: nothing in it is a page, so nothing of it may run or load. */
const FOR_ALL = [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'same-origin'],
  ['content-security-policy', "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"],
] as const

/** The header that keeps browsers on https, where the server is reached by it: names and values in turn. */
export const httpsHeaders = ({ server }: Pick<Settings, 'server'>): readonly string[] =>
  server.publicUrl.startsWith('https:') ? ONLY_HTTPS : []

/** Makes a function that adds to an answer what it lacks. */
export function createSecurityHeaders(settings: Pick<Settings, 'server'>): (response: Response) => void {
  const [https] = httpsHeaders(settings)
  const all = https === undefined ? FOR_ALL : [...FOR_ALL, ONLY_HTTPS]
  return ({ headers }) => {
    for (const [name, value] of all) if (!headers.has(name)) headers.set(name, value)
  }
}
