/** Addresses that nobody would write on purpose: answered on both databases alike, and never by a fault of ours. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDoorward, type TestDoorward } from '../testing/create-test-doorward.ts'
import { testDatabases } from '../testing/databases.ts'

const ORIGIN = 'http://127.0.0.1:8000'

describe.each(testDatabases())('an address with odd values in it | $name', (database) => {
  let doorward: TestDoorward
  let staff: { readonly authorization: string }
  beforeAll(async () => {
    const config = { users: { fields: { stores: { type: 'integer' } } } } as const
    doorward = await createTestDoorward({ database: await database.url(), config })
    staff = (await doorward.administrator()).headers
  })
  afterAll(async () => {
    await doorward.close()
    await database.close()
  })

  const answerTo = async (path: string, init: RequestInit = {}) => {
    const { status } = await doorward.fetch(new Request(`${ORIGIN}${path}`, { headers: staff, ...init }))
    return status
  }

  it.each(['activity/?after', 'admin/audit/?user', 'admin/audit/?actor', 'admin/audit/?after'])(
    '%s takes no number that is larger than any id',
    async (query) => {
      expect(await answerTo(`/auth/${query}=99999999999999999999`)).toBe(400)
      expect(await answerTo(`/auth/${query}=${Number.MAX_SAFE_INTEGER}`)).toBe(200)
    },
  )

  it('a null character is in no id, in no cursor and in no address', async () => {
    const cursor = Buffer.from(JSON.stringify(['email', '\0'])).toString('base64url')
    expect(await answerTo('/auth/sessions/%00/', { method: 'DELETE' })).toBe(404)
    expect(await answerTo('/auth/admin/users/1/sessions/a%00/', { method: 'DELETE' })).toBe(404)
    for (const id of ['%00', '1%00', 'a%00']) expect(await answerTo(`/auth/users/${id}/`), id).toBe(404)
    expect(await answerTo('/mailbox/messages?to=a%00')).toBe(200)
    expect(await answerTo(`/auth/admin/users/?sort=email&after=${cursor}`)).toBe(400)
  })

  it('a name that every object has is not the name of a file', async () => {
    for (const name of ['__proto__', 'constructor', 'toString'])
      for (const folder of ['docs', 'portal', 'mailbox/messages'])
        expect(await answerTo(`/${folder}/${name}`), `${folder}/${name}`).toBe(404)
  })

  it('users/?after= begins anew where it is no id', async () => {
    for (const after of ['1.5', '1e30', 'Infinity', '-1', 'x', ''])
      expect(await answerTo(`/auth/users/?after=${after}`), after).toBe(200)
  })

  it('a field of the profile takes no number that would not come back as it was', async () => {
    const change = (stores: string) =>
      answerTo('/auth/users/me/', {
        method: 'PATCH',
        headers: { ...staff, 'content-type': 'application/json' },
        body: `{"stores": ${stores}}`,
      })
    expect(await change('9007199254740991')).toBe(200)
    expect(await change('-9007199254740992')).toBe(400)
    expect(await change('9007199254740993')).toBe(400)
    expect(await change(`1${'0'.repeat(30)}`)).toBe(400)
  })
})
