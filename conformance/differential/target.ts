import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'

/** One request, with nothing added behind its back except Host, Connection and Content-Length. */
export interface WireRequest {
  readonly method: string
  /** Path with query, from the origin on. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
  /** Sends the body with Transfer-Encoding: chunked instead of a Content-Length. */
  readonly chunked?: boolean
}

/** What came back, undecoded. */
export interface WireAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** One server under test, reached over real sockets that are kept alive. */
export interface Target {
  readonly origin: string
  send(request: WireRequest): Promise<WireAnswer>
  close(): void
}

const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH'])
const TIMEOUT_MS = 30_000

/** Makes the connection pool to the server at `origin`. */
export function createTarget(origin: string): Target {
  const base = new URL(origin)
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  return {
    origin: base.origin,
    send: (request) =>
      sendOnce(base, agent, request).catch((fault) => retryStale(fault, base, agent, request)),
    close: () => agent.destroy(),
  }
}

function sendOnce(base: URL, agent: Agent, wire: WireRequest): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: base.hostname,
        port: base.port,
        agent,
        method: wire.method,
        path: wire.path,
        headers: { ...lengthHeader(wire), ...wire.headers },
        timeout: TIMEOUT_MS,
      },
      (response) => {
        const chunks: Buffer[] = []
        const status = response.statusCode ?? 0
        // gunicorn sends a body after some answers to HEAD, which the parser then refuses: the head is all.
        if (wire.method === 'HEAD') resolve({ status, headers: response.headers, body: Buffer.alloc(0) })
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => resolve({ status, headers: response.headers, body: Buffer.concat(chunks) }))
      },
    )
    request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)))
    request.on('error', (fault) => reject(Object.assign(fault, { reusedSocket: request.reusedSocket })))
    request.end(wire.body)
  })
}

/** A kept-alive socket may be closed by the server in the very moment of its reuse: that is no answer. */
function retryStale(fault: unknown, base: URL, agent: Agent, request: WireRequest): Promise<WireAnswer> {
  const stale = fault instanceof Error && 'reusedSocket' in fault && fault.reusedSocket === true
  if (!stale) throw fault
  return sendOnce(base, agent, request)
}

function lengthHeader({ method, body, chunked }: WireRequest): Record<string, string> {
  if (chunked) return { 'Transfer-Encoding': 'chunked' }
  if (body) return { 'Content-Length': String(body.length) }
  return METHODS_WITH_BODY.has(method) ? { 'Content-Length': '0' } : {}
}
