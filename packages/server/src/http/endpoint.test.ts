import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fail } from '../domain/errors.ts'
import type { TestDoorward } from '../testing/create-test-doorward.ts'
import { createTestDoorward } from '../testing/create-test-doorward.ts'
import type { Operation } from './endpoint.ts'
import { createHandler, ok } from './endpoint.ts'
import { webExchange } from './web-exchange.ts'

let doorward: TestDoorward
beforeAll(async () => {
  doorward = await createTestDoorward()
})
afterAll(() => doorward.close())

/** What a resource with this one operation answers, and what the operator hears of it. */
async function answerOf(handle: Operation['handle'], accept = '*/*') {
  const faults: unknown[] = []
  const deps = { ...doorward.deps, onError: (error: unknown) => faults.push(error) }
  const operation = { id: 'test', permission: 'anyone', handle } as unknown as Operation
  const resource = {
    path: 'test/',
    heedsCredentials: true,
    otherMethods: 'anyone',
    operations: { GET: operation },
  }
  const handler = createHandler(resource as never, deps as never)
  const request = new Request('https://example.com/test/', { headers: { accept, 'x-request-id': 'one' } })
  const reply = await handler(webExchange(request, {}), {})
  return { ...reply, faults }
}

const fault = new RangeError('nobody foresaw this')
const throws = (error: unknown) => () => {
  throw error
}

describe('a resource | answers the same, now or later', () => {
  it.each([
    ['what went well', () => ok({ a: 1 }), async () => ok({ a: 1 }), 200],
    ['what was refused', throws(fail('not_found')), async () => throws(fail('not_found'))(), 404],
    ['what nobody foresaw', throws(fault), async () => throws(fault)(), 500],
  ])('%s', async (_, now, later, status) => {
    const answer = await answerOf(now)
    expect(answer).toEqual(await answerOf(later))
    expect(answer.status).toBe(status)
    expect(answer.faults).toEqual(status === 500 ? [fault] : [])
    expect(answer.headers.slice(-2)).toEqual(['x-request-id', 'one'])
  })

  it('and asks an operation only when its answer can be understood', async () => {
    const { status, faults } = await answerOf(throws(fault), 'image/png')
    expect({ status, faults }).toEqual({ status: 406, faults: [] })
  })
})
