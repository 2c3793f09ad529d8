/**
 * `@doorward/server/testing`: a whole Doorward for tests of the application around it. Nothing is replaced by a
 * stand-in: accounts, tokens and mails are the real ones, only in memory, quick, and at a time that the test sets.
 *
 *     const doorward = await createTestDoorward()
 *     const user = await doorward.signedUpUser({ role: 'manager' })
 *     const answer = await app.request('/api/sales/', { headers: user.headers })
 */
import type { Settings } from '../config/settings.ts'
import type { Doorward } from '../create-doorward.ts'
import { createDoorward } from '../create-doorward.ts'
import { administratorRole } from '../domain/roles.ts'
import { Secret } from '../domain/secret.ts'
import type { FieldValue } from '../domain/user.ts'
import { createSuperuser } from '../flows/create-superuser.ts'
import { createLogging } from '../logging.ts'
import { isKept, keepLog } from './log-trail.ts'
import type { TestClock } from './test-clock.ts'
import { createTestClock } from './test-clock.ts'
import type { TestMailbox } from './test-mailbox.ts'
import { createTestMailbox } from './test-mailbox.ts'
import type { TestSettingsInput } from './test-settings.ts'
import { testSettings } from './test-settings.ts'

export type { TestClock } from './test-clock.ts'
export type { TestMail, TestMailbox } from './test-mailbox.ts'

/** What to start with. Everything has a default. */
export type TestDoorwardOptions = TestSettingsInput & {
  /** Told of faults that nobody foresaw. Default: they are thrown at `close()`. */
  readonly onError?: (error: unknown, about: string) => void
  /** Told of what the operator should set otherwise. Default: nobody. */
  readonly onWarning?: (message: string) => void
  /** The folder of built web pages. Default: there are none. */
  readonly portal?: string | null
}

/** Address and password of somebody. */
export interface TestCredentials {
  readonly email: string
  readonly password: string
}

/** Somebody who has signed in. */
export interface SignedInUser extends TestCredentials {
  readonly access: string
  readonly refresh: string
  /** The Authorization header for requests as this person. */
  readonly headers: { readonly authorization: string }
}

/** What somebody registers with; what is left out is made up, with an address of its own. */
export type TestRegistration = Partial<TestCredentials> & Readonly<Record<string, FieldValue | undefined>>

/** A Doorward under a test's control. */
export interface TestDoorward extends TestMailbox {
  readonly settings: Settings
  /** Stands still until `clock.advance(seconds)`: tokens, links and sessions expire when the test says so. */
  readonly clock: TestClock
  /** Answers a request, as the server would. */
  readonly fetch: Doorward['fetch']
  readonly listener: Doorward['listener']
  readonly openapi: Doorward['openapi']
  /** The flows' dependencies, to arrange what no request can. */
  readonly deps: Doorward['deps']
  /** Hands the mails that are due over to SMTP, where there is one; the mailbox has them before that. */
  readonly deliverMails: Doorward['deliverMails']
  /** Where the first administrator can be made; null without pages. */
  readonly setupUrl: Doorward['setupUrl']
  /** Registers somebody, who then has a mail with an activation link. TypeError if that is refused. */
  register(person?: TestRegistration): Promise<TestCredentials>
  /** Follows the newest activation link mailed to an address. */
  activate(email: string): Promise<void>
  signIn(credentials: TestCredentials): Promise<SignedInUser>
  /** Registers, activates and signs in. */
  signedUpUser(person?: TestRegistration): Promise<SignedInUser>
  /** Somebody with staff rights, signed in. */
  administrator(): Promise<SignedInUser>
  /** Closes the database. Rejects with the first fault that nobody foresaw, unless `onError` was told. */
  close(): Promise<void>
}

const ORIGIN = { address: '', userAgent: 'a test', requestId: '' }

const LOG_ALL = { server: { logLevel: 'trace', environment: 'production' } } as const

const PASSWORD = 'Kiddie-Ride-4821'

/** Starts a Doorward. Throws `ConfigurationError` for a configuration that is wrong. */
export async function createTestDoorward(options: TestDoorwardOptions = {}): Promise<TestDoorward> {
  const clock = createTestClock()
  const settings = testSettings(options)
  const faults: unknown[] = []
  const told = options.onError ?? ((error: unknown) => faults.push(error))
  const logging = createLogging(LOG_ALL, { write: keepLog })
  const onError: typeof logging.onError = (error, about) => {
    logging.onError(error, about)
    told(error, about)
  }
  const doorward = await createDoorward({
    ...{ settings, clock, onError, deliver: false },
    ...(isKept() && { onAnswer: logging.onAnswer, onWarning: logging.onWarning }),
    ...(options.portal && { portal: options.portal }),
    ...(options.onWarning && { onWarning: options.onWarning }),
  })
  const { fetch, listener, deps, deliverMails, setupUrl } = doorward
  const mailbox = createTestMailbox(doorward.store)
  return {
    get openapi() {
      return doorward.openapi
    },
    ...{ settings, clock, fetch, listener, deps, deliverMails, setupUrl },
    ...mailbox,
    ...people(doorward, mailbox),
    close: async () => {
      await doorward.close()
      if (faults.length > 0) throw faults[0]
    },
  }
}

type People = Pick<TestDoorward, 'register' | 'activate' | 'signIn' | 'signedUpUser' | 'administrator'>

function people(doorward: Doorward, { lastLink }: TestMailbox): People {
  const { settings, deps } = doorward
  const newAddress = addresses()
  const post = (path: string, body: object) => postJson(doorward, path, body)

  const register: People['register'] = async (person = {}) => {
    const { email = newAddress(), password = PASSWORD, ...profile } = person
    const names = { first_name: 'Maya', last_name: 'Santoso', role: 'staff' }
    await post('users/', { ...names, ...profile, email, password, re_password: password })
    return { email, password }
  }
  const activate: People['activate'] = async (email) => {
    await post('users/activation/', await lastLink(email, 'activation'))
  }
  const signIn: People['signIn'] = async (credentials) => {
    const { access = '', refresh = '', token } = await post('jwt/create/', credentials)
    const bearer = token ?? access
    const authorization = `${settings.api.headerTypes[0]} ${bearer}`
    return { ...credentials, access: bearer, refresh, headers: { authorization } }
  }
  return {
    register,
    activate,
    signIn,
    signedUpUser: async (person) => {
      const credentials = await register(person)
      if (settings.registration.activationMail) await activate(credentials.email)
      return signIn(credentials)
    },
    administrator: async () => {
      const email = newAddress()
      const profile = { first_name: 'Ada', last_name: 'Staff', role: administratorRole(deps.settings.users) }
      await createSuperuser(deps, { email, profile, password: new Secret(PASSWORD), origin: ORIGIN })
      return signIn({ email, password: PASSWORD })
    },
  }
}

function addresses(): () => string {
  let count = 0
  return () => {
    count += 1
    return `person-${count}@example.com`
  }
}

async function postJson(
  { fetch, settings }: Doorward,
  path: string,
  body: object,
): Promise<Readonly<Record<string, string>>> {
  const url = `${settings.server.publicUrl}${settings.api.authPath}/${path}`
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }))
  const text = await answer.text()
  if (!answer.ok) throw new TypeError(`POST ${path} was refused with ${answer.status}: ${text}`)
  return text === '' ? {} : JSON.parse(text)
}
