/** The credential of a request of Node, for `requireUser` in the frameworks that hand such requests on. */
import type { IncomingHttpHeaders } from 'node:http'

/**
 * The Authorization header as the API reads it: one that came several times is joined, and so refused. `headers` of
 * Node keeps the first alone, and another program on the way may have looked at another (RFC 9110 §5.3). What the app
 * has put into `headers` itself counts, as long as not more than one came.
 */
export function authorizationOf(
  headers: IncomingHttpHeaders,
  rawHeaders: readonly string[],
): string | undefined {
  let count = 0
  for (let i = 0; i < rawHeaders.length; i += 2) if (isAuthorization(rawHeaders[i])) count += 1
  if (count < 2) return headers.authorization
  return rawHeaders.filter((_, i) => i % 2 === 1 && isAuthorization(rawHeaders[i - 1])).join(', ')
}

/** Every request that is checked comes through here: the usual spellings need no copy in small letters. */
const isAuthorization = (name = ''): boolean =>
  name.length === 13 &&
  (name === 'authorization' || name === 'Authorization' || name.toLowerCase() === 'authorization')
