/**
 * A request and its answer as the API sees them, whoever speaks HTTP: `node:http` itself (`listener.ts`), which is
 * fast, or any program with web-standard requests (`web-exchange.ts`), which is everywhere. Both end in the same code.
 */
import { randomUUID } from 'node:crypto'
import type { Awaitable } from '../domain/awaitable.ts'
import type { ErrorCode } from '../domain/errors.ts'

/** The headers of a request. Names in small letters; several headers of one name come joined. */
export interface RequestHeaders {
  get(name: string): string | null
}

/** A request. What costs something to find out is found out when somebody asks. */
export interface Exchange {
  readonly method: string
  /** The path alone, decoded but for what a decoded form could not be told apart from (`%2F`). */
  readonly path: string
  readonly headers: RequestHeaders
  readonly url: URL
  /** The address that the connection came from; empty where that is not known. */
  readonly peer: string
  /** Stands in the answer and in the log. */
  readonly requestId: string
  /** The body. Throws `body_too_large`. */
  bytes(maxBytes: number): Promise<Buffer>
}

/** An answer: names of headers, in small letters, and their values in turn, as `node:http` takes them. */
export interface Reply {
  readonly status: number
  /** Why it was refused, if it was: for logs and metrics. */
  readonly code?: ErrorCode
  readonly headers: readonly string[]
  /** Null: nothing is said, not even an empty text. What is too long to hold at once comes in parts. */
  readonly body: string | AsyncIterable<string> | null
}

/** Answers a request, at once where nothing has to be waited for; `params` are the named segments of its path. */
export type ExchangeHandler = (
  exchange: Exchange,
  params: Readonly<Record<string, string>>,
) => Awaitable<Reply>

/** The id of a request: the one that came with it if it is harmless, or a new one. */
export function requestIdOf(headers: RequestHeaders): string {
  const given = headers.get('x-request-id')
  return given !== null && /^[\w-]{1,64}$/.test(given) ? given : randomUUID()
}
