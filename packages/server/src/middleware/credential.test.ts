/** A project that gives the header with the access token another name. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDoorward, type SignedInUser, type TestDoorward } from '../testing/create-test-doorward.ts'
import { requireUser as requireUserExpress, userOf } from './express.ts'
import { requireUser as requireUserHono } from './hono.ts'
import { createVerifier } from './verifier.ts'

describe('a header of another name', () => {
  let doorward: TestDoorward
  let person: SignedInUser
  const server = createServer()
  const hono = new Hono()
  const credential = () => ({ 'X-Access-Token': `JWT ${person.access}` })
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/reports`

  beforeAll(async () => {
    doorward = await createTestDoorward({ config: { api: { headerName: 'x-access-token' } } })
    person = await doorward.signedUpUser()
    const verifier = createVerifier({ doorward })
    const app = express()
    app.get('/reports', requireUserExpress(verifier), (request, response) => {
      response.json(userOf(request).userId)
    })
    server.on('request', app).listen(0, '127.0.0.1')
    hono.get('/reports', requireUserHono(verifier), (c) => c.json(c.get('user').userId))
    await once(server, 'listening')
  })

  afterAll(async () => {
    server.close()
    await doorward.close()
  })

  it('is read by the API, which does not look at Authorization then', async () => {
    const me = async (headers: Record<string, string>) =>
      (await doorward.fetch(new Request('http://127.0.0.1:8000/auth/users/me/', { headers }))).status
    expect(await me(credential())).toBe(200)
    expect(await me({ authorization: `JWT ${person.access}` })).toBe(401)
  })

  it("is read in an app's own routes", async () => {
    expect((await fetch(url(), { headers: credential() })).status).toBe(200)
    expect((await fetch(url(), { headers: { authorization: `JWT ${person.access}` } })).status).toBe(401)
    expect((await hono.request('/reports', { headers: credential() })).status).toBe(200)
    expect((await hono.request('/reports', { headers: person.headers })).status).toBe(401)
  })

  it('may be sent by pages of other origins, and stands in the description of the API', async () => {
    const { origin } = new URL(doorward.settings.server.frontendUrl)
    const asking = { origin, 'access-control-request-method': 'GET' }
    const request = new Request('http://127.0.0.1:8000/auth/users/me/', {
      method: 'OPTIONS',
      headers: asking,
    })
    const allowed = (await doorward.fetch(request)).headers.get('access-control-allow-headers')
    expect(allowed?.split(',')).toContain('x-access-token')
    expect(doorward.openapi.components?.securitySchemes?.accessToken).toMatchObject({
      name: 'x-access-token',
    })
  })

  it('has to be written in small letters', async () => {
    const wrong = createTestDoorward({ config: { api: { headerName: 'X-Access-Token' } } })
    await expect(wrong).rejects.toThrow(/api\.headerName.* small letters/s)
  })
})
