/**
 * The API straight on `node:http`: the same handlers without a web-standard `Request` and `Response` around every
 * call, which cost more than most of the calls. Whatever is out of the ordinary, and every page, goes the standard way.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { getRequestListener } from '@hono/node-server'
import type { Awaitable } from '../domain/awaitable.ts'
import { fail } from '../domain/errors.ts'
import type { Exchange, Reply, RequestHeaders } from './exchange.ts'
import { requestIdOf } from './exchange.ts'

/** What the listener stands before. */
export interface ListenerInput {
  /** Answers what belongs to the API; null for any other path. */
  readonly answer: (exchange: Exchange) => Awaitable<Reply> | null
  /** Answers everything. */
  readonly fetch: (request: Request, env: unknown) => Promise<Response>
  /** What a request without Host was meant for. */
  readonly hostname: string
}

/** Makes the function for `http.createServer`. What goes wrong beyond all answers ends one connection, not the process. */
export function createListener({ answer, fetch, hostname }: ListenerInput): RequestListener {
  const standard = answerOdd(getRequestListener(fetch, { hostname }))
  return (incoming, outgoing) => {
    const giveUp = () => outgoing.destroy()
    const say = (reply: Reply) => send(reply, incoming, outgoing)
    try {
      const exchange = new NodeExchange(incoming)
      const reply = isOrdinary(incoming, exchange) ? answer(exchange) : null
      if (reply === null) standard(incoming, outgoing, exchange)
      else if (reply instanceof Promise) reply.then(say).catch(giveUp)
      else say(reply)
    } catch {
      giveUp()
    }
  }
}

/** Letters, digits, `-` and `_` between slashes mean the same to everybody; anything else is left to the URL standard. */
const ORDINARY_PATH = /^\/[\w/-]*(?:\?|$)/
const ORDINARY_HOST = /^[a-z0-9._-]+(?::(?:[1-5]?\d{1,4}|6[0-4]\d{3}))?$/

/** `incoming.headers` is not asked: Node makes it, with all headers in it, when somebody does. */
const isOrdinary = ({ url = '' }: IncomingMessage, headers: RequestHeaders): boolean =>
  ORDINARY_PATH.test(url) && ORDINARY_HOST.test(headers.get('host') ?? '') && headers.get('upgrade') === null

/** What is not ordinary goes the standard way, as far as two programs understand it in the same way. */
const answerOdd =
  (standard: RequestListener) =>
  (incoming: IncomingMessage, outgoing: ServerResponse, headers: RequestHeaders): void => {
    // two Hosts must be refused (RFC 9112 §3.2): a program before this one may have gone by the other
    const isAmbiguous = headers.get('host')?.includes(',') === true
    // behind a wish for another protocol Node drops what came with it, be it the next request
    if (isAmbiguous || headers.get('upgrade') !== null) outgoing.setHeader('connection', 'close')
    if (isAmbiguous) outgoing.writeHead(400).end()
    else standard(incoming, outgoing)
  }

function send({ status, headers, body }: Reply, incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (body === null || incoming.method === 'HEAD') {
    outgoing.writeHead(status, headers as string[]).end()
    return
  }
  if (typeof body !== 'string') {
    outgoing.writeHead(status, headers as string[])
    // what breaks off half-way breaks the connection: the other side must not take a part for the whole
    pipeline(Readable.from(body), outgoing).catch(() => outgoing.destroy())
    return
  }
  const length = String(Buffer.byteLength(body))
  outgoing.writeHead(status, [...headers, 'content-length', length]).end(body)
}

/** A class, for one is made for every request. */
class NodeExchange implements Exchange, RequestHeaders {
  readonly #incoming: IncomingMessage
  readonly requestId: string
  #url: URL | undefined

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming
    this.requestId = requestIdOf(this)
  }

  get method(): string {
    return this.#incoming.method ?? 'GET'
  }

  get path(): string {
    const { url = '/' } = this.#incoming
    const end = url.indexOf('?')
    return end < 0 ? url : url.slice(0, end)
  }

  get headers(): RequestHeaders {
    return this
  }

  get url(): URL {
    this.#url ??= new URL(`http://${this.get('host')}${this.#incoming.url}`)
    return this.#url
  }

  get peer(): string {
    return this.#incoming.socket.remoteAddress ?? ''
  }

  /** Joins headers of one name: `headers` of Node drops all but the first of some, and with it what was tried. */
  get(name: string): string | null {
    const { rawHeaders } = this.#incoming
    let found: string | null = null
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const raw = rawHeaders[i] ?? ''
      if (raw.length !== name.length || raw.toLowerCase() !== name) continue
      const value = rawHeaders[i + 1] ?? ''
      found = found === null ? value : `${found}${name === 'cookie' ? '; ' : ', '}${value}`
    }
    return found
  }

  bytes(maxBytes: number): Promise<Buffer> {
    const incoming = this.#incoming
    const announced = Number(this.get('content-length') ?? 0)
    if (announced > maxBytes) return Promise.reject(fail('body_too_large', { max: maxBytes }))
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      let size = 0
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= maxBytes) chunks.push(chunk)
        else reject(fail('body_too_large', { max: maxBytes }))
      })
      incoming.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
      // nobody is left to read the answer; whoever waits for the body must not wait for ever
      const giveUp = () => {
        if (!incoming.readableEnded) reject(fail('parse_error', { reason: 'the body ended too early' }))
      }
      incoming.on('close', giveUp)
      // they may have left while something else was waited for
      if (incoming.destroyed) giveUp()
    })
  }
}
