/**
 * Spans for OpenTelemetry, where the operator has registered an SDK before Doorward starts (`node --import
 * ./telemetry.ts`). Without one nothing is wrapped, so tracing costs nothing.
 */
import type { Span, TextMapGetter } from '@opentelemetry/api'
import {
  context,
  ProxyTracerProvider,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import type { Awaitable } from './domain/awaitable.ts'
import { DoorwardError } from './domain/errors.ts'
import type { PasswordHasher } from './flows/deps.ts'
import type { RequestHeaders } from './http/exchange.ts'
import type { Tracing } from './http/monitoring.ts'
import type { MailTransport } from './mail/transport.ts'
import type { OpenStore } from './store/open-store.ts'

/** The tracing of the registered SDK, or null. */
export function findTracing(): Tracing | null {
  const provider = trace.getTracerProvider()
  const isRegistered = !(provider instanceof ProxyTracerProvider) || provider.getDelegateTracer('doorward')
  if (!isRegistered) return null
  const tracer = trace.getTracer('doorward')
  return {
    span: (name, attributes, work) =>
      tracer.startActiveSpan(name, { attributes }, (span) => finish(span, work())),
    request: ({ method, headers }, { route, operation }, work) => {
      const parent = propagation.extract(context.active(), headers, HEADERS)
      const attributes = {
        'http.request.method': method,
        'http.route': route,
        ...(operation !== null && { 'doorward.operation': operation }),
      }
      const options = { kind: SpanKind.SERVER, attributes }
      return tracer.startActiveSpan(`${method} ${route}`, options, parent, (span) =>
        finish(span, work(), ({ status, code }) => {
          span.setAttribute('http.response.status_code', status)
          if (code) span.setAttribute('doorward.code', code)
          if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
        }),
      )
    },
  }
}

/** Only what the propagators ask for is looked at. */
const HEADERS: TextMapGetter<RequestHeaders> = {
  keys: () => [],
  get: (headers, name) => headers.get(name.toLowerCase()) ?? undefined,
}

/** Ends the span with the work. Of an error only its kind or its codes are told: its text may hold anything. */
async function finish<T>(span: Span, work: Awaitable<T>, note: (result: T) => void = () => {}): Promise<T> {
  try {
    const result = await work
    note(result)
    return result
  } catch (error) {
    if (error instanceof DoorwardError) span.setAttribute('doorward.code', error.code)
    else
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' })
    throw error
  } finally {
    span.end()
  }
}

/** The database, with a span for each transaction. */
export const tracedStore = (store: OpenStore, tracing: Tracing | null): OpenStore =>
  tracing === null
    ? store
    : {
        ...store,
        transaction: (work) =>
          tracing.span('transaction', { 'db.system.name': DATABASES[store.dialect] }, () =>
            store.transaction(work),
          ),
      }

const DATABASES = { sqlite: 'sqlite', postgres: 'postgresql' } as const

/** Passwords, with a span for each that is hashed or checked: the wait in the queue and the work. */
export const tracedPasswords = <P extends PasswordHasher>(passwords: P, tracing: Tracing | null): P =>
  tracing === null
    ? passwords
    : {
        ...passwords,
        hash: (password) => tracing.span('hash password', {}, () => passwords.hash(password)),
        verify: (...given) => tracing.span('check password', {}, () => passwords.verify(...given)),
      }

/** The way out for mails, with a span for each that is handed over. */
export const tracedTransport = (transport: MailTransport, tracing: Tracing | null): MailTransport =>
  tracing === null
    ? transport
    : {
        ...transport,
        send: (mail) => {
          const attributes = { 'doorward.mail.kind': mail.kind, 'doorward.mail.attempt': mail.attempts }
          return tracing.span('deliver mail', attributes, () => transport.send(mail))
        },
      }
