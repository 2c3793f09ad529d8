/** Whatever is sent, to whatever route: the server answers, and never with a fault of its own. */
import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Route } from './routes.ts'
import { routesOf } from './routes.ts'

const faults: unknown[] = []
process.on('unhandledRejection', (reason) => faults.push(reason))

for (const preset of [undefined, 'djoser'] as const) {
  describe(`random input | ${preset ?? 'secure default'}`, () => {
    let doorward: TestDoorward
    let user: SignedInUser
    let routes: readonly Route[]

    beforeAll(async () => {
      doorward = await createTestDoorward({
        preset,
        config: { sessions: { recentSignIn: 0 } },
        onError: (error) => faults.push(error),
      })
      user = await doorward.signedUpUser()
      routes = routesOf(doorward).filter(({ id }) => id !== 'revocations')
    })

    afterAll(() => doorward.close())

    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom('a@example.com', 'MQ', '', 0, 1e308, true, null, 'x'.repeat(300)),
    )

    const bodyOf = (route: Route) =>
      fc.oneof(
        fc
          .record(Object.fromEntries(route.fields.map((field) => [field, value])), { requiredKeys: [] })
          .map((body) => ({
            type: 'application/json',
            body: JSON.stringify(body) as string | Uint8Array<ArrayBuffer>,
          })),
        fc
          .record({
            type: fc.constantFrom(
              'application/json',
              'application/x-www-form-urlencoded',
              'multipart/form-data; boundary=x',
              'text/plain',
              '',
            ),
            bytes: fc.uint8Array({ maxLength: 200 }),
          })
          .map(({ type, bytes }) => ({
            type,
            body: new Uint8Array(bytes) as string | Uint8Array<ArrayBuffer>,
          })),
      )

    const input = () =>
      fc.constantFrom(...routes).chain((route) =>
        fc.record({
          route: fc.constant(route),
          sent: bodyOf(route),
          id: fc.oneof(
            fc.constantFrom('1', '2', 'me', '٣', '-1', '9'.repeat(30)),
            fc.string({ maxLength: 12 }),
          ),
          authorization: fc.constantFrom('', 'user', 'JWT x', 'Token x', 'Bearer a b'),
        }),
      )

    it('never gets a 5xx, an unhandled rejection or an answer that is no JSON', async () => {
      await fc.assert(
        fc.asyncProperty(input(), async ({ route, sent, id, authorization }) => {
          const path = route.path.replace('{id}', encodeURIComponent(id) || 'x')
          const headers = new Headers({ 'content-type': sent.type })
          if (authorization === 'user') headers.set('authorization', user.headers.authorization)
          else if (authorization) headers.set('authorization', authorization)
          const { method } = route
          const request = new Request(`http://127.0.0.1:8000${path}`, {
            method,
            headers,
            ...(method !== 'GET' && { body: sent.body }),
          })
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
