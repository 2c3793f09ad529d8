/** `@doorward/server/express`: ask for a signed-in person in an Express app, and mount the whole API in one. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { Doorward } from '../create-doorward.ts'
import { DoorwardError } from '../domain/errors.ts'
import { refusal } from './refusal.ts'
import type { UserPolicy, Verified, Verifier } from './verifier.ts'

/** A request of Express, as far as it is used. `body` is there when a parser ran before. */
export interface ExpressRequest extends IncomingMessage {
  readonly originalUrl?: string
  readonly body?: unknown
  user?: Verified
}

type Next = (error?: unknown) => void

/** Middleware that puts the person into `req.user`; otherwise it answers 401, 403 or 503. */
export const requireUser =
  (verifier: Verifier, policy: UserPolicy = {}) =>
  (request: ExpressRequest, response: ServerResponse, next: Next): void => {
    verifier.check(request.headers.authorization, policy).then(
      (user) => {
        request.user = user
        next()
      },
      (error: unknown) => {
        if (error instanceof DoorwardError) send(refusal(error, verifier.scheme), response).catch(next)
        else next(error)
      },
    )
  }

/**
 * The whole API as Express middleware, for `app.use(mountDoorward(doorward))`. Requests outside of Doorward's paths
 * go on to the next handler. A body that a parser has read already is written out again, so nothing hangs.
 */
export const mountDoorward =
  (doorward: Doorward) =>
  (request: ExpressRequest, response: ServerResponse, next: Next): void => {
    const path = request.originalUrl ?? request.url ?? '/'
    const { authPath } = doorward.settings.api
    const isOurs =
      path === authPath || path.startsWith(`${authPath}/`) || path.startsWith('/.well-known/jwks')
    if (!isOurs) {
      next()
      return
    }
    doorward
      .fetch(toRequest(request, new URL(path, doorward.settings.server.publicUrl)), { incoming: request })
      .then((answer) => send(answer, response))
      .catch(next)
  }

function toRequest(request: ExpressRequest, url: URL): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one)
  }
  const method = request.method ?? 'GET'
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers })
  if (!request.readableEnded && request.body === undefined) {
    const body = Readable.toWeb(request) as ReadableStream
    // the types of the DOM do not know that Node asks for `duplex` with a stream
    return new Request(url, { method, headers, body, duplex: 'half' } as RequestInit)
  }
  const body = rewritten(request.body, headers)
  return new Request(url, { method, headers, ...(body !== null && { body }) })
}

/** A parsed body as text again; what it was parsed from does not matter, JSON says the same. */
function rewritten(body: unknown, headers: Headers): string | Uint8Array<ArrayBuffer> | null {
  headers.delete('content-length')
  if (body === undefined || body === null) return null
  if (typeof body === 'string') return body
  if (body instanceof Uint8Array) return new Uint8Array(body)
  headers.set('content-type', 'application/json')
  return JSON.stringify(body)
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status
  for (const [name, value] of answer.headers) {
    if (name === 'set-cookie') response.appendHeader(name, value)
    else response.setHeader(name, value)
  }
  response.end(Buffer.from(await answer.arrayBuffer()))
}
