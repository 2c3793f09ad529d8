/**
 * Spans for OpenTelemetry, where the operator has registered an SDK before Doorward starts (`node --import
 * ./telemetry.ts`). Without one nothing is wrapped, so tracing costs nothing.
 */
import type { PasswordHasher } from './flows/deps.ts'
import type { Tracing } from './http/monitoring.ts'
import type { MailTransport } from './mail/transport.ts'
import type { OpenStore } from './store/open-store.ts'

/** Where an SDK leaves itself for all copies of the API's first version. */
const SDK = Symbol.for('opentelemetry.js.api.1')

/** The tracing of the registered SDK, or null. */
export async function findTracing(): Promise<Tracing | null> {
  if (!Object.hasOwn(globalThis, SDK)) return null
  const { tracingOfSdk } = await import('./open-telemetry.ts')
  return tracingOfSdk()
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
