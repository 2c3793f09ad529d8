import { afterAll, describe, expect, it } from 'vitest'
import { createHashSurvey } from './hash-survey.ts'
import type { HashKinds } from './passwords/stand-ins.ts'
import { sampleUser, testDatabases } from './testing/databases.ts'

const DJANGO = 'pbkdf2_sha256$1000$ppJRVHV9O5TCsNdAXXwkaX$TOmKMtUrNnBSIcbpAqWHsUp0noFUQ6bbU+7NpKejKpw='

describe.each(testDatabases())('the survey of password hashes | $name', (database) => {
  afterAll(() => database.close())

  it('counts all accounts by kind, more of them than fit on a page', async () => {
    const store = await database.open()
    const user = (n: number) => ({
      ...{ ...sampleUser(`user-${n}@example.com`), id: null, lastLogin: null, invitedAt: null },
      ...{ deactivatedAt: null, deactivationReason: null, passwordHash: n % 5 === 0 ? DJANGO : '!none' },
    })
    const { restoreLimit, restore } = store.users
    for (let n = 0; n < 2500; n += restoreLimit) {
      const page = Array.from({ length: Math.min(restoreLimit, 2500 - n) }, (_, at) => user(n + at))
      await restore(page)
    }
    let seen: HashKinds | undefined
    const standIns = {
      update: (kinds: HashKinds) => {
        seen = kinds
      },
    }
    const survey = createHashSurvey({ users: store.users, standIns, onError: () => {} })
    await survey.run()
    expect([...(seen ?? [])].map(([kind, { count }]) => [kind, count])).toEqual([['pbkdf2_sha256$1000', 500]])
    await survey.stop()
  })
})
