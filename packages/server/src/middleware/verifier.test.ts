/** Checking tokens in another service, and beside Doorward itself. */
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDoorward, type SignedInUser, type TestDoorward } from '../testing/create-test-doorward.ts'
import { testDatabases } from '../testing/databases.ts'
import { generatePrivateKey } from '../tokens/keys.ts'
import { createVerifier, type Verifier } from './verifier.ts'

let doorward: TestDoorward
let verifier: Verifier
let buyer: SignedInUser
let server: ReturnType<typeof serve>
let base: string

const statusOf = async (check: Promise<unknown>): Promise<string> =>
  check.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  )

beforeAll(async () => {
  doorward = await createTestDoorward()
  server = serve({ fetch: (request) => doorward.fetch(request), port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  buyer = await doorward.signedUpUser({ role: 'buyer' })
  verifier = createVerifier({
    jwksUrl: `${base}/.well-known/jwks.json`,
    revocations: { url: `${base}/auth/revocations/` },
    clock: doorward.clock,
  })
})

afterAll(async () => {
  verifier.close()
  server.close()
  await doorward.close()
})

describe('a verifier | with the public keys of the server', () => {
  it('says who is calling, and with which role', async () => {
    const user = await verifier.check(`JWT ${buyer.access}`)
    expect(user).toMatchObject({ role: 'buyer', amr: ['pwd'] })
    expect(user.sessionId).toMatch(/^[\w-]{22}$/)
  })

  it('refuses no token, a refresh token, a tampered one, and one that has expired', async () => {
    expect(await statusOf(verifier.check(undefined))).toBe('not_authenticated')
    expect(await statusOf(verifier.check('Basic x'))).toBe('not_authenticated')
    expect(await statusOf(verifier.check('JWT a b'))).toBe('bad_authorization_header')
    expect(await statusOf(verifier.check(`JWT ${buyer.refresh}`))).toBe('access_token_not_valid')
    expect(await statusOf(verifier.check(`JWT ${buyer.access}A`))).toBe('access_token_not_valid')
    const old = createVerifier({
      jwksUrl: `${base}/.well-known/jwks.json`,
      clock: { now: () => doorward.clock.now() + 301_000 },
    })
    expect(await statusOf(old.check(`JWT ${buyer.access}`))).toBe('access_token_not_valid')
  })

  it('asks for a role, and for a recent sign-in', async () => {
    const header = `JWT ${buyer.access}`
    expect(await statusOf(verifier.check(header, { role: ['buyer', 'manager'] }))).toBe('ok')
    expect(await statusOf(verifier.check(header, { role: 'manager' }))).toBe('permission_denied')
    expect(await statusOf(verifier.check(header, { maxAge: 60 }))).toBe('ok')
    expect(await statusOf(verifier.check(header, { maxAge: -1 }))).toBe('reauthentication_required')
  })

  it('learns of a sign-out from the feed', async () => {
    const user = await doorward.signedUpUser()
    const header = `JWT ${user.access}`
    expect(await statusOf(verifier.check(header))).toBe('ok')
    const body = JSON.stringify({ refresh: user.refresh })
    const headers = { 'content-type': 'application/json' }
    await fetch(`${base}/auth/jwt/logout/`, { method: 'POST', headers, body })
    const started = Date.now()
    while ((await statusOf(verifier.check(header))) === 'ok' && Date.now() - started < 5000) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(await statusOf(verifier.check(header))).toBe('access_token_not_valid')
  })

  it('refuses everything when it cannot hear the feed, unless it is told to stay open', async () => {
    const url = 'http://127.0.0.1:9/auth/revocations/'
    const keys = { jwksUrl: `${base}/.well-known/jwks.json`, clock: doorward.clock }
    const closed = createVerifier({ ...keys, revocations: { url } })
    const open = createVerifier({ ...keys, revocations: { url, onLost: 'open' } })
    expect(await statusOf(closed.check(`JWT ${buyer.access}`))).toBe('unavailable')
    expect(await statusOf(open.check(`JWT ${buyer.access}`))).toBe('ok')
    closed.close()
    open.close()
  })

  it('refuses everything once it has not been heard for as long as it may, and again accepts when it is back', async () => {
    const line = { isCut: false }
    const keys = { jwksUrl: `${base}/.well-known/jwks.json`, clock: doorward.clock }
    const get: typeof fetch = (input, init) =>
      line.isCut && String(input).includes('/revocations/')
        ? Promise.reject(new TypeError('cut'))
        : fetch(input, init)
    const url = `${base}/auth/revocations/`
    const closed = createVerifier({ ...keys, revocations: { url, maxStaleness: 2 }, fetch: get })
    const open = createVerifier({
      ...keys,
      revocations: { url, maxStaleness: 2, onLost: 'open' },
      fetch: get,
    })
    const header = `JWT ${buyer.access}`
    expect([await statusOf(closed.check(header)), await statusOf(open.check(header))]).toEqual(['ok', 'ok'])
    line.isCut = true
    await expect.poll(() => statusOf(closed.check(header)), { timeout: 25_000 }).toBe('unavailable')
    expect(await statusOf(open.check(header))).toBe('ok')
    line.isCut = false
    await expect.poll(() => statusOf(closed.check(header)), { timeout: 25_000 }).toBe('ok')
    closed.close()
    open.close()
  }, 60_000)

  it('jose reads the same keys and accepts the same token', async () => {
    const keys = createRemoteJWKSet(new URL(`${base}/.well-known/jwks.json`))
    const { payload } = await jwtVerify(buyer.access, keys, { currentDate: new Date(doorward.clock.now()) })
    expect(payload).toMatchObject({ token_type: 'access', role: 'buyer' })
  })
})

describe('a verifier | inside of the program that Doorward runs in', () => {
  it('needs nothing but Doorward itself, and learns of a sign-out at once', async () => {
    const own = createVerifier({ doorward })
    const user = await doorward.signedUpUser({ role: 'manager' })
    const header = `JWT ${user.access}`
    expect(await own.check(header)).toMatchObject({ role: 'manager', amr: ['pwd'] })
    expect(await statusOf(own.check(header, { role: 'buyer' }))).toBe('permission_denied')
    expect(await statusOf(own.check(`JWT ${user.refresh}`))).toBe('access_token_not_valid')
    await signOut(user)
    expect(await statusOf(own.check(header))).toBe('access_token_not_valid')
    expect(await statusOf(own.check(undefined))).toBe('not_authenticated')
  })
})

describe('a verifier | whose clock was set back since somebody signed in', () => {
  it('does not take the sign-in for a recent one', async () => {
    const own = createVerifier({ doorward })
    const user = await doorward.signedUpUser()
    const { clock } = doorward
    const { now } = clock
    Object.assign(clock, { now: () => now() - 3_600_000 })
    const body = JSON.stringify({ refresh: user.refresh })
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${base}/auth/jwt/refresh/`, { method: 'POST', headers, body })
    const { access } = (await answer.json()) as { access: string }
    const says = await statusOf(own.check(`JWT ${access}`, { maxAge: 60 }))
    Object.assign(clock, { now })
    expect(says).toBe('reauthentication_required')
  })
})

describe.each(testDatabases())('a verifier beside one of two instances | $name', (database) => {
  afterAll(() => database.close())

  it('asked for what is so at this moment, knows what happened at the other one', async () => {
    const signingKey = generatePrivateKey('EdDSA').export({ type: 'pkcs8', format: 'pem' }).toString()
    const start = async () =>
      createTestDoorward({ database: await database.url(), config: { tokens: { signingKey } } })
    const [here, there] = [await start(), await start()]
    const own = createVerifier({ doorward: here })
    for (let round = 0; round < 5; round += 1) {
      const user = await there.signedUpUser()
      const header = `JWT ${user.access}`
      expect(await statusOf(own.check(header, { fresh: true }))).toBe('ok')
      const body = JSON.stringify({ refresh: user.refresh })
      const headers = { 'content-type': 'application/json' }
      const url = 'http://127.0.0.1:8000/auth/jwt/logout/'
      await there.fetch(new Request(url, { method: 'POST', headers, body }))
      expect(await statusOf(own.check(header, { fresh: true }))).toBe('access_token_not_valid')
    }
    await Promise.all([here.close(), there.close()])
  })
})

const signOut = (user: SignedInUser) =>
  fetch(`${base}/auth/jwt/logout/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refresh: user.refresh }),
  })

describe('a verifier | asked for what is so at this moment', () => {
  /** A verifier whose long poll hears nothing new, as on a line that hangs. */
  const deafVerifier = (answers: { still: boolean }) =>
    createVerifier({
      jwksUrl: `${base}/.well-known/jwks.json`,
      revocations: { url: `${base}/auth/revocations/` },
      clock: doorward.clock,
      fetch: async (input, init) => {
        if (String(input).includes('wait=5')) {
          await new Promise((resolve) => init?.signal?.addEventListener('abort', resolve))
        }
        return answers.still ? fetch(input, init) : new Response('', { status: 503 })
      },
    })

  it('knows of a sign-out that it has not been told of', async () => {
    const deaf = deafVerifier({ still: true })
    const user = await doorward.signedUpUser()
    const header = `JWT ${user.access}`
    expect(await statusOf(deaf.check(header, { fresh: true }))).toBe('ok')
    await signOut(user)
    expect(await statusOf(deaf.check(header))).toBe('ok')
    expect(await statusOf(deaf.check(header, { fresh: true }))).toBe('access_token_not_valid')
    deaf.close()
  })

  it('refuses with 503 when the server does not answer, although it was heard a moment ago', async () => {
    const answers = { still: true }
    const deaf = deafVerifier(answers)
    const header = `JWT ${(await doorward.signedUpUser()).access}`
    expect(await statusOf(deaf.check(header, { fresh: true }))).toBe('ok')
    answers.still = false
    expect(await statusOf(deaf.check(header))).toBe('ok')
    expect(await statusOf(deaf.check(header, { fresh: true }))).toBe('unavailable')
    deaf.close()
  })

  it('reads on where more sessions have ended than fit into one page', async () => {
    const people = await Promise.all(Array.from({ length: 120 }, () => doorward.signedUpUser()))
    const deaf = deafVerifier({ still: true })
    await deaf.check(`JWT ${buyer.access}`, { fresh: true })
    for (const one of people) await signOut(one)
    const last = people.at(-1)?.access
    expect(await statusOf(deaf.check(`JWT ${last}`, { fresh: true }))).toBe('access_token_not_valid')
    deaf.close()
  })

  it('forgets no session that has ended while its own clock is hours ahead', async () => {
    let ahead = 0
    let asked = 0
    const moved = createVerifier({
      jwksUrl: `${base}/.well-known/jwks.json`,
      revocations: { url: `${base}/auth/revocations/` },
      clock: { now: () => doorward.clock.now() + ahead },
      fetch: (input, init) => {
        asked += 1
        return fetch(input, init)
      },
    })
    const people = [await doorward.signedUpUser(), await doorward.signedUpUser(), buyer] as const
    const check = async (user: SignedInUser) => statusOf(moved.check(`JWT ${user.access}`))
    const [gone, going, here] = people
    await signOut(gone)
    await moved.check(`JWT ${here.access}`, { fresh: true })
    ahead = 7_200_000
    await signOut(going)
    // a page of the list is short-lived, too: those that come now are refused, and nothing is dropped
    const before = asked
    await expect.poll(() => asked, { timeout: 10_000 }).toBeGreaterThan(before + 1)
    expect(await Promise.all(people.map(check))).toEqual(Array(3).fill('access_token_not_valid'))
    ahead = 0
    await moved.check(`JWT ${here.access}`, { fresh: true })
    const refused = 'access_token_not_valid'
    expect(await Promise.all(people.map(check))).toEqual([refused, refused, 'ok'])
    moved.close()
  })

  it('is a mistake without the list of sessions that have ended', async () => {
    const without = createVerifier({ jwksUrl: `${base}/.well-known/jwks.json`, clock: doorward.clock })
    await expect(without.check(`JWT ${buyer.access}`, { fresh: true })).rejects.toThrow(TypeError)
  })
})
