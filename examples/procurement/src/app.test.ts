/** Step 4 of the story: the sales of a shop, called with the access token of somebody who signed in elsewhere. */

import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import { createVerifier } from '@doorward/server/verifier'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProcurement } from './app.ts'
import { openSales } from './sales.ts'

const SECRET = 'only for tests: everybody may know this secret'
const SALE = { item: 'Carousel horse', quantity: 2, price: '1500000.5', note: ' with saddle ' }

let doorward: TestDoorward
let app: ReturnType<typeof createProcurement>
let buyer: SignedInUser
let other: SignedInUser
const sales = openSales(':memory:')

const call = async (user: SignedInUser | null, method: string, path: string, body?: unknown) => {
  const headers = { ...user?.headers, ...(body !== undefined && { 'content-type': 'application/json' }) }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await app.request(path, { method, headers, ...(body !== undefined && { body: text }) })
  return { status: answer.status, body: await answer.json(), headers: answer.headers }
}

beforeAll(async () => {
  doorward = await createTestDoorward({ preset: 'djoser', config: { tokens: { roleClaim: true } } })
  buyer = await doorward.signedUpUser({ role: 'buyer' })
  other = await doorward.signedUpUser({ role: 'guest' })
  const verifier = createVerifier({ secret: SECRET, clock: doorward.clock })
  app = createProcurement({ sales, verifier, creators: ['buyer'], origins: [] })
})

afterAll(async () => {
  sales.close()
  await doorward.close()
})

describe('the sales of a shop | with a token', () => {
  it('a buyer adds a sale and reads it in the list and by itself', async () => {
    const added = await call(buyer, 'POST', '/api/sales/', SALE)
    expect(added.status).toBe(201)
    expect(added.body).toMatchObject({
      item: 'Carousel horse',
      quantity: 2,
      price: '1500000.50',
      note: 'with saddle',
    })
    expect((await call(buyer, 'GET', '/api/sales/')).body).toEqual([added.body])
    expect((await call(buyer, 'GET', `/api/sales/${(added.body as { id: number }).id}/`)).body).toEqual(
      added.body,
    )
  })

  it('everybody sees the own sales only', async () => {
    expect((await call(other, 'GET', '/api/sales/')).body).toEqual([])
    expect((await call(other, 'GET', '/api/sales/1/')).status).toBe(404)
  })

  it('the role decides who may add one', async () => {
    expect((await call(other, 'POST', '/api/sales/', SALE)).status).toBe(403)
  })

  it('what is wrong is told by field', async () => {
    const wrong = await call(buyer, 'POST', '/api/sales/', { item: ' ', quantity: 0, price: '1.234' })
    expect([wrong.status, wrong.body]).toEqual([
      400,
      {
        item: ['This field may not be blank.'],
        quantity: ['Ensure this value is greater than or equal to 1.'],
        price: ['Ensure that there are no more than 2 decimal places.'],
      },
    ])
    const empty = await call(buyer, 'POST', '/api/sales/', {})
    expect(Object.keys(empty.body as object).sort()).toEqual(['item', 'price', 'quantity'])
    expect((await call(buyer, 'POST', '/api/sales/', '{')).status).toBe(400)
    expect((await call(buyer, 'POST', '/api/sales/', [])).status).toBe(400)
  })
})

describe('the sales of a shop | without a token', () => {
  it('nobody gets in, and the answer says which scheme is expected', async () => {
    const refused = await call(null, 'GET', '/api/sales/')
    expect([refused.status, refused.body]).toEqual([
      401,
      { detail: 'Authentication credentials were not provided.' },
    ])
    expect(refused.headers.get('www-authenticate')).toBe('JWT realm="api"')
  })

  it('a refresh token does not open the door', async () => {
    const headers = { authorization: `JWT ${buyer.refresh}` }
    expect((await app.request('/api/sales/', { headers })).status).toBe(401)
  })
})
