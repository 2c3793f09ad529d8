/** How many sessions a person may have, and what happens beyond. On both databases. */
import { afterAll, describe, expect, it } from 'vitest'
import { createTestDoorward, type SignedInUser, type TestDoorward } from '../testing/create-test-doorward.ts'
import { testDatabases } from '../testing/databases.ts'

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
