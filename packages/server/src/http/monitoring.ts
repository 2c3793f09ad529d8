/** What machines ask to see how the server is: is it alive, can it serve, how much of what did it do. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Hono } from 'hono'
import type { Settings } from '../config/settings.ts'
import type { Awaitable } from '../domain/awaitable.ts'
import type { ErrorCode } from '../domain/errors.ts'
import type { Exchange, Reply } from './exchange.ts'
import { exchangeOf } from './web-exchange.ts'

/** What is told of an answer: the path only, for a query may hold what a person searched for. */
export interface AnswerNote {
  readonly method: string
  readonly path: string
  /** The path of the resource, such as `users/:id/`; null for pages. */
  readonly route: string | null
  /** The id of the operation; null where there was none. */
  readonly operation: string | null
  readonly status: number
  /** Why it was refused, if it was. */
  readonly code: ErrorCode | null
  readonly milliseconds: number
  readonly requestId: string
}

/** Parts of the server that can be in order or not. */
export type Part = 'database' | 'migrations' | 'revocations' | 'announcements' | 'outbox'

/** How a part is: `late` is a reason to look, not to send requests elsewhere. */
export type PartState = 'ok' | 'late' | 'pending' | 'unavailable'

/** The state of the whole. */
export interface Readiness {
  readonly ready: boolean
  readonly checks: Readonly<Partial<Record<Part, PartState>>>
}

/** Where the routes get what they tell. */
export interface Monitor {
  readiness(): Promise<Readiness>
  /** In the text format of Prometheus. */
  metrics(): Promise<{ readonly text: string; readonly contentType: string }>
}

/** Makes spans, where somebody wants them. */
export interface Tracing {
  /** Puts a span around some work. */
  span<T>(
    name: string,
    attributes: Readonly<Record<string, string | number>>,
    work: () => Awaitable<T>,
  ): Promise<T>
  /** Puts a span around a request; it belongs to the trace that the request's headers name. */
  request(
    exchange: Pick<Exchange, 'method' | 'headers'>,
    about: { readonly route: string; readonly operation: string | null },
    work: () => Awaitable<Reply>,
  ): Promise<Reply>
}

/** Adds `/health`, `/ready` and `/metrics`. */
export function monitoringRoutes(
  app: Hono,
  { monitor, settings }: { readonly monitor: Monitor; readonly settings: Settings },
): void {
  app.get('/health', (c) => c.json({ status: 'ok' }, 200, NOT_STORED))
  app.get('/ready', async (c) => {
    const { ready, checks } = await monitor.readiness()
    return c.json({ status: ready ? 'ready' : 'not ready', checks }, ready ? 200 : 503, NOT_STORED)
  })
  app.get('/metrics', async (c) => {
    if (!maySeeMetrics(exchangeOf(c), settings)) return c.notFound()
    const { text, contentType } = await monitor.metrics()
    return c.body(text, 200, { ...NOT_STORED, 'content-type': contentType })
  })
}

const NOT_STORED = { 'cache-control': 'no-store' }

/**
 * With a token, who has it. Without one, nobody in production: behind a proxy on the same machine the whole world
 * comes from the loopback address. In development, who asks on this machine and through no proxy.
 */
export function maySeeMetrics(
  { peer, headers }: Pick<Exchange, 'peer' | 'headers'>,
  { metrics, server }: Pick<Settings, 'metrics' | 'server'>,
): boolean {
  if (metrics.token !== null) return isSame(headers.get('authorization') ?? '', `Bearer ${metrics.token}`)
  const isForwarded = FORWARDED.some((name) => headers.get(name) !== null)
  return server.environment === 'development' && LOOPBACK.test(peer) && !isForwarded
}

const FORWARDED = [
  'x-forwarded-for',
  'forwarded',
  'via',
  'x-real-ip',
  'x-forwarded-host',
  'x-forwarded-proto',
]
const LOOPBACK = /^(?:::ffff:)?127(?:\.\d+){3}$|^::1$/

/** In constant time, whatever the lengths. */
const isSame = (given: string, wanted: string): boolean => timingSafeEqual(digest(given), digest(wanted))
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
