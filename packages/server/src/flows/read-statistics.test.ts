/** Counts by day: what is counted, on which day, and that whole days are counted once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDoorward, type TestDoorward } from '../testing/create-test-doorward.ts'
import { testDatabases } from '../testing/databases.ts'
import { MEASURES, readStatistics } from './read-statistics.ts'

const HOUR = 3600

describe.each(testDatabases())('statistics | $name', (database) => {
  let doorward: TestDoorward
  beforeAll(async () => {
    doorward = await createTestDoorward({ database: await database.url() })
  })
  afterAll(async () => {
    await doorward.close()
    await database.close()
  })

  const read = (days: number) => readStatistics(doorward.deps, { days })
  const wrongSignIn = (email: string) =>
    doorward.fetch(
      new Request('http://127.0.0.1:8000/auth/jwt/create/', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: 'not-the-password' }),
      }),
    )

  it('begin with zeros, one for each day and measure', async () => {
    const { counts, accounts, moreAccounts } = await read(3)
    expect(Object.keys(counts).sort()).toEqual([...MEASURES].sort())
    for (const days of Object.values(counts)) expect(days).toEqual([0, 0, 0])
    expect({ accounts, moreAccounts }).toEqual({ accounts: 0, moreAccounts: false })
  })

  it('count what happened on its day: sign-ups, sign-ins by result, mails', async () => {
    const { email } = await doorward.signedUpUser()
    await wrongSignIn(email)
    await wrongSignIn('nobody@example.com')
    doorward.clock.advance(24 * HOUR)
    await doorward.register()
    const { counts, accounts } = await read(2)
    expect(counts).toMatchObject({
      sign_ups: [1, 1],
      activations: [1, 0],
      sign_ins: [1, 0],
      failed_sign_ins: [2, 0],
      mails_waiting: [2, 1],
      mails_sent: [0, 0],
    })
    expect(accounts).toBe(2)
  })

  it('keep whole days once they are over for an hour, mails once none can change any more', async () => {
    doorward.clock.advance(13 * HOUR)
    await read(3)
    const day = Math.floor(doorward.clock.now() / 86_400_000)
    const kept = async () =>
      (await doorward.deps.store.statistics.kept({ from: day - 5, until: day + 5 })).filter(
        ({ measure }) => measure === 'sign_ups' || measure === 'mails_waiting',
      )
    const signUps = (await kept()).filter(({ measure }) => measure === 'sign_ups')
    const counts = new Map(signUps.map((one) => [one.day - day, one.count]))
    expect([counts.get(-3), counts.get(-2), counts.get(-1), counts.get(0)]).toEqual([0, 1, 1, undefined])
    expect((await kept()).some(({ measure }) => measure === 'mails_waiting')).toBe(false)
    doorward.clock.advance(4 * 24 * HOUR)
    await read(7)
    expect((await kept()).some(({ measure }) => measure === 'mails_waiting')).toBe(true)
  })

  it('say the same from what was kept as from what was counted', async () => {
    const first = await read(9)
    expect(await read(9)).toEqual(first)
    const { counts } = await read(366)
    expect(counts.sign_ups).toHaveLength(366)
    expect(counts.sign_ups.reduce((sum, n) => sum + n, 0)).toBe(2)
  })

  it('stay what they were when two instances keep the same day at once', async () => {
    doorward.clock.advance(2 * 24 * HOUR)
    const all = await Promise.all(Array.from({ length: 8 }, () => read(12)))
    for (const one of all) expect(one).toEqual(all[0])
  })
})
