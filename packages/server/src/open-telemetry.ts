/** Spans by the API of OpenTelemetry; loaded only where there is an SDK that takes them (see `tracing.ts`). */
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
import type { RequestHeaders } from './http/exchange.ts'
import type { Tracing } from './http/monitoring.ts'

/** The tracing of the registered SDK, or null when the API was only looked at. */
export function tracingOfSdk(): Tracing | null {
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
