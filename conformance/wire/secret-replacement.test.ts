/** `DOORWARD_SECRET=new,old`, and later `new` alone: nobody is signed out on the way. On both databases. */
import { createDoorward, resolveSettings } from '@doorward/server'
import { createTestDoorward, type TestDoorward } from '@doorward/server/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../packages/server/src/testing/databases.ts'

const OLD = 'the secret of the first year, which is long enough'
const NEW = 'the secret of the second year, which is long enough'

async function post({ fetch }: Pick<TestDoorward, 'fetch'>, path: string, body: object) {
  const request = new Request(`http://127.0.0.1:8000/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = await fetch(request)
  const text = await answer.text()
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, string> }
}

const byToken = async ({ fetch }: TestDoorward, token = ''): Promise<number> => {
  const headers = { authorization: `Token ${token}` }
  return (await fetch(new Request('http://127.0.0.1:8000/auth/users/me/', { headers }))).status
}

for (const database of testDatabases()) {
  describe(`the secret is replaced | ${database.name}`, () => {
    afterAll(() => database.close())
    const start = async (...list: readonly string[]) =>
      createTestDoorward({ database: await database.url(), config: { secrets: { list } } })

    it('sessions, database tokens and links go on, and with the new one alone whatever it has made', async () => {
      const first = await start(OLD)
      const [user, idle, forgetful] = [
        await first.signedUpUser({ email: 'user@example.com' }),
        await first.signedUpUser({ email: 'idle@example.com' }),
        await first.signedUpUser({ email: 'forgetful@example.com' }),
      ]
      const databaseToken = (await post(first, 'token/login/', idle)).body.auth_token
      await post(first, 'users/reset_password/', { email: forgetful.email })
      const link = await first.lastLink(forgetful.email, 'password_reset')
      const rotated = (await post(first, 'jwt/refresh/', { refresh: user.refresh })).body.refresh
      await first.close()

      const both = await start(NEW, OLD)
      const replayed = await post(both, 'jwt/refresh/', { refresh: user.refresh })
      expect(replayed.status).toBe(200)
      const renewed = await post(both, 'jwt/refresh/', { refresh: rotated })
      expect(renewed.status).toBe(200)
      expect(await byToken(both, databaseToken)).toBe(200)
      expect((await post(both, 'token/login/', idle)).body.auth_token).toBe(databaseToken)
      const reset = { ...link, new_password: 'Another-Ride-1177' }
      expect((await post(both, 'users/reset_password_confirm/', reset)).status).toBe(204)
      await both.close()

      const alone = await start(NEW)
      expect((await post(alone, 'jwt/refresh/', { refresh: renewed.body.refresh })).status).toBe(200)
      expect((await post(alone, 'jwt/refresh/', { refresh: idle.refresh })).status).toBe(401)
      expect(await byToken(alone, databaseToken)).toBe(200)
      // it cannot be told again, so there is another one
      const told = await post(alone, 'token/login/', idle)
      expect([told.status, await byToken(alone, told.body.auth_token)]).toEqual([200, 200])
      expect(await byToken(alone, databaseToken)).toBe(401)
      await alone.close()
    })
  })

  describe(`the keys that are stored | ${database.name}`, () => {
    afterAll(() => database.close())

    it('hang on the new secret after one start with both, so that the old one can be dropped', async () => {
      const kids: (string | undefined)[] = []
      for (const list of [[OLD], [NEW, OLD], [NEW]]) {
        const url = await database.url()
        const { settings } = resolveSettings({ config: { database: { url }, secrets: { list } } })
        const doorward = await createDoorward({ settings, deliver: false })
        const answer = await doorward.fetch(new Request('http://127.0.0.1:8000/.well-known/jwks.json'))
        const { keys } = (await answer.json()) as { keys: { kid: string }[] }
        kids.push(keys[0]?.kid)
        await doorward.close()
      }
      expect(new Set(kids).size).toBe(1)
    })
  })
}
