import { afterAll, describe, expect, it } from 'vitest'
import { createHashSurvey } from './hash-survey.ts'
import type { HashKinds } from './passwords/stand-ins.ts'
import { sampleUser, testDatabases } from './testing/databases.ts'

const DJANGO = 'pbkdf2_sha256$1000$ppJRVHV9O5TCsNdAXXwkaX$TOmKMtUrNnBSIcbpAqWHsUp0noFUQ6bbU+7NpKejKpw='

const OURS = `$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$${'A'.repeat(43)}`
const EXAMPLE = OURS.replace('AAAA', 'BBBB')
const HASHES = [DJANGO, OURS, OURS, '!none', OURS.replace('t=1', 't=11')]

describe.each(testDatabases())('the survey of password hashes | $name', (database) => {
  afterAll(() => database.close())

  it('counts all accounts by kind, more of them than fit on a page', async () => {
    const store = await database.open()
    const user = (n: number) => ({
      ...{ ...sampleUser(`user-${n}@example.com`), id: null, lastLogin: null, invitedAt: null },
      ...{ deactivatedAt: null, deactivationReason: null, passwordHash: HASHES[n % HASHES.length] ?? '' },
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
    const survey = createHashSurvey({ users: store.users, standIns, example: EXAMPLE, onError: () => {} })
    await survey.run()
    expect([...(seen ?? [])].map(([kind, { count }]) => [kind, count])).toEqual([
      ['$argon2id$v=19$m=64,t=1,p=1', 1000],
      ['pbkdf2_sha256$1000', 500],
      ['$argon2id$v=19$m=64,t=11,p=1', 500],
    ])
    await survey.stop()
  })
})
