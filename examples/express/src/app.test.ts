/** The story through the Express app, on a real port. */
import type { AddressInfo } from 'node:net'
import { mountDoorward } from '@doorward/server/express'
import { createTestDoorward, type TestDoorward } from '@doorward/server/testing'
import express from 'express'
import { afterEach, describe, expect, it } from 'vitest'
import { statusesOutside } from '../../../conformance/frameworks/leads-out.ts'
import { tellStory, told } from '../../../conformance/frameworks/story.ts'
import { answersToTwo } from '../../../conformance/frameworks/two-credentials.ts'
import { createShop } from './app.ts'

const PATH = '/api/v1/accounts'
const closing: (() => Promise<unknown>)[] = []

async function start(): Promise<TestDoorward> {
  const doorward = await createTestDoorward({ config: { api: { authPath: PATH } } })
  closing.push(() => doorward.close())
  return doorward
}

async function listen(app: express.Express): Promise<string> {
  const server = app.listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  closing.push(() => new Promise((done) => server.close(done)))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const mounted = (url: string, doorward: TestDoorward) => ({
  url,
  authPath: PATH,
  protectedPath: '/orders',
  linkTo: (email: string) => doorward.lastLink(email),
})

describe('the API in Express', () => {
  it('tells the whole story behind body parsers, under another prefix', async () => {
    const doorward = await start()
    const url = await listen(createShop(doorward))
    expect(await tellStory(mounted(url, doorward))).toEqual(told(PATH))
  })

  it('tells it before body parsers, and in a router of its own', async () => {
    const doorward = await start()
    const app = express()
    app.use('/api', express.Router().use('/v1', mountDoorward(doorward)))
    app.use(createShop(doorward))
    const url = await listen(app)
    expect(await tellStory(mounted(url, doorward))).toEqual(told(PATH))
  })

  it('answers at no path that leads out of the API', async () => {
    const url = await listen(createShop(await start()))
    expect(new Set(await statusesOutside({ url, authPath: PATH }))).toEqual(new Set([404]))
  })

  it('refuses two credentials in its own routes as the API does', async () => {
    const doorward = await start()
    const url = await listen(createShop(doorward))
    const { access } = await doorward.signedUpUser({ role: 'buyer' })
    const own = await answersToTwo(url, '/orders', access)
    expect(own.map((answer) => answer.slice(0, 4))).toEqual(own.map(() => '401 '))
    expect(own).toEqual(await answersToTwo(url, `${PATH}/users/me/`, access))
  })

  it('takes an empty body that a parser has read as it would without a parser', async () => {
    const url = await listen(createShop(await start()))
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${url}${PATH}/jwt/create/`, { method: 'POST', headers, body: '' })
    expect([answer.status, Object.keys((await answer.json()) as object)]).toEqual([
      400,
      ['email', 'password'],
    ])
  })

  it('asks for a recent sign-in where a route says so', async () => {
    const doorward = await start()
    const url = await listen(createShop(doorward))
    const buyer = await doorward.signedUpUser({ role: 'buyer' })
    const refresh = async (token: string) => {
      const answer = await fetch(`${url}${PATH}/jwt/refresh/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ refresh: token }),
      })
      return (await answer.json()) as { access: string; refresh: string }
    }
    const remove = async (access: string) => {
      const headers = { authorization: `Bearer ${access}` }
      return (await fetch(`${url}/orders`, { method: 'DELETE', headers })).status
    }
    doorward.clock.advance(299)
    expect(await remove(buyer.access)).toBe(204)
    const second = await refresh(buyer.refresh)
    doorward.clock.advance(299)
    expect(await remove(second.access)).toBe(204)
    const third = await refresh(second.refresh)
    doorward.clock.advance(10)
    expect(await remove(third.access)).toBe(403)
  })
})
