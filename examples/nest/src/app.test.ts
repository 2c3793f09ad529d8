/** The story through the Nest app, on a real port. */
import { mountDoorward } from '@doorward/server/nest'
import { createTestDoorward } from '@doorward/server/testing'
import type { INestApplication, MiddlewareConsumer } from '@nestjs/common'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { afterEach, describe, expect, it } from 'vitest'
import { statusesOutside } from '../../../conformance/frameworks/leads-out.ts'
import { tellStory, told } from '../../../conformance/frameworks/story.ts'
import { answersToTwo } from '../../../conformance/frameworks/two-credentials.ts'
import { createShop, shopModule } from './app.ts'

const PATH = '/api/v1/accounts'
const closing: (() => Promise<unknown>)[] = []

const start = async () => {
  const doorward = await createTestDoorward({ config: { api: { authPath: PATH } } })
  closing.push(() => doorward.close())
  return doorward
}

async function listen(app: INestApplication): Promise<string> {
  await app.listen(0, '127.0.0.1')
  closing.push(() => app.close())
  return app.getUrl()
}

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

describe('the API in Nest', () => {
  it("tells the whole story before Nest's own body parsers, under another prefix", async () => {
    const doorward = await start()
    const url = await listen(await createShop(doorward))
    const linkTo = (email: string) => doorward.lastLink(email)
    const chapters = await tellStory({ url, authPath: PATH, protectedPath: '/orders', linkTo })
    expect(chapters).toEqual(told(PATH))
  })

  it('answers at no path that leads out of the API', async () => {
    const url = await listen(await createShop(await start()))
    expect(new Set(await statusesOutside({ url, authPath: PATH }))).toEqual(new Set([404]))
  })

  it('refuses two credentials in its own routes as the API does', async () => {
    const doorward = await start()
    const url = await listen(await createShop(doorward))
    const { access } = await doorward.signedUpUser({ role: 'buyer' })
    const own = await answersToTwo(url, '/orders', access)
    expect(own.map((answer) => answer.slice(0, 4))).toEqual(own.map(() => '401 '))
    expect(own).toEqual(await answersToTwo(url, `${PATH}/users/me/`, access))
  })

  it('tells it behind them, as middleware of a module', async () => {
    const doorward = await start()
    class AppModule {
      configure(consumer: MiddlewareConsumer): void {
        consumer.apply(mountDoorward(doorward)).forRoutes('{*path}')
      }
    }
    Module({ imports: [shopModule(doorward)] })(AppModule)
    const url = await listen(await NestFactory.create(AppModule, { logger: false }))
    const linkTo = (email: string) => doorward.lastLink(email)
    const chapters = await tellStory({ url, authPath: PATH, protectedPath: '/orders', linkTo })
    expect(chapters).toEqual(told(PATH))
  })
})
