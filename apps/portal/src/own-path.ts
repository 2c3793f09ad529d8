/** The one rule about where a sign-in may lead to. */

/**
 * A path of this site that somebody asked to be led to, or null. Anything that a browser could take for another
 * site is refused: a sign-in page that leads elsewhere is what phishing is made of (OWASP: Unvalidated Redirects).
 */
export function ownPath(wanted: string | null, origin: string): string | null {
  // browsers drop control characters and read a backslash as a slash before they look for a host
  if (wanted === null || !OWN_PATH.test(wanted)) return null
  const url = URL.parse(wanted, origin)
  if (url?.origin !== origin) return null
  // taking out dots can leave two slashes at the start: `/.//evil.example`
  const path = `${url.pathname}${url.search}${url.hash}`
  return OWN_PATH.test(path) ? path : null
}

const OWN_PATH = /^\/(?![/\\])[^\\\p{Cc}]*$/u
