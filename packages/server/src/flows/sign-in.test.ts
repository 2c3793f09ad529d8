/** How many sessions a person may have, and what a refused sign-in costs. */
import { afterAll, describe, expect, it } from 'vitest'
import { createTestDoorward, type SignedInUser, type TestDoorward } from '../testing/create-test-doorward.ts'
import { sampleUser, testDatabases } from '../testing/databases.ts'

const me = async (doorward: TestDoorward, { headers }: SignedInUser): Promise<number> =>
  (await doorward.fetch(new Request('http://127.0.0.1:8000/auth/users/me/', { headers }))).status

for (const database of testDatabases()) {
  describe(`sign-in | more than the most sessions | ${database.name}`, () => {
    afterAll(() => database.close())
    const start = async (beyondMax: 'end_oldest' | 'refuse') =>
      createTestDoorward({
        database: await database.url(),
        config: { sessions: { maxPerUser: 2, beyondMax } },
      })

    it('ends the session that was unused for longest, at once', async () => {
      const doorward = await start('end_oldest')
      const oldest = await doorward.signedUpUser()
      doorward.clock.advance(1)
      const second = await doorward.signIn(oldest)
      doorward.clock.advance(1)
      const third = await doorward.signIn(oldest)
      expect(await me(doorward, oldest)).toBe(401)
      expect([await me(doorward, second), await me(doorward, third)]).toEqual([200, 200])
      await doorward.close()
    })

    it('is refused where the settings say so, and nothing changes', async () => {
      const doorward = await start('refuse')
      const first = await doorward.signedUpUser({ email: 'refused@example.com' })
      const second = await doorward.signIn(first)
      const before = await doorward.deps.store.users.byEmail(first.email)
      doorward.clock.advance(60)
      await expect(doorward.signIn(first)).rejects.toThrow('You are signed in on 2 devices already.')
      expect(await doorward.deps.store.users.byEmail(first.email)).toEqual(before)
      expect([await me(doorward, first), await me(doorward, second)]).toEqual([200, 200])
      await doorward.close()
    })
  })
}

const DJANGO = 'pbkdf2_sha256$1000$abcdefgh$6pNbvNAQMiZ1jvLrN1S91TP/OfvqFfd1rUqL8g4q8T8='

describe('sign-in | with a password whose hash came from elsewhere', () => {
  it.each([true, false])('hashes it anew, whether or not the account is active (%s)', async (isActive) => {
    const doorward = await createTestDoorward()
    const { passwords, store } = doorward.deps
    const { hash } = passwords
    let hashed = 0
    Object.assign(passwords, {
      hash: (...given: Parameters<typeof hash>) => {
        hashed += 1
        return hash(...given)
      },
    })
    const email = 'imported@example.com'
    await store.users.insert(sampleUser(email, { passwordHash: DJANGO, isActive }))
    const body = JSON.stringify({ email, password: 'Kiddie-Ride-4821' })
    const headers = { 'content-type': 'application/json' }
    const request = new Request('http://127.0.0.1:8000/auth/jwt/create/', { method: 'POST', headers, body })
    expect((await doorward.fetch(request)).status).toBe(isActive ? 200 : 401)
    expect(hashed).toBe(1)
    const { passwordHash } = (await store.users.byEmail(email)) ?? {}
    expect(passwordHash?.startsWith('$argon2id$')).toBe(isActive)
    await doorward.close()
  })
})
