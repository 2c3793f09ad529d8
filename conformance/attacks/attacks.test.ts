/** The attacks in their quick form: nothing gets through. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ATTACKS } from './all.ts'
import { type Attack, launch } from './attack.ts'
import { startTarget, type Target } from './target.ts'

const QUICK = 100

describe('attacks', () => {
  it.each(ATTACKS.map((attack) => [attack.name, attack] as const))(
    '%s: nothing gets through',
    async (_, attack) => {
      const target = await startTarget()
      const { tried, through } = await launch(attack, target, QUICK)
      await target.close()
      expect(tried).toBeGreaterThan(1)
      expect(through).toEqual([])
    },
  )
})

describe('attacks | on something that is open', () => {
  let target: Target
  beforeAll(async () => {
    target = await startTarget()
  })
  afterAll(() => target.close())

  it('are seen to get through', async () => {
    const user = await target.doorward.signedUpUser()
    const open: Attack = {
      name: 'a request of the owner',
      run: async ({ send }, notes) => {
        const headers = { ...user.headers }
        const { status } = await send({ method: 'GET', path: 'users/me/', headers })
        notes.tried('the own account was read', status === 200)
      },
    }
    expect((await launch(open, target, 1)).through).toEqual(['the own account was read'])
  })
})
