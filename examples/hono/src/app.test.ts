/** The story through the Hono app, on a real port. */
import type { AddressInfo } from 'node:net'
import { createTestDoorward, type TestDoorward } from '@doorward/server/testing'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { afterEach, describe, expect, it } from 'vitest'
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

async function listen(app: Hono): Promise<string> {
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
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

describe('the API in Hono', () => {
  it('tells the whole story, under another prefix', async () => {
    const doorward = await start()
    const url = await listen(createShop(doorward))
    expect(await tellStory(mounted(url, doorward))).toEqual(told(PATH))
  })

  it('tells it behind middleware that has read the body', async () => {
    const doorward = await start()
    const app = new Hono()
    app.use(async (c, next) => {
      const isForm = c.req.header('content-type')?.includes('form') ?? false
      if (c.req.method === 'POST') await (isForm ? c.req.parseBody() : c.req.json().catch(() => null))
      await next()
    })
    app.route('/', createShop(doorward))
    const url = await listen(app)
    expect(await tellStory(mounted(url, doorward))).toEqual(told(PATH))
  })

  it('refuses two credentials in its own routes as the API does', async () => {
    const doorward = await start()
    const url = await listen(createShop(doorward))
    const { access } = await doorward.signedUpUser({ role: 'buyer' })
    const own = await answersToTwo(url, '/orders', access)
    expect(own.map((answer) => answer.slice(0, 4))).toEqual(own.map(() => '401 '))
    expect(own).toEqual(await answersToTwo(url, `${PATH}/users/me/`, access))
  })
})
