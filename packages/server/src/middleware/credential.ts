/** The credential of a request of Node, for `requireUser` in the frameworks that hand such requests on. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Verifier } from './verifier.ts'

/**
 * The header with the access token as the API reads it: one that came several times is joined, and so refused.
 * `headers` of Node keeps the first alone, and another program on the way may have looked at another (RFC 9110 §5.3).
 * What the app has put into `headers` itself counts, as long as not more than one came.
 */
export function credentialOf(
  { headers, rawHeaders }: { readonly headers: IncomingHttpHeaders; readonly rawHeaders: readonly string[] },
  { headerName }: Pick<Verifier, 'headerName'>,
): string | undefined {
  let count = 0
  for (let i = 0; i < rawHeaders.length; i += 2) if (isNamed(rawHeaders[i], headerName)) count += 1
  if (count < 2) return headers[headerName]?.toString()
  return rawHeaders.filter((_, i) => i % 2 === 1 && isNamed(rawHeaders[i - 1], headerName)).join(', ')
}

/** Every request that is checked comes through here: most names are told apart by their length. */
const isNamed = (raw = '', name: string): boolean => raw.length === name.length && raw.toLowerCase() === name
