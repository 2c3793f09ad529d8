/**
 * How every resource answers, in DRF's order of checks: acceptable form, credential, permission, method, body,
 * fields. The routes only say what is special about them.
 */
import type { z } from 'zod'
import type { Permission } from '../config/schema.ts'
import type { Origin } from '../domain/audit.ts'
import type { Awaitable } from '../domain/awaitable.ts'
import { andThen } from '../domain/awaitable.ts'
import type { ErrorCode } from '../domain/errors.ts'
import { fail } from '../domain/errors.ts'
import { pythonInteger } from '../domain/python-number.ts'
import { authenticate } from '../flows/authenticate.ts'
import type { Caller, Deps } from '../flows/deps.ts'
import { ExchangeRequest } from './api-request.ts'
import { originOf } from './client-address.ts'
import { asDoorwardError, renderError } from './errors.ts'
import type { Exchange, ExchangeHandler, Reply, RequestHeaders } from './exchange.ts'
import type { KnownDeviceDeps } from './known-device.ts'
import { knownDevice } from './known-device.ts'
import { messageLanguage } from './messages/say.ts'
import type { AnswerForm } from './negotiation.ts'
import { negotiate } from './negotiation.ts'
import type { FieldChecks } from './parse-input.ts'
import { httpsHeaders } from './security-headers.ts'
import type { Throttle, ThrottlePolicy } from './throttle.ts'

/** A request as operations see it. */
export interface ApiRequest {
  readonly caller: Caller | null
  readonly params: Readonly<Record<string, string>>
  readonly url: URL
  readonly headers: RequestHeaders
  readonly origin: Origin
  /** Reads and validates the query. A name that is given several times counts the last time. Throws its issues. */
  query<S extends z.ZodObject>(schema: S): Promise<z.output<S>>
  /** Reads and validates the body. Throws what reading and validating throw. */
  read<S extends z.ZodObject>(schema: S, checks?: FieldChecks): Promise<z.output<S>>
}

/** What an operation answers. Neither `body` nor `parts`: no content. */
export interface ApiAnswer {
  readonly status: number
  readonly body?: unknown
  /** The body bit by bit, for what is too long to hold at once; its content type is among the headers. */
  readonly parts?: AsyncIterable<string>
  readonly headers?: Readonly<Record<string, string>>
  /** Values of Set-Cookie headers. */
  readonly cookies?: readonly string[]
}

/** 200 with a body. */
export const ok = (body: unknown): ApiAnswer => ({ status: 200, body })
/** 204: done, nothing to say. */
export const done: ApiAnswer = { status: 204 }

/** One method of a resource. */
export interface Operation {
  /** The flow's name; the `operationId` of the API's documentation. */
  readonly id: string
  readonly summary: string
  readonly description?: string
  readonly tag: 'Story' | 'Account' | 'Sessions' | 'Staff' | 'Administration' | 'Database tokens'
  readonly permission: Permission
  /** How often it may be tried, and by whom; left out: without limit. */
  readonly throttle?: ThrottlePolicy
  /** The body, if it has one. */
  readonly input?: z.ZodObject
  /** The parameters of the query, if it takes any; unknown ones are passed over. */
  readonly query?: z.ZodObject
  /** The answer when all went well; `files` are other content types than JSON that it may have. */
  readonly success: {
    readonly status: number
    readonly description: string
    readonly schema?: z.ZodType
    readonly files?: readonly string[]
  }
  /** What else can be answered beside what every operation can. */
  readonly errors: readonly ErrorCode[]
  handle(request: ApiRequest): Awaitable<ApiAnswer>
}

/** The methods that a resource may have. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A path and what can be done there. */
export interface Resource {
  /** Below the API's root, without a leading slash and with a trailing one; `:id` and the like stand for a segment. */
  readonly path: string
  /** Whether the Authorization header is looked at. SimpleJWT's own endpoints do not. */
  readonly heedsCredentials: boolean
  /** Who may ask with a method that does not exist here: DRF looks at permissions before the method. */
  readonly otherMethods: Permission
  readonly operations: Partial<Record<Method, Operation>>
}

/** The person asking. Throws `not_authenticated`. */
export function callerOf(request: Pick<ApiRequest, 'caller'>): Caller {
  if (!request.caller) throw fail('not_authenticated')
  return request.caller
}

function checkPermission(permission: Permission, caller: Caller | null): void {
  if (permission === 'anyone') return
  if (!caller) throw fail('not_authenticated')
  if (permission === 'staff' && !caller.user.isStaff) throw fail('permission_denied')
}

/** The methods of a resource as the Allow header lists them. */
function allowedMethods(resource: Resource): string {
  const own = Object.keys(resource.operations)
  return [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
}

const SECURITY_HEADERS = {
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
}

/** What answering takes beside the flows' dependencies. */
type HandlerDeps = Deps &
  KnownDeviceDeps & {
    readonly throttle: Throttle
    readonly onError: (error: unknown, requestId: string) => void
  }

/** Makes the handler of a resource. Nothing that is thrown leaves it; what was not foreseen goes to `onError`. */
export function createHandler(resource: Resource, deps: HandlerDeps): ExchangeHandler {
  const { translated } = deps.settings.api
  const vary = translated ? 'Accept, Accept-Language' : 'Accept'
  const own = Object.entries({ allow: allowedMethods(resource), vary, ...SECURITY_HEADERS }).flat()
  const fixed = [...own, ...httpsHeaders(deps.settings)]
  const refused = refusals(deps)
  return (exchange, params) => {
    const form = negotiate(exchange.headers.get('accept'))
    const finished = (reply: Reply): Reply => ({
      ...reply,
      headers: [...fixed, ...reply.headers, 'x-request-id', exchange.requestId],
    })
    const refuse = (error: unknown): Reply => finished(refused(error, exchange, form ?? 'json'))
    try {
      if (form === null) throw fail('not_acceptable')
      const reply = answer(resource, deps, exchange, params)
      return reply instanceof Promise ? reply.then(finished, refuse) : finished(reply)
    } catch (error) {
      return refuse(error)
    }
  }
}

function refusals({ settings, onError }: Pick<HandlerDeps, 'settings' | 'onError'>) {
  const { messages, headerTypes, translated } = settings.api
  const common = {
    messages,
    scheme: headerTypes[0] ?? 'Bearer',
    docsUrl: `${settings.server.publicUrl}/docs/errors`,
  }
  return (error: unknown, { requestId, headers }: Exchange, form: AnswerForm): Reply => {
    const refusal = asDoorwardError(error)
    // what was refused for a reason outside of the request has its cause with it
    if (refusal.code === 'internal_error' || refusal.cause) onError(error, requestId)
    const language = translated ? messageLanguage(headers.get('accept-language')) : null
    return { ...renderError(refusal, { ...common, form, language, requestId }), code: refusal.code }
  }
}

/** Step by step; what has to wait, for a database elsewhere or for a body, goes on when that is there. */
function answer(
  resource: Resource,
  deps: HandlerDeps,
  exchange: Exchange,
  params: ApiRequest['params'],
): Awaitable<Reply> {
  // nothing is decided by what this instance holds in memory while that may be old
  const upToDate = deps.shared.ensureFresh()
  const caller = andThen(upToDate, () => {
    // a suffix asks for a format (`3.json`), and there is only one
    if (params.id?.includes('.')) throw fail('not_found')
    const authorization = exchange.headers.get(deps.settings.api.headerName)
    return resource.heedsCredentials ? authenticate(deps, { authorization }) : null
  })
  return andThen(caller, (known) => operate(resource, deps, exchange, { caller: known, params }))
}

function operate(
  resource: Resource,
  deps: HandlerDeps,
  exchange: Exchange,
  { caller, params }: Pick<ApiRequest, 'caller' | 'params'>,
): Awaitable<Reply> {
  const { method } = exchange
  const operation = resource.operations[(method === 'HEAD' ? 'GET' : method) as Method]
  checkPermission(operation?.permission ?? resource.otherMethods, caller)
  if (method === 'OPTIONS') return toReply(ok(describe(resource)))
  if (!operation) throw fail('method_not_allowed', { method })
  if (!operation.throttle)
    return andThen(
      operation.handle(new ExchangeRequest(exchange, deps.settings, { caller, params })),
      toReply,
    )
  return throttled(operation, deps, exchange, { caller, params })
}

/** Asks the throttle before anything of the body is looked at, and tells it afterwards how it went. */
async function throttled(
  operation: Operation,
  deps: HandlerDeps,
  exchange: Exchange,
  { caller, params }: Pick<ApiRequest, 'caller' | 'params'>,
): Promise<Reply> {
  const origin = originOf(exchange, deps.settings)
  const deviceOf = (email: string) => knownDevice(deps, exchange.headers, email)
  const visitor = { origin, caller, target: pythonInteger(params.id ?? ''), deviceOf }
  const visit = deps.throttle.visit(operation.throttle, visitor, operation)
  try {
    if (!operation.input) await visit.enter(null)
    const result = await operation.handle(
      new ExchangeRequest(exchange, deps.settings, { caller, params, visit }),
    )
    await visit.leave(null)
    return toReply(result)
  } catch (error) {
    await visit.leave(error)
    throw error
  }
}

const NOTHING: readonly string[] = ['content-length', '0']
const JSON_TYPE: readonly string[] = ['content-type', 'application/json']

function toReply({ status, body, parts, headers, cookies }: ApiAnswer): Reply {
  const own = parts ? [] : body === undefined ? NOTHING : JSON_TYPE
  const withOthers = headers === undefined ? own : [...own, ...Object.entries(headers).flat()]
  return {
    status,
    headers: cookies ? [...withOthers, ...cookies.flatMap((one) => ['set-cookie', one])] : withOthers,
    body: body === undefined ? (parts ?? null) : JSON.stringify(body),
  }
}

/** The answer to OPTIONS: what DRF's clients read of it. */
function describe(resource: Resource): Record<string, unknown> {
  const [first] = Object.values(resource.operations)
  return {
    name: first?.summary ?? resource.path,
    description: first?.description ?? '',
    renders: ['application/json', 'application/problem+json'],
    parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
  }
}
