/**
 * The one place where everything is put together: settings, database, keys, mail, flows, routes. It returns the
 * API as a web-standard `fetch` handler, and what a program needs to run and to stop it.
 */
import { type Cleaner, createCleaner, retentionOf } from './cleaner.ts'
import type { Settings } from './config/settings.ts'
import type { Clock } from './domain/clock.ts'
import { systemClock } from './domain/clock.ts'
import { Secret } from './domain/secret.ts'
import type { Deps } from './flows/deps.ts'
import { tellOfFailures } from './flows/tell-of-failures.ts'
import { createHashSurvey } from './hash-survey.ts'
import type { ApiApp } from './http/app.ts'
import { createApp } from './http/app.ts'
import type { AnswerNote, Tracing } from './http/monitoring.ts'
import { readPortal } from './http/portal-files.ts'
import { createSetup } from './http/setup.ts'
import { createThrottle } from './http/throttle.ts'
import { createComposer } from './mail/compose.ts'
import { createDevelopmentMailbox } from './mail/development-mailbox.ts'
import type { OutboxWorker } from './mail/outbox-worker.ts'
import { createOutboxWorker } from './mail/outbox-worker.ts'
import { createSmtpTransport } from './mail/smtp-transport.ts'
import { createMetrics } from './metrics.ts'
import { createMonitor } from './monitor.ts'
import { createBreachedPasswords } from './passwords/breached.ts'
import { commonPasswords } from './passwords/common-passwords.ts'
import type { Passwords } from './passwords/passwords.ts'
import { createPasswords } from './passwords/passwords.ts'
import { createStandIns } from './passwords/stand-ins.ts'
import type { OpenStore } from './store/open-store.ts'
import { openStore } from './store/open-store.ts'
import { createDeviceMarks } from './tokens/device-marks.ts'
import { KeyFileError } from './tokens/key-file.ts'
import { createKeyedHash } from './tokens/keyed-hash.ts'
import { type InstalledKeys, keyPlaceOf, keysOfSettings } from './tokens/keys-of-settings.ts'
import { createLinkTokens, linkLifetimes } from './tokens/link-tokens.ts'
import { createSuccessors } from './tokens/refresh-rotation.ts'
import { createRevocationList } from './tokens/revocation-list.ts'
import { createSealer } from './tokens/seal.ts'
import { createSharedState } from './tokens/shared-state.ts'
import { createSigningKeys } from './tokens/signing-keys.ts'
import { createTokens } from './tokens/tokens.ts'
import { findTracing, tracedPasswords, tracedStore, tracedTransport } from './tracing.ts'

/** What a program may watch and replace. */
export interface DoorwardOptions {
  readonly settings: Settings
  readonly clock?: Clock
  /** Where lines for the developer go: links of mails in development. Default: nowhere. */
  readonly print?: (line: string) => void
  /** Whether mails are delivered. Default true; commands that only write switch it off. */
  readonly deliver?: boolean
  /** The folder of built web pages that `@doorward/portal` brings. Default: there are no pages. */
  readonly portal?: string | null
  /** Told of faults that no request is answered with, and of unforeseen ones that are. Default: nowhere. */
  readonly onError?: (error: unknown, about: string) => void
  /** Told of every answer, for logs and metrics. It must not throw. Default: nobody is told. */
  readonly onAnswer?: (answer: AnswerNote) => void
  /** Told of what the operator should set otherwise and only shows when requests come. Default: nowhere. */
  readonly onWarning?: (message: string) => void
}

/** A running Doorward. */
export interface Doorward {
  readonly settings: Settings
  /** Answers a request: the API under its path, and the pages around it. */
  readonly fetch: ApiApp['fetch']
  /** The same for `http.createServer`: faster, for it does without web-standard requests. */
  readonly listener: ApiApp['listener']
  /** The flows' dependencies, for programs and tests that call flows directly. */
  readonly deps: Deps
  readonly store: OpenStore
  readonly openapi: ApiApp['openapi']
  /** Where the first administrator can be made, once; null if there is one. */
  readonly setupUrl: string | null
  /** Delivers every mail that is due, now. */
  readonly deliverMails: () => Promise<void>
  /** Stops taking work, finishes mails in flight and closes the database. */
  readonly close: () => Promise<void>
}

/** What an app needs of it to mount it and to check tokens. `createTestDoorward` gives as much. */
export type Mountable = Pick<Doorward, 'fetch' | 'listener' | 'settings' | 'deps'>

/** Opens the database, brings it up to date, and starts delivering mails. Throws `TypeError` at start. */
export async function createDoorward(options: DoorwardOptions): Promise<Doorward> {
  const { settings, clock = systemClock, onError = () => {} } = options
  const secrets = settings.secrets.list.map((text) => new Secret(text))
  const mail = { wake: () => {} }
  const tracing = await findTracing()
  const opened = await openStore({
    url: settings.database.url,
    postgres: settings.database,
    fields: settings.users.fields,
    sealer: createSealer(secrets, 'outbox'),
    retention: retentionOf(settings),
    onMailQueued: () => mail.wake(),
  })
  const store = tracedStore(opened, tracing)
  const base = { settings, clock, secrets, store, tracing, onError }
  const { deps, keys, passwords, shared, standIns } = await assemble(base)
  await deps.revocations.catchUp()

  const transport = tracedTransport(transportOf(options), tracing)
  const worker = createOutboxWorker({ store, transport, clock, onError })
  mail.wake = () => worker.wake()
  if (options.deliver !== false) worker.start()
  shared.start()
  const cleaner = createCleaner({
    ...{ sweep: store.sweep, clock, onError },
    interval: settings.cleanup.interval * 1000,
  })
  cleaner.start()
  const survey = createHashSurvey({ users: store.users, standIns, example: passwords.example, onError })
  survey.start()
  store.listen(() => shared.refresh())

  const setup = await createSetup(deps)
  const guard = await guardOf(options, { deps, secrets, store, onError })
  const portal = options.portal ? readPortal(options.portal) : null
  const observation = observe(options, { deps, passwords, worker, store, cleaner })
  const app = createApp({
    ...deps,
    ...guard,
    ...observation,
    tracing,
    ring: keys.ring,
    openStore: store,
    setup,
    portal,
  })
  return {
    settings,
    deps,
    store,
    fetch: app.fetch,
    listener: app.listener,
    get openapi() {
      return app.openapi
    },
    // without pages there is nothing behind the link
    setupUrl: portal !== null && settings.portal.enabled ? setup.url : null,
    deliverMails: () => worker.drain(),
    close: async () => {
      await shared.stop()
      await cleaner.stop()
      await survey.stop()
      await guard.close()
      await worker.stop()
      transport.close()
      await store.close()
    },
  }
}

/** Counts what is answered and looks at the parts, for `/metrics` and `/ready`; passes on what the program wants to hear. */
function observe(
  { onError = () => {}, onAnswer = () => {}, onWarning = () => {} }: DoorwardOptions,
  parts: {
    readonly deps: Deps
    readonly passwords: Passwords
    readonly worker: OutboxWorker
    readonly store: OpenStore
    readonly cleaner: Cleaner
  },
) {
  const { store, passwords, worker, cleaner } = parts
  const { clock, revocations } = parts.deps
  const metrics = createMetrics({
    passwords: passwords.stats,
    mails: worker.stats,
    backlog: () => store.outbox.backlog(clock.now()),
    pool: store.pool,
    revocations: () => revocations.size,
    cleaned: () => cleaner.stats().deleted,
    listening: () => (store.listening === 'off' ? null : store.listening === 'listening'),
  })
  return {
    onError,
    onWarning,
    onAnswer: (note: AnswerNote): void => {
      metrics.answered(note)
      onAnswer(note)
    },
    monitor: createMonitor({ store, revocations, clock, metrics }),
  }
}

async function assemble(base: {
  readonly settings: Settings
  readonly clock: Clock
  readonly secrets: readonly Secret[]
  readonly store: OpenStore
  readonly tracing: Tracing | null
  readonly onError: NonNullable<DoorwardOptions['onError']>
}) {
  const { settings, clock, secrets, store, tracing, onError } = base
  const place = keyPlaceOf(settings, store.keyDocuments)
  const keys = await keysOfSettings(settings, { secrets, clock, place })
  const revocations = createRevocationList({ store: store.revocations, clock })
  const parts = [() => revocations.catchUp(), () => reloadKeys(keys, onError)]
  const shared = createSharedState({ parts, onError })
  const links = createLinkTokens({ secrets, clock, lifetimes: linkLifetimes(settings) })
  const standIns = createStandIns(createKeyedHash(secrets, 'stand-in'))
  const passwords = tracedPasswords(
    createPasswords({ ...settings.passwords, standIn: standIns.standIn }),
    tracing,
  )
  const deps: Deps = {
    store,
    clock,
    settings,
    passwords,
    breachedPasswords: createBreachedPasswords({
      ...{ host: settings.passwords.breachedHost, file: settings.passwords.breachedFile },
      onError: (error) => onError(error, 'looking up a breached password'),
    }),
    commonPasswords: { has: (password) => commonPasswords().has(password) },
    tokens: createTokens(keys, { settings, clock }),
    links,
    revocations,
    shared,
    signingKeys: createSigningKeys(settings, keys.stored, clock),
    sealer: createSealer(secrets, 'database-token'),
    successors: createSuccessors(secrets),
    compose: createComposer({ settings, clock, links }),
  }
  return { deps, keys, passwords, shared, standIns }
}

/** Most servers have no Redis, and its client is as large as all of the server's own code. */
async function redisThrottles(url: string, onError: (error: unknown) => void) {
  const { createRedisThrottles } = await import('./store/redis-throttles.ts')
  return createRedisThrottles(url, onError)
}

/** How often counters that do not matter any more are deleted, in milliseconds. */
const SWEEP_INTERVAL = 60_000

/** What slows down guessing: counters, who is known, and whom to tell. */
async function guardOf(
  { settings }: DoorwardOptions,
  base: {
    readonly deps: Deps
    readonly secrets: readonly Secret[]
    readonly store: OpenStore
    readonly onError: NonNullable<DoorwardOptions['onError']>
  },
) {
  const { deps, secrets, store, onError } = base
  const { clock } = deps
  const { redisUrl, deviceLifetime } = settings.throttle
  const counters =
    redisUrl === null || !settings.server.throttle
      ? store.throttles
      : await redisThrottles(redisUrl, (error) => onError(error, 'counting attempts in Redis'))
  let sweeping = Promise.resolve()
  const sweep = setInterval(() => {
    sweeping = counters
      .sweep(clock.now())
      .catch((error: unknown) => onError(error, 'forgetting old attempts'))
  }, SWEEP_INTERVAL)
  sweep.unref()
  return {
    deviceMarks: createDeviceMarks({ secrets, clock, lifetime: deviceLifetime }),
    throttle: createThrottle({
      ...{ settings, clock, counters, onError },
      nameOf: createKeyedHash(secrets, 'throttle'),
      onManyFailures: (about) => tellOfFailures(deps, about),
    }),
    close: async () => {
      clearInterval(sweep)
      await sweeping
      await counters.close()
    },
  }
}

function transportOf({ settings, print = () => {} }: DoorwardOptions) {
  const { smtpUrl, from } = settings.mails
  return smtpUrl === null
    ? createDevelopmentMailbox({ print })
    : createSmtpTransport({ url: new Secret(smtpUrl), from })
}

/** Keys that cannot be read any more leave those in use as they are; a database that is away is another matter. */
async function reloadKeys(
  { stored }: InstalledKeys,
  onError: NonNullable<DoorwardOptions['onError']>,
): Promise<void> {
  try {
    await stored?.reload()
  } catch (error) {
    if (!(error instanceof KeyFileError)) throw error
    onError(error, 'reading the signing keys')
  }
}
