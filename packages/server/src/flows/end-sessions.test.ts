/** What has ended stays so while settings and clocks are not what they were when its tokens were issued. */
import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../testing/databases.ts'

const MINUTE = 60

describe.each(testDatabases())('a session that was ended | $name', (database) => {
  afterAll(() => database.close())

  const start = async (accessLifetime: '1h' | '5m') => {
    // every instance has the key
    const tokens = { algorithm: 'HS256', accessLifetime } as const
    return createTestDoorward({ database: await database.url(), config: { tokens } })
  }
  const ask = async (doorward: TestDoorward, path: string, init: RequestInit) =>
    (await doorward.fetch(new Request(`http://127.0.0.1:8000/auth/${path}`, init))).status
  const me = (doorward: TestDoorward, { headers }: SignedInUser) =>
    ask(doorward, 'users/me/', { headers: { ...headers } })
  const signOut = (doorward: TestDoorward, { refresh }: SignedInUser) =>
    ask(doorward, 'jwt/logout/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh }),
    })
  const advance = async ({ clock, deps }: TestDoorward, seconds: number) => {
    await deps.revocations.catchUp()
    clock.advance(seconds)
    await deps.revocations.catchUp()
  }

  it('security: refuses tokens from before their lifetime was shortened', async () => {
    const before = await start('1h')
    const user = await before.signedUpUser({ email: 'shortened@example.com' })
    const after = await start('5m')
    expect(await me(after, user)).toBe(200)
    expect(await signOut(after, user)).toBe(204)
    await advance(after, 59 * MINUTE)
    expect(await me(after, user)).toBe(401)
    await Promise.all([before.close(), after.close()])
  })

  it('security: by a clock that is behind refuses its tokens when that is right again', async () => {
    const right = await start('5m')
    right.clock.advance(50 * MINUTE)
    const user = await right.signedUpUser({ email: 'behind@example.com' })
    const wrong = await start('5m')
    expect(await signOut(wrong, user)).toBe(204)
    await advance(wrong, 50 * MINUTE)
    expect(await me(wrong, user)).toBe(401)
    await Promise.all([right.close(), wrong.close()])
  })
})
