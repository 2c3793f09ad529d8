/** How requests leave: to the server's own origin and the listed ones, with the token, renewed once if it was refused. */
import type { Clock } from './clock.ts'
import { errorOf, networkError, unexpectedAnswer } from './errors.ts'
import type { Keeper } from './keeper.ts'
import type { Refresh } from './refresh.ts'
import type { Session } from './session.ts'
import { isFresh } from './session.ts'

/** Requests of this client. */
export interface Transport {
  /** Sends as it is. Throws `network_error`, or the reason for which the request was called off. */
  send(request: Request): Promise<Response>
  /** Sends with the access token of whoever is signed in. */
  sendAuthorized(request: Request): Promise<Response>
  /** A request to the API: JSON there and back, errors with codes. */
  apiRequest(method: string, path: string, body?: unknown): Request
}

/** What requests are made of. */
export interface TransportDeps {
  readonly base: string
  /** Origins that may see the token. */
  readonly origins: ReadonlySet<string>
  readonly headerName: string
  readonly headerType: string
  readonly inCookie: boolean
  readonly fetch: typeof fetch
  readonly locale: () => string | undefined
  readonly clock: Clock
  readonly keeper: Keeper
  readonly ready: () => Promise<unknown>
  readonly refresh: Refresh
}

/** The header that tokens are sent in, unless the server was told another one. */
export const AUTHORIZATION = 'authorization'

const ACCEPT = 'application/problem+json, application/json'

/** Makes the transport. */
export function createTransport(deps: TransportDeps): Transport {
  const send = async (request: Request): Promise<Response> => {
    try {
      return await deps.fetch(request)
    } catch (cause) {
      // what the caller called off is the caller's own
      throw request.signal.aborted ? request.signal.reason : networkError(cause)
    }
  }
  return {
    send,
    sendAuthorized: (request) => sendAuthorized(deps, send, request),
    apiRequest: (method, path, body) => apiRequest(deps, method, path, body),
  }
}

function apiRequest(deps: TransportDeps, method: string, path: string, body: unknown): Request {
  const headers = new Headers({ accept: ACCEPT })
  const locale = deps.locale()
  if (locale) headers.set('accept-language', locale)
  if (body !== undefined) headers.set('content-type', 'application/json')
  return new Request(`${deps.base}${path}`, {
    method,
    headers,
    credentials: deps.inCookie ? 'include' : 'same-origin',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

async function sendAuthorized(
  deps: TransportDeps,
  send: Transport['send'],
  request: Request,
): Promise<Response> {
  refuseForeignOrigin(deps, request)
  await deps.ready()
  const known = deps.keeper.current()
  const session = known && !isFresh(known, deps.clock) ? await deps.refresh(known) : known
  if (!session) return send(request)

  const response = await send(withToken(deps, request.clone(), session))
  if (!(await refusesToken(response))) return response
  return send(withToken(deps, request, await deps.refresh(session)))
}

function refuseForeignOrigin({ origins }: TransportDeps, { url }: Request): void {
  const { origin } = new URL(url)
  if (origins.has(origin)) return
  throw new TypeError(
    `The token is not sent to ${origin}. Add it to "origins" if it is yours, or use fetch().`,
  )
}

function withToken(deps: TransportDeps, request: Request, { access }: Session): Request {
  const { headerName, headerType } = deps
  request.headers.set(headerName, `${headerType} ${access}`)
  // the platform takes Authorization away when another origin is redirected to, and no other header
  return headerName === AUTHORIZATION ? request : new Request(request, { redirect: 'error' })
}

const TOKEN_CODES = /^(token_|user_|session_ended$|access_token_not_valid$)/

/** Whether the token was the reason: a 401 of a proxy or of another scheme is no business of ours. */
async function refusesToken(response: Response): Promise<boolean> {
  if (response.status !== 401) return false
  const { code } = await errorOf(response.clone())
  return (
    TOKEN_CODES.test(code) || /error="?invalid_token/.test(response.headers.get('www-authenticate') ?? '')
  )
}

/** The body of an answer, or null where there is none. Throws `DoorwardClientError` for any that is not JSON. */
export async function bodyOf(response: Response): Promise<unknown> {
  if (!response.ok) throw await errorOf(response)
  const text = await response.text().catch((cause: unknown) => {
    throw networkError(cause)
  })
  try {
    return text === '' ? null : JSON.parse(text)
  } catch (cause) {
    throw unexpectedAnswer(response.status, cause)
  }
}
