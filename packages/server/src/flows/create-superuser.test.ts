/** The first administrator, by the one-time link: one person gets through, however many try at once and wherever. */
import { afterAll, describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import { createTestDoorward, type TestDoorward } from '../testing/create-test-doorward.ts'
import { testDatabases } from '../testing/databases.ts'
import { createSuperuser } from './create-superuser.ts'

const ORIGIN = { address: '127.0.0.1', userAgent: 'a browser', requestId: 'r-1' }

const setUp = ({ deps }: TestDoorward, name: string, onlyFirst = true): Promise<string> =>
  createSuperuser(deps, {
    email: `${name}@example.com`,
    profile: { first_name: name, last_name: 'Santoso', role: 'admin' },
    password: new Secret('Kiddie-Ride-4821'),
    origin: ORIGIN,
    onlyFirst,
  }).then(
    () => 'made',
    ({ code }) => code,
  )

for (const database of testDatabases()) {
  describe(`the first administrator | ${database.name}`, () => {
    afterAll(() => database.close())

    it('security: of many at the same moment, on two instances, one becomes administrator', async () => {
      const start = async () => createTestDoorward({ database: await database.url() })
      const [here, there] = [await start(), await start()]
      const tries = Array.from({ length: 8 }, (_, index) =>
        setUp(index % 2 ? here : there, `person-${index}`),
      )
      const outcomes = await Promise.all(tries)
      expect(outcomes.sort()).toEqual(['made', ...Array.from({ length: 7 }, () => 'not_found')])
      const people = await here.deps.store.users.list({ afterId: 0, limit: 100 })
      expect(people.filter(({ isStaff }) => isStaff)).toHaveLength(1)
      // whoever has the command line may make as many as are needed
      expect(await setUp(here, 'another', false)).toBe('made')
      for (const doorward of [here, there]) await doorward.close()
    })
  })
}
