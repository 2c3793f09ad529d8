/** What mounting the API has in common in every framework: which paths are ours, and bodies that were read already. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Settings } from '../config/settings.ts'
import type { Mountable } from '../create-doorward.ts'

/** The paths that are mounted: the API's own, whatever prefix `api.authPath` has, and the public keys. */
export const ownPaths = ({ api }: Pick<Settings, 'api'>): readonly string[] => [
  `${api.authPath}/`,
  '/.well-known/jwks.json',
]

/**
 * Whether a path, with or without a query, is answered by Doorward. It is read as the API reads it: `/auth/../metrics`
 * leads out, to what the app around has not mounted.
 */
export function isOurs(settings: Pick<Settings, 'api'>, path: string): boolean {
  const plain = URL.parse(`http://own${path}`)?.pathname ?? ''
  const [root = '', keys] = ownPaths(settings)
  return plain === keys || `${plain}/` === root || plain.startsWith(root)
}

/** A request of Node as frameworks hand it on. */
export interface MountedRequest extends IncomingMessage {
  /** The path before a router cut its prefix off. */
  readonly originalUrl?: string
  /** What a parser made of the body. */
  readonly body?: unknown
}

/** Answers a request whose path is ours. A body that a parser has read already is written out again. */
export async function answer(
  doorward: Mountable,
  request: MountedRequest,
  response: ServerResponse,
): Promise<void> {
  const url = request.originalUrl ?? request.url ?? '/'
  // of an empty body nothing was read, and yet it is over
  if (!request.readableDidRead && !request.readableEnded) {
    request.url = url
    doorward.listener(request, response)
    return
  }
  const base = doorward.settings.server.publicUrl
  const mounted = new Request(new URL(url, base), { method: request.method ?? 'GET', ...contentOf(request) })
  await send(await doorward.fetch(mounted, { incoming: request }), response)
}

/** Headers and body as they would be without the parser. What JSON or a form said, JSON says as well. */
function contentOf(request: MountedRequest): RequestInit {
  const headers = new Headers()
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  headers.delete('content-length')
  headers.delete('transfer-encoding')
  const { body, method } = request
  if (body === undefined || body === null || method === 'GET' || method === 'HEAD') return { headers }
  if (typeof body === 'string') return { headers, body }
  if (body instanceof Uint8Array) return { headers, body: new Uint8Array(body) }
  headers.set('content-type', 'application/json')
  return { headers, body: JSON.stringify(body) }
}

/** Writes a web-standard response to one of Node. */
export async function send(answered: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answered.status
  for (const [name, value] of answered.headers) {
    if (name === 'set-cookie') response.appendHeader(name, value)
    else response.setHeader(name, value)
  }
  response.end(Buffer.from(await answered.arrayBuffer()))
}
