/** A web-standard `Request` as an exchange, and a reply as a `Response`: how the API answers wherever it is mounted. */
import type { Context } from 'hono'
import { getPath } from 'hono/utils/url'
import { readBytes } from './body.ts'
import type { Exchange, Reply } from './exchange.ts'
import { requestIdOf } from './exchange.ts'

/** Part of what `@hono/node-server` hands over beside the request. */
interface NodeBindings {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } }
}

/** Makes an exchange of a request; `env` is what the server hands over beside it. */
export function webExchange(request: Request, env: unknown): Exchange {
  const { method, headers } = request
  const bindings = env as NodeBindings | undefined
  let url: URL | undefined
  return {
    method,
    headers,
    path: getPath(request),
    requestId: requestIdOf(headers),
    peer: bindings?.incoming?.socket?.remoteAddress ?? '',
    get url() {
      url ??= new URL(request.url)
      return url
    },
    bytes: (maxBytes) => readBytes(request, maxBytes),
  }
}

/** Makes a response of a reply. The answer to HEAD has no body (RFC 9110 §9.3.2). */
export function toResponse({ status, headers, body }: Reply, method?: string): Response {
  const list = new Headers()
  for (let i = 0; i < headers.length; i += 2) list.append(headers[i] ?? '', headers[i + 1] ?? '')
  const content = body === null || typeof body === 'string' ? body : streamOf(body)
  return new Response(method === 'HEAD' ? null : content, { status, headers: list })
}

/** Reads on only when the other side wants more, so that no part waits in memory. */
function streamOf(parts: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = parts[Symbol.asyncIterator]()
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(Buffer.from(value))
    },
    cancel: async () => {
      await iterator.return?.()
    },
  })
}

/** The exchange that a page of the app belongs to: `createApp` puts it there. */
export const exchangeOf = (context: Context): Exchange =>
  (context.env as { readonly exchange: Exchange }).exchange
