/** The Hono app: the API's resources under their path, and the pages and documents around it. */
import type { RequestListener } from 'node:http'
import { Hono } from 'hono'
import { PERMISSIONS } from '../config/schema.ts'
import type { Awaitable } from '../domain/awaitable.ts'
import { andThen } from '../domain/awaitable.ts'
import type { Deps } from '../flows/deps.ts'
import { MAIL_LOCALES } from '../mail/render-mail.ts'
import type { OpenStore } from '../store/open-store.ts'
import type { DeviceMarks } from '../tokens/device-marks.ts'
import type { KeyRing } from '../tokens/key-ring.ts'
import { createForwardedWarning } from './client-address.ts'
import { createCrossOrigin } from './cross-origin.ts'
import { documentationPages } from './documentation.ts'
import type { Method, Operation, Resource } from './endpoint.ts'
import { createHandler } from './endpoint.ts'
import type { Exchange, ExchangeHandler, Reply } from './exchange.ts'
import { createListener } from './listener.ts'
import { mailboxPages } from './mailbox.ts'
import { createPathMask } from './masked-path.ts'
import type { AnswerNote, Monitor, Tracing } from './monitoring.ts'
import { monitoringRoutes } from './monitoring.ts'
import type { OpenApiDocument } from './openapi.ts'
import { createOpenApi } from './openapi.ts'
import { hasMailbox } from './page-settings.ts'
import { portalPages } from './portal.ts'
import type { PortalFiles } from './portal-files.ts'
import { createResources } from './resources.ts'
import { createRouter } from './router.ts'
import { createAnswers, createSchemas } from './schemas.ts'
import { createSecurityHeaders } from './security-headers.ts'
import type { Setup } from './setup.ts'
import { setupResource } from './setup.ts'
import type { Throttle } from './throttle.ts'
import { exchangeOf, toResponse, webExchange } from './web-exchange.ts'

/** What the app is made from. */
export interface AppInput extends Deps {
  readonly ring: KeyRing
  readonly openStore: OpenStore
  readonly monitor: Monitor
  readonly tracing: Tracing | null
  readonly setup: Setup
  readonly throttle: Throttle
  readonly deviceMarks: DeviceMarks
  /** The built web pages, if the program brings them. */
  readonly portal: PortalFiles | null
  readonly onError: (error: unknown, about: string) => void
  readonly onWarning: (message: string) => void
  /** Told of every answer. It must not throw. */
  readonly onAnswer: (answer: AnswerNote) => void
}

/** The finished app. */
export interface ApiApp {
  /** Answers a request; `env` is what `@hono/node-server` hands over. */
  readonly fetch: (request: Request, env?: unknown) => Promise<Response>
  /** Answers the same, faster, for `http.createServer`. */
  readonly listener: RequestListener
  /** The OpenAPI 3.1 document of the API, made when somebody asks for it. */
  readonly openapi: OpenApiDocument
}

/** Puts the routes together. */
export function createApp(input: AppInput): ApiApp {
  const { settings } = input
  const schemas = createSchemas(settings)
  const resources = createResources({
    ...input,
    schemas,
    answers: createAnswers(settings),
    permissions: { ...PERMISSIONS, ...settings.api.permissions },
    locales: MAIL_LOCALES,
  })
  let document: OpenApiDocument | undefined
  const openapi = (): OpenApiDocument => {
    document ??= createOpenApi(resources, settings)
    return document
  }
  const answer = createApi(resources, input)
  const pages = createPages({ ...input, openapi })
  const crossOrigin = createCrossOrigin(settings)
  const secure = createSecurityHeaders(settings)
  const mask = createPathMask(settings)
  const fetch: ApiApp['fetch'] = async (request, env) => {
    const exchange = webExchange(request, env)
    const reply = await answer(exchange)
    if (reply) return toResponse(reply, request.method)
    const { method, requestId } = exchange
    const finished = observe(input, { method, requestId, path: mask(exchange.path) }, null)
    const response = await pages.fetch(request, { exchange })
    crossOrigin.admitTo(response, exchange)
    secure(response)
    response.headers.set('x-request-id', requestId)
    finished({ status: response.status })
    return response
  }
  const listener = createListener({ answer, fetch, hostname: settings.server.host })
  return {
    fetch,
    listener,
    get openapi() {
      return openapi()
    },
  }
}

/** The API: every resource at its path. Null for a path of none of them. */
function createApi(
  resources: readonly Resource[],
  input: AppInput,
): (exchange: Exchange) => Awaitable<Reply> | null {
  const { authPath } = input.settings.api
  const crossOrigin = createCrossOrigin(input.settings)
  const find = createRouter(
    resources.map((resource) => ({
      path: `${authPath}/${resource.path}`,
      target: { resource, handle: handlerOf(resource, input) },
    })),
  )
  const warnOfProxy = createForwardedWarning(input.settings.server.trustProxy, input.onWarning)
  return (exchange) => {
    warnOfProxy(exchange)
    const preflight = crossOrigin.preflight(exchange)
    if (preflight) return preflight
    const match = find(exchange.path)
    if (!match) return null
    const { resource, handle } = match.target
    const finished = observe(input, exchange, resource)
    return andThen(handle(exchange, match.params), (reply) => {
      finished(reply)
      return crossOrigin.admit(reply, exchange)
    })
  }
}

/** Where somebody traces, every request and the operation in it has a span; elsewhere nothing is around them. */
function handlerOf(resource: Resource, input: AppInput): ExchangeHandler {
  const { tracing } = input
  if (tracing === null) return createHandler(resource, input)
  const operations = Object.entries(resource.operations).map(([method, operation]) => {
    const handle: Operation['handle'] = (request) =>
      tracing.span(operation.id, {}, () => operation.handle(request))
    return [method, { ...operation, handle }] as const
  })
  const answer = createHandler({ ...resource, operations: Object.fromEntries(operations) }, input)
  return (exchange, params) => {
    const operation = resource.operations[exchange.method as Method]?.id ?? null
    return tracing.request(exchange, { route: resource.path, operation }, () => answer(exchange, params))
  }
}

function observe(
  { onAnswer }: AppInput,
  { method, path, requestId }: Pick<Exchange, 'method' | 'path' | 'requestId'>,
  resource: Resource | null,
) {
  const started = performance.now()
  return ({ status, code }: Pick<Reply, 'status' | 'code'>): void => {
    const milliseconds = performance.now() - started
    const route = resource?.path ?? null
    const operation = resource?.operations[method as Method]?.id ?? null
    onAnswer({ method, path, route, operation, requestId, status, code: code ?? null, milliseconds })
  }
}

function createPages(input: AppInput & { readonly openapi: () => OpenApiDocument }) {
  const { settings, openapi } = input
  const app = new Hono({ strict: false })
  app.get('/.well-known/jwks.json', (c) => c.json(input.ring.jwks(), 200, JWKS_HEADERS))
  monitoringRoutes(app, input)
  documentationPages(app, { openapi, settings })
  if (hasMailbox(settings)) mailboxPages(app, { store: input.openStore })
  portalPages(app, input)
  const setUp = createHandler(setupResource(input), input)
  app.post('/setup/:token', async (c) =>
    toResponse(await setUp(exchangeOf(c), { token: c.req.param('token') })),
  )
  app.onError((error, c) => {
    input.onError(error, exchangeOf(c).requestId)
    return c.json({ detail: 'A server error occurred.' }, 500)
  })
  return app
}

const JWKS_HEADERS = { 'cache-control': 'public, max-age=300' }
