/** The list of revocations while the clock of the machine is wrong. */
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../testing/databases.ts'
import { createRevocationList } from './revocation-list.ts'

const NOW = 1_700_000_000_000
const HOUR = 3_600_000

describe.each(testDatabases())('the list of revocations | $name', (database) => {
  afterAll(() => database.close())

  it('security: a session that was ended stays ended when the clock jumps ahead and back', async () => {
    const { revocations: store } = await database.open()
    let now = NOW
    const list = createRevocationList({ store, clock: { now: () => now } })
    await store.add({ sessionId: 'ended', expiresAt: NOW + 300_000 })
    await list.catchUp()
    now = NOW + HOUR
    await list.catchUp()
    expect(list.size).toBe(0)
    now = NOW + 2000
    await list.catchUp()
    expect(list.isRevoked({ sid: 'ended' })).toBe(true)
  })
})
