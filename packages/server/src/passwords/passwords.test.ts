import { AsyncLocalStorage, createHook } from 'node:async_hooks'
import { setInterval as ticks } from 'node:timers/promises'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import { createPasswords } from './passwords.ts'

const CHEAP = { memoryCost: 64, timeCost: 1, parallelism: 1, queueLength: 100 }
const DJANGO = 'pbkdf2_sha256$260000$ppJRVHV9O5TCsNdAXXwkaX$TOmKMtUrNnBSIcbpAqWHsUp0noFUQ6bbU+7NpKejKpw='
const pw = (text: string) => new Secret(text)

/** How many pieces of native work (a hash each) are handed to other threads while something runs. */
async function nativeJobs(doing: () => Promise<unknown>): Promise<number> {
  let count = 0
  const within = new AsyncLocalStorage<true>()
  const init = (_: number, type: string): void => {
    if (within.getStore() && type !== 'PROMISE') count += 1
  }
  const hook = createHook({ init }).enable()
  try {
    await within.run(true, doing)
  } finally {
    hook.disable()
  }
  return count
}

describe('passwords | a stored hash', () => {
  const passwords = createPasswords(CHEAP)

  it('of ours opens with its password alone, and is not made anew', async () => {
    const hash = await passwords.hash(pw('пароль-🎠'))
    expect(await passwords.verify(pw('пароль-🎠'), hash)).toEqual({ ok: true, rehash: false })
    expect(await passwords.verify(pw('пароль-🎡'), hash)).toEqual({ ok: false, rehash: false })
  })

  it("of Django's opens, and is made anew", async () => {
    expect(await passwords.verify(pw('Kiddie-Ride-4821'), DJANGO)).toEqual({ ok: true, rehash: true })
    expect(await passwords.verify(pw('kiddie-ride-4821'), DJANGO)).toEqual({ ok: false, rehash: false })
  })

  it('of ours with other parameters opens, and is made anew', async () => {
    const stronger = createPasswords({ ...CHEAP, timeCost: 2 })
    const hash = await passwords.hash(pw('pw'))
    expect(await stronger.verify(pw('pw'), hash)).toEqual({ ok: true, rehash: true })
    expect(await stronger.verify(pw('no'), hash)).toEqual({ ok: false, rehash: false })
  })

  it('that is damaged opens with nothing', async () => {
    for (const hash of ['', 'x', '$argon2id$', '$', 'pbkdf2_sha256$1$$']) {
      expect(await passwords.verify(pw(''), hash)).toEqual({ ok: false, rehash: false })
    }
  })
})

describe('passwords | an account without a usable password', () => {
  const passwords = createPasswords(CHEAP)

  it('is marked as Django marks it, differently each time', () => {
    expect(passwords.unusable()).toMatch(/^![A-Za-z0-9]{40}$/)
    expect(passwords.unusable()).not.toBe(passwords.unusable())
  })

  it('cannot be opened, not even with the mark itself', async () => {
    const mark = passwords.unusable()
    for (const text of [mark, mark.slice(1), '', '!']) {
      expect(await passwords.verify(pw(text), mark)).toEqual({ ok: false, rehash: false })
    }
  })
})

describe('passwords | security', () => {
  it('an unknown account costs the same work as a known one: one argon2id verification', async () => {
    const passwords = createPasswords(CHEAP)
    const hash = await passwords.hash(pw('right'))
    const verify = (stored: string | null) => nativeJobs(() => passwords.verify(pw('wrong'), stored))
    expect(await verify(hash)).toBe(1)
    expect(await verify(null)).toBe(1)
  })

  it.each([
    ['an unusable password', `!${'x'.repeat(40)}`],
    ['an empty hash', ''],
    ['a damaged hash', '$argon2id$v=19$m=64,t=1,p=1$broken'],
    ['a hash that costs too much', 'pbkdf2_sha256$999999999$salt$AAAA'],
    ['an old, fast hash', 'md5$nhdFisXmXSlxVw4z8b9kOU$f1b77e7eedaf26a4f91394a6bbb71248'],
  ])('so does an account with %s', async (_, stored) => {
    const passwords = createPasswords(CHEAP)
    expect(await nativeJobs(() => passwords.verify(pw('wrong'), stored))).toBe(1)
  })

  it.each([
    ["Django's", DJANGO, 2],
    ['our own of today', null, 1],
  ])(
    'an unknown account whose stand-in is %s costs what an account with such a hash costs',
    async (_, standIn, jobs) => {
      const passwords = createPasswords({ ...CHEAP, standIn: () => standIn })
      const ours = await passwords.hash(pw('right'))
      const work = (hash: string | null) =>
        nativeJobs(() => passwords.verify(pw('wrong'), hash, 'a@example.com'))
      expect(await work(standIn ?? ours)).toBe(jobs)
      expect(await work(null)).toBe(jobs)
      expect(await work('!unusable')).toBe(jobs)
    },
  )

  it('an unknown account waits in the same queue as a known one, and is refused like it', async () => {
    const passwords = createPasswords({ ...CHEAP, memoryCost: 65_536, queueLength: 1, concurrency: 1 })
    const known = passwords.hash(pw('known'))
    const unknown = passwords.verify(pw('unknown'), null)
    expect(passwords.stats()).toEqual({ running: 1, waiting: 1, refused: 0 })
    await expect(passwords.verify(pw('unknown'), null)).rejects.toMatchObject({ code: 'overloaded' })
    await expect(passwords.verify(pw('unusable'), '!x')).rejects.toMatchObject({ code: 'overloaded' })
    await expect(passwords.hash(pw('new'))).rejects.toMatchObject({ code: 'overloaded' })
    await Promise.all([known, unknown])
    expect(passwords.stats()).toEqual({ running: 0, waiting: 0, refused: 3 })
  })

  it('other work goes on while passwords are hashed', async () => {
    const passwords = createPasswords({ ...CHEAP, memoryCost: 65_536, timeCost: 3, concurrency: 2 })
    let hashing = true
    const all = Promise.all([
      ...Array.from({ length: 6 }, () => passwords.hash(pw('busy'))),
      passwords.verify(pw('busy'), DJANGO),
    ]).finally(() => {
      hashing = false
    })
    let turns = 0
    for await (const _ of ticks(2)) {
      if (!hashing) break
      turns += 1
    }
    await all
    expect(turns).toBeGreaterThan(20)
  })

  it('no password shows in an error or in a printed service', async () => {
    const passwords = createPasswords({ ...CHEAP, queueLength: 1, concurrency: 1 })
    const all = [passwords.hash(pw('hunter2-hunter2')), passwords.hash(pw('hunter2-hunter2'))]
    const error = await passwords.hash(pw('hunter2-hunter2')).catch((thrown: unknown) => thrown)
    expect(inspect([error, passwords], { depth: 9, showHidden: true })).not.toContain('hunter2')
    await Promise.all(all)
  })
})
