/** `GET /auth/` says where things are, and to staff alone that there is something for staff. */
import { createTestDoorward } from '@doorward/server/testing'
import { afterAll, describe, expect, it } from 'vitest'

const USERS = 'http://127.0.0.1:8000/auth/users/'

describe('where things are', async () => {
  const doorward = await createTestDoorward()
  const plain = await createTestDoorward({ preset: 'djoser' })
  afterAll(async () => {
    await doorward.close()
    await plain.close()
  })
  const root = async (headers: HeadersInit = {}, of = doorward) =>
    (await of.fetch(new Request('http://127.0.0.1:8000/auth/', { headers }))).json()

  it('tells staff where the staff API is, and nobody else that there is one', async () => {
    const { headers } = await doorward.administrator()
    expect(await root(headers)).toEqual({ users: USERS, admin: 'http://127.0.0.1:8000/auth/admin/users/' })
    expect(await root((await doorward.signedUpUser()).headers)).toEqual({ users: USERS })
    expect(await root()).toEqual({ users: USERS })
  })

  it('tells nobody where there is none, as with the preset of Djoser', async () => {
    expect(await root((await plain.administrator()).headers, plain)).toEqual({ users: USERS })
  })
})
