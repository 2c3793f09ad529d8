/** What an OpenTelemetry SDK sees, when the operator has registered one. */
import { trace } from '@opentelemetry/api'
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { afterEach, describe, expect, it } from 'vitest'
import { createTestDoorward, type TestDoorward } from './testing/create-test-doorward.ts'
import { findTracing } from './tracing.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const PASSWORD = 'Kiddie-Ride-4821'

function register(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter()
  new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register()
  return exporter
}
afterEach(() => trace.disable())

const post = (doorward: TestDoorward, path: string, body: object) =>
  doorward.fetch(
    new Request(`http://127.0.0.1:8000/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: `00-${TRACE}-b7ad6b7169203331-01` },
      body: JSON.stringify(body),
    }),
  )

const parentOf = (spans: readonly ReadableSpan[], name: string): string | undefined => {
  const id = spans.find((span) => span.name === name)?.parentSpanContext?.spanId
  return spans.find((span) => span.spanContext().spanId === id)?.name
}

describe('tracing | with an SDK', () => {
  it('shows a sign-in as request, flow, password and transaction, in the trace of the caller', async () => {
    const exporter = register()
    const doorward = await createTestDoorward()
    const { email } = await doorward.signedUpUser()
    exporter.reset()
    await post(doorward, 'jwt/create/', { email, password: PASSWORD })
    const spans = exporter.getFinishedSpans()
    expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set([TRACE]))
    expect(parentOf(spans, 'signIn')).toBe('POST jwt/create/')
    expect(parentOf(spans, 'check password')).toBe('signIn')
    expect(parentOf(spans, 'transaction')).toBe('signIn')
    const request = spans.find(({ name }) => name === 'POST jwt/create/')
    expect(request?.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': 'jwt/create/',
      'http.response.status_code': 200,
      'doorward.operation': 'signIn',
    })
    await doorward.close()
  })

  it('says why a request was refused, by the code alone', async () => {
    const exporter = register()
    const doorward = await createTestDoorward()
    await post(doorward, 'jwt/create/', { email: 'nobody@example.com', password: PASSWORD })
    const request = exporter.getFinishedSpans().find(({ name }) => name === 'POST jwt/create/')
    expect(request?.attributes['doorward.code']).toBe('no_active_account')
    await doorward.close()
  })

  it('shows the delivery of a mail', async () => {
    const exporter = register()
    const doorward = await createTestDoorward()
    await doorward.register()
    await doorward.deliverMails()
    const mail = exporter.getFinishedSpans().find(({ name }) => name === 'deliver mail')
    expect(mail?.attributes).toEqual({ 'doorward.mail.kind': 'activation', 'doorward.mail.attempt': 1 })
    await doorward.close()
  })

  it('holds no password, token, address or name of a person', async () => {
    const exporter = register()
    const doorward = await createTestDoorward()
    const user = await doorward.signedUpUser({ first_name: 'Zephyrine' })
    await post(doorward, 'jwt/refresh/', { refresh: user.refresh })
    await post(doorward, 'users/reset_password/', { email: user.email })
    await doorward.deliverMails()
    const { token } = await doorward.lastLink(user.email, 'password_reset')
    const written = JSON.stringify(
      exporter
        .getFinishedSpans()
        .map(({ name, attributes, events, status }) => [name, attributes, events, status]),
    )
    expect(written).toContain('deliver mail')
    for (const secret of [PASSWORD, user.email, user.access, user.refresh, token, 'Zephyrine']) {
      expect(written).not.toContain(secret)
    }
    await doorward.close()
  })
})

describe('tracing | without an SDK', () => {
  it('does not exist, so nothing is wrapped', async () => {
    expect(await findTracing()).toBeNull()
  })
})
