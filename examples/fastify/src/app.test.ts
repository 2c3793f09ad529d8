/** The story through the Fastify app, on a real port. */
import { createTestDoorward } from '@doorward/server/testing'
import { describe, expect, it } from 'vitest'
import { statusesOutside } from '../../../conformance/frameworks/leads-out.ts'
import { tellStory, told } from '../../../conformance/frameworks/story.ts'
import { answersToTwo } from '../../../conformance/frameworks/two-credentials.ts'
import { createShop } from './app.ts'

const PATH = '/api/v1/accounts'

describe('the API in Fastify', () => {
  it('tells the whole story beside the parsers of the app, under another prefix', async () => {
    const doorward = await createTestDoorward({ config: { api: { authPath: PATH } } })
    const app = createShop(doorward)
    app.post('/echo', async (request) => request.body)
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const linkTo = (email: string) => doorward.lastLink(email)
    const chapters = await tellStory({ url, authPath: PATH, protectedPath: '/orders', linkTo })
    expect(chapters).toEqual(told(PATH))

    const headers = { 'content-type': 'application/json' }
    const echo = await fetch(`${url}/echo`, { method: 'POST', headers, body: '{"parsed":true}' })
    expect(await echo.json()).toEqual({ parsed: true })
    await app.close()
    await doorward.close()
  })

  it('answers at no path that leads out of the API', async () => {
    const doorward = await createTestDoorward({ config: { api: { authPath: PATH } } })
    const app = createShop(doorward)
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    expect(new Set(await statusesOutside({ url, authPath: PATH }))).toEqual(new Set([404]))
    await app.close()
    await doorward.close()
  })

  it('refuses two credentials in its own routes as the API does', async () => {
    const doorward = await createTestDoorward({ config: { api: { authPath: PATH } } })
    const app = createShop(doorward)
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const { access } = await doorward.signedUpUser({ role: 'buyer' })
    const own = await answersToTwo(url, '/orders', access)
    expect(own.map((answer) => answer.slice(0, 4))).toEqual(own.map(() => '401 '))
    expect(own).toEqual(await answersToTwo(url, `${PATH}/users/me/`, access))
    await app.close()
    await doorward.close()
  })

  it('tells it in an app whose own parser reads everything, with hooks that set headers', async () => {
    const doorward = await createTestDoorward({ config: { api: { authPath: PATH } } })
    const app = createShop(doorward)
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.addHook('onSend', async (_request, reply) => {
      reply.header('x-shop', 'open')
    })
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const linkTo = (email: string) => doorward.lastLink(email)
    const chapters = await tellStory({ url, authPath: PATH, protectedPath: '/orders', linkTo })
    expect(chapters).toEqual(told(PATH))
    expect((await fetch(`${url}${PATH}/`)).headers.get('x-shop')).toBe('open')
    await app.close()
    await doorward.close()
  })
})
