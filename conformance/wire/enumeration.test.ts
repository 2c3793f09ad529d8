/**
 * No answer tells whether an address has an account: the same status, body, headers and statements, whoever has it.
 * The time on the clock is looked at by `conformance/attacks/timing.ts`.
 */
import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { testDatabases } from '../../packages/server/src/testing/databases.ts'
import { isAboutConnection, isBackground, logStatements, statements } from './statement-log.ts'

const PASSWORD = 'Kiddie-Ride-4821'
const DJANGO = 'pbkdf2_sha256$1000$abcdefgh$6pNbvNAQMiZ1jvLrN1S91TP/OfvqFfd1rUqL8g4q8T8='
const PERSON = { first_name: 'Tina', last_name: 'Santoso', role: 'buyer', password: PASSWORD }

interface Seen {
  readonly status: number
  readonly body: string
  readonly headers: readonly (readonly [string, string])[]
  readonly statements: readonly string[]
}

/** An account that is not meant is written like one that is, and taken back: one short statement either way. */
const END = /^(release|rollback to) savepoint new_account$/

/** What differs from one answer to the next by itself. */
const FICKLE = new Set(['x-request-id', 'date', 'set-cookie'])

beforeAll(logStatements)
afterAll(() => {
  vi.restoreAllMocks()
})

describe.each(testDatabases())('enumeration | $name', (database) => {
  let doorward: TestDoorward
  let caller: SignedInUser
  /** An address of each kind, a fresh one for every request. */
  const whose = {
    nobody: async () => ({ email: freshAddress() }),
    'somebody active': () => doorward.signedUpUser({ email: freshAddress(), password: PASSWORD }),
    'somebody who never activated': () => doorward.register({ email: freshAddress(), password: PASSWORD }),
    'somebody switched off by staff': async () => {
      const user = await doorward.signedUpUser({ email: freshAddress(), password: PASSWORD })
      const found = await doorward.deps.store.users.byEmail(user.email)
      const off = { isActive: false, deactivatedAt: doorward.clock.now() }
      await doorward.deps.store.users.update(found?.id ?? 0, off)
      return user
    },
    'somebody with a hash of Django': async () => {
      const user = { email: freshAddress(), passwordHash: DJANGO, isActive: true, isStaff: false }
      const rest = { locale: null, createdAt: doorward.clock.now(), profile: {} }
      await doorward.deps.store.users.insert({ ...user, ...rest })
      return user
    },
    'somebody whom staff invited': async () => {
      const user = { email: freshAddress(), passwordHash: `!${'x'.repeat(40)}` }
      const rights = { isActive: false, isStaff: false, locale: null }
      const times = { createdAt: doorward.clock.now(), invitedAt: doorward.clock.now() }
      await doorward.deps.store.users.insert({ ...user, ...rights, ...times, profile: {} })
      return user
    },
  }
  let count = 0
  const freshAddress = () => {
    count += 1
    return `address-${String(count).padStart(5, '0')}@example.com`
  }

  const see = async (path: string, body: object, headers: Record<string, string> = {}): Promise<Seen> => {
    const request = new Request(`http://127.0.0.1:8000/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    const env = { incoming: { socket: { remoteAddress: `10.0.${count >> 8}.${count & 255}` } } }
    statements.length = 0
    const answer = await doorward.fetch(request, env)
    const seen = statements
      .filter((sql) => !isBackground(sql) && !isAboutConnection(sql))
      .map((sql) => sql.replace(END, 'end savepoint'))
    return {
      status: answer.status,
      body: (await answer.text()).replaceAll(/address-\d+@/g, 'address@'),
      headers: [...answer.headers].filter(([name]) => !FICKLE.has(name)),
      statements: seen,
    }
  }

  beforeAll(async () => {
    doorward = await createTestDoorward({
      database: await database.url(),
      config: { server: { throttle: true } },
    })
    caller = await doorward.signedUpUser()
  })
  afterAll(async () => {
    await doorward.close()
    await database.close()
  })

  /** Requests that name an address, as a stranger or a signed-in person sends them. */
  const REQUESTS: Readonly<Record<string, (email: string) => Promise<Seen>>> = {
    registering: (email) => see('users/', { ...PERSON, email }),
    'a wrong password': (email) => see('jwt/create/', { email, password: 'wrong-guess' }),
    'a wrong password for a database token': (email) =>
      see('token/login/', { email, password: 'wrong-guess' }),
    'asking for another activation mail': (email) => see('users/resend_activation/', { email }),
    'asking for a password reset': (email) => see('users/reset_password/', { email }),
    'asking for an e-mail reset': (email) => see('users/reset_email/', { email }),
    'changing the own address to it': async (new_email) => {
      const { headers } = await doorward.signedUpUser({ email: freshAddress(), password: PASSWORD })
      return see('users/set_email/', { new_email, current_password: PASSWORD }, { ...headers })
    },
    'changing the own address to it, with another field wrong': (new_email) =>
      see('users/set_email/', { new_email, current_password: '' }, { ...caller.headers }),
    'changing the own address to it by a mailed link': async (new_email) => {
      const user = await doorward.signedUpUser({ email: freshAddress(), password: PASSWORD })
      await see('users/reset_email/', { email: user.email })
      const link = await doorward.lastLink(user.email, 'email_reset')
      return see('users/reset_email_confirm/', { ...link, new_email })
    },
  }

  it.each(Object.keys(REQUESTS))('%s looks the same for every address', async (name) => {
    const seen: Record<string, Seen> = {}
    for (const [owner, make] of Object.entries(whose)) {
      const { email } = await make()
      const answer = await REQUESTS[name]?.(email)
      if (answer) seen[owner] = answer
    }
    const { nobody, ...others } = seen
    for (const [owner, answer] of Object.entries(others)) expect(answer, owner).toEqual(nobody)
    expect(nobody?.statements.length).toBeGreaterThan(0)
  })

  it('nothing is left in the outbox of a mail that nobody should get', async () => {
    const email = freshAddress()
    await REQUESTS['asking for a password reset']?.(email)
    expect(await doorward.mails(email)).toEqual([])
  })

  it('the password of an account that is not active is not told by a sign-in either', async () => {
    const { email } = await whose['somebody who never activated']()
    const right = await see('jwt/create/', { email, password: PASSWORD })
    const wrong = await see('jwt/create/', { email: freshAddress(), password: PASSWORD })
    expect(right).toEqual(wrong)
  })
})
