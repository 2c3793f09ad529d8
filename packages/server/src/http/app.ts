/** The Hono app: the API's resources under their path, and the pages and documents around it. */
import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { PERMISSIONS } from '../config/schema.ts'
import type { Settings } from '../config/settings.ts'
import type { Deps } from '../flows/deps.ts'
import { MAIL_LOCALES } from '../mail/render-mail.ts'
import type { OpenStore } from '../store/open-store.ts'
import type { KeyRing } from '../tokens/key-ring.ts'
import { documentationPages } from './documentation.ts'
import type { Resource } from './endpoint.ts'
import { createHandler } from './endpoint.ts'
import { linkPages } from './link-pages.ts'
import { mailboxPages } from './mailbox.ts'
import type { OpenApiDocument } from './openapi.ts'
import { createOpenApi } from './openapi.ts'
import { PAGE_STYLE } from './page-style.ts'
import { notFoundPage } from './pages.ts'
import { createResources } from './resources.ts'
import { createAnswers, createSchemas } from './schemas.ts'
import type { Setup } from './setup.ts'
import { setupPages } from './setup.ts'

/** What the app is made from. */
export interface AppInput extends Deps {
  readonly ring: KeyRing
  readonly openStore: OpenStore
  readonly setup: Setup
  readonly onError: (error: unknown, about: string) => void
}

/** The finished app. */
export interface ApiApp {
  /** Answers a request; `env` is what `@hono/node-server` hands over. */
  readonly fetch: (request: Request, env?: unknown) => Promise<Response>
  /** The OpenAPI 3.1 document of the API. */
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
  const openapi = createOpenApi(resources, settings)
  const app = new Hono({ strict: false })
  app.use(requestIds)
  app.use(crossOrigin(settings))
  for (const resource of resources) {
    app.all(honoPath(settings.api.authPath, resource), createHandler(resource, input))
  }
  app.get('/.well-known/jwks.json', (c) => c.json(input.ring.jwks(), 200, JWKS_HEADERS))
  healthRoutes(app, input)
  app.get('/pages.css', (c) => c.body(PAGE_STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }))
  setupPages(app, input)
  linkPages(app, { ...input, schemas })
  documentationPages(app, { openapi, settings })
  if (settings.mails.smtpUrl === null && settings.server.environment === 'development') {
    mailboxPages(app, { store: input.openStore, settings })
  }
  app.notFound((c) => notFoundPage(c))
  app.onError((error, c) => {
    input.onError(error, String(c.get('requestId' as never)))
    return c.json({ detail: 'A server error occurred.' }, 500)
  })
  return { fetch: async (request, env) => app.fetch(request, env as object), openapi }
}

const JWKS_HEADERS = { 'cache-control': 'public, max-age=300' }

const honoPath = (root: string, { path }: Resource): string =>
  `${root}/${path}`.replace(/:\w+/g, '$&{[^/]+}').replace(/\/$/, '') || '/'

/** Every answer carries an id that the log carries too; one that came with the request is kept if it is harmless. */
async function requestIds(c: Context, next: () => Promise<void>): Promise<void> {
  const given = c.req.header('x-request-id') ?? ''
  const id = /^[\w-]{1,64}$/.test(given) ? given : randomUUID()
  c.set('requestId', id)
  await next()
  c.res.headers.set('x-request-id', id)
}

/** CORS for the listed origins and the front end's own; other origins get no header and so no answer to read. */
function crossOrigin(settings: Settings) {
  const origins = new Set([...settings.server.corsOrigins, new URL(settings.server.frontendUrl).origin])
  const policy = cors({
    origin: (origin) => (origins.has(origin) ? origin : null),
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ['authorization', 'content-type', 'accept-language', 'x-request-id'],
    exposeHeaders: ['link', 'retry-after', 'www-authenticate', 'x-request-id', 'date'],
    credentials: true,
    maxAge: 600,
  })
  return async (c: Context, next: () => Promise<void>): Promise<Response | undefined> => {
    const origin = c.req.header('origin')
    const isPlainOptions = c.req.method === 'OPTIONS' && !c.req.header('access-control-request-method')
    if (origin === undefined || isPlainOptions) {
      await next()
      return undefined
    }
    const response = await policy(c, next)
    return response ?? undefined
  }
}

function healthRoutes(app: Hono, { openStore }: AppInput): void {
  app.get('/health', (c) => c.json({ status: 'ok' }))
  app.get('/ready', async (c) => {
    try {
      await openStore.ping()
      const pending = (await openStore.migrationStatus()).filter(({ state }) => state === 'pending')
      const status = pending.length === 0 ? 'ready' : 'migrations pending'
      return c.json({ status }, pending.length === 0 ? 200 : 503)
    } catch {
      return c.json({ status: 'database unavailable' }, 503)
    }
  })
}
