/** Whatever is sent, to whatever route: the server answers, and never with a fault of its own. */
import { createTestDoorward, type TestDoorward } from '@doorward/server/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Callers, randomRequests, toRequest } from './random-input.ts'
import type { Route } from './routes.ts'
import { routesOf } from './routes.ts'

const faults: unknown[] = []
process.on('unhandledRejection', (reason) => faults.push(reason))

for (const preset of [undefined, 'djoser'] as const) {
  describe(`random input | ${preset ?? 'secure default'}`, () => {
    let doorward: TestDoorward
    let callers: Callers
    let routes: readonly Route[]

    beforeAll(async () => {
      doorward = await createTestDoorward({
        preset,
        config: { sessions: { recentSignIn: 0 } },
        onError: (error) => faults.push(error),
      })
      const [user, staff] = [await doorward.signedUpUser(), await doorward.administrator()]
      callers = { user: user.headers.authorization, staff: staff.headers.authorization }
      routes = routesOf(doorward).filter(({ id }) => id !== 'revocations')
    })

    afterAll(() => doorward.close())

    it('never gets a 5xx, an unhandled rejection or an answer that is no JSON', async () => {
      await fc.assert(
        fc.asyncProperty(randomRequests(routes), async (random) => {
          const request = toRequest('http://127.0.0.1:8000', random, callers)
          const answer = await doorward.fetch(request)
          const text = await answer.text()
          expect(answer.status, text).toBeLessThan(500)
          const type = answer.headers.get('content-type')
          if (text !== '' && type === 'application/json') JSON.parse(text)
        }),
        { numRuns: 1500 },
      )
      expect(faults).toEqual([])
    })
  })
}
