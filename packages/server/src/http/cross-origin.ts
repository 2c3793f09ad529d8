/** CORS: which pages of other origins may read the answers (Fetch standard, "HTTP extensions"). */
import type { Settings } from '../config/settings.ts'
import type { Exchange, Reply } from './exchange.ts'

/** What browsers are told. */
export interface CrossOrigin {
  /** The answer to the question that a browser asks before the request itself; null for any other request. */
  preflight(exchange: Exchange): Reply | null
  /** Adds to an answer what the origin of its request may know; an answer to a request without origin stays as it is. */
  admit(reply: Reply, exchange: Exchange): Reply
  /** The same for a response. */
  admitTo(response: Response, exchange: Exchange): void
}

const EXPOSED = ['link', 'retry-after', 'www-authenticate', 'x-request-id', 'date']

/** For the listed origins and the front end's own; other origins are not named and so have no answer to read. */
export function createCrossOrigin(settings: Settings): CrossOrigin {
  const origins = new Set([...settings.server.corsOrigins, new URL(settings.server.frontendUrl).origin])
  const common = [
    ...['access-control-allow-credentials', 'true'],
    ...['access-control-expose-headers', EXPOSED.join(',')],
  ]
  const credential = settings.api.headerName
  const asked = [...PREFLIGHT, 'access-control-allow-headers', [credential, ...SENT].join(',')]
  const headersFor = (origin: string) =>
    origins.has(origin) ? ['access-control-allow-origin', origin, ...common] : common
  return {
    preflight: ({ method, headers, requestId }) => {
      if (method !== 'OPTIONS' || !headers.get('access-control-request-method')) return null
      const origin = headers.get('origin')
      if (origin === null) return null
      return {
        status: 204,
        body: null,
        headers: [...headersFor(origin), ...asked, 'x-request-id', requestId],
      }
    },
    admit: (reply, exchange) => {
      const origin = originOf(exchange)
      if (origin === null) return reply
      return { ...reply, headers: [...varied(reply.headers), ...headersFor(origin)] }
    },
    admitTo: (response, exchange) => {
      const origin = originOf(exchange)
      if (origin === null) return
      const headers = headersFor(origin)
      for (let i = 0; i < headers.length; i += 2) response.headers.set(headers[i] ?? '', headers[i + 1] ?? '')
      response.headers.append('vary', 'Origin')
    },
  }
}

const originOf = ({ method, headers }: Exchange): string | null =>
  method === 'OPTIONS' ? null : headers.get('origin')

/** Answers differ by origin, so a cache must tell them apart (RFC 9110 §12.5.5). */
function varied(headers: readonly string[]): readonly string[] {
  const at = headers.indexOf('vary')
  return at < 0 ? [...headers, 'vary', 'Origin'] : headers.with(at + 1, `${headers[at + 1]}, Origin`)
}

/** What pages may send beside the credential. */
const SENT = ['content-type', 'accept-language', 'x-request-id']

const PREFLIGHT = [
  ...['access-control-allow-methods', 'GET,POST,PUT,PATCH,DELETE'],
  ...['access-control-max-age', '600'],
  ...['vary', 'Origin, Access-Control-Request-Headers'],
]
