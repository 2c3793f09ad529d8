/** Checking tokens in another service, and asking for a person in the real frameworks. */
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDoorward, type SignedInUser, type TestDoorward } from '../testing/create-test-doorward.ts'
import { requireUser as expressUser, mountDoorward } from './express.ts'
import { requireUser as fastifyUser } from './fastify.ts'
import { requireUser as honoUser } from './hono.ts'
import { requireUser as guard } from './nest.ts'
import { requireUser as nextUser } from './next.ts'
import { createVerifier, type Verified, type Verifier } from './verifier.ts'

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

  it('jose reads the same keys and accepts the same token', async () => {
    const keys = createRemoteJWKSet(new URL(`${base}/.well-known/jwks.json`))
    const { payload } = await jwtVerify(buyer.access, keys, { currentDate: new Date(doorward.clock.now()) })
    expect(payload).toMatchObject({ token_type: 'access', role: 'buyer' })
  })
})

const header = (user: SignedInUser) => ({ authorization: `Bearer ${user.access}` })

describe('asking for a person | in the real frameworks', () => {
  it('Hono lets the right role pass and answers 401 and 403 otherwise', async () => {
    const app = new Hono<{ Variables: { user: Verified } }>()
    app.get('/buyers', honoUser(verifier, { role: 'buyer' }), (c) => c.json(c.get('user').role))
    app.get('/managers', honoUser(verifier, { role: 'manager' }), (c) => c.json(c.get('user').role))
    expect(await (await app.request('/buyers', { headers: header(buyer) })).json()).toBe('buyer')
    expect((await app.request('/managers', { headers: header(buyer) })).status).toBe(403)
    const refused = await app.request('/buyers')
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'JWT realm="api"'])
  })

  it('Express does the same, and mounts the whole API before and after a body parser', async () => {
    for (const parserFirst of [true, false]) {
      const app = express()
      if (parserFirst) app.use(express.json())
      app.use(mountDoorward({ ...doorward, fetch: doorward.fetch } as never))
      if (!parserFirst) app.use(express.json())
      app.get('/buyers', expressUser(verifier, { role: 'buyer' }), (request, response) => {
        response.json((request as unknown as { user: Verified }).user.role)
      })
      const listening = app.listen(0, '127.0.0.1')
      await new Promise((resolve) => listening.once('listening', resolve))
      const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
      const signIn = await fetch(`${url}/auth/jwt/create/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(buyer),
      })
      const { access } = (await signIn.json()) as { access: string }
      const answer = await fetch(`${url}/buyers`, { headers: { authorization: `Bearer ${access}` } })
      expect(await answer.json()).toBe('buyer')
      expect((await fetch(`${url}/buyers`)).status).toBe(401)
      listening.close()
    }
  })

  it('Fastify does the same', async () => {
    const app = fastify()
    app.get('/buyers', { preHandler: fastifyUser(verifier, { role: 'buyer' }) as never }, (request) => ({
      role: (request as unknown as { user: Verified }).user.role,
    }))
    const answer = await app.inject({ url: '/buyers', headers: header(buyer) })
    expect(answer.json()).toEqual({ role: 'buyer' })
    const refused = await app.inject({ url: '/buyers' })
    expect([refused.statusCode, refused.json()]).toEqual([
      401,
      { detail: 'Authentication credentials were not provided.' },
    ])
    await app.close()
  })

  it("Next's route handlers are wrapped", async () => {
    const GET = nextUser(verifier, { role: 'buyer' }, (_request, user) => Response.json(user.role))
    expect(await (await GET(new Request('http://x/', { headers: header(buyer) }))).json()).toBe('buyer')
    expect((await GET(new Request('http://x/'))).status).toBe(401)
  })

  it("Nest's guards let pass or throw the application's exception", async () => {
    const thrown = (body: object, status: number) => Object.assign(new TypeError('refused'), { body, status })
    const request = (headers: object) => ({
      switchToHttp: () => ({ getRequest: <T>() => ({ headers }) as T }),
    })
    const { canActivate } = guard(verifier, thrown, { role: 'buyer' })
    expect(await canActivate(request(header(buyer)))).toBe(true)
    await expect(canActivate(request({}))).rejects.toMatchObject({ status: 401 })
  })
})
