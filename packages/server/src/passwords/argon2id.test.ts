import { parseOptions } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import { createArgon2id, verifyArgon2 } from './argon2id.ts'

const cheap = createArgon2id({ memoryCost: 64, timeCost: 1, parallelism: 1 })
const pw = (text: string) => new Secret(text)

describe('argon2id | a new hash', () => {
  it('is a PHC string with the parameters of the settings, a salt of 16 bytes and a hash of 32', async () => {
    const hash = await cheap.hash(pw('Kiddie-Ride-4821'))
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(parseOptions(hash)).toMatchObject({ saltLen: 16, outputLen: 32 })
  })

  it('is another one each time', async () => {
    expect(await cheap.hash(pw('same'))).not.toBe(await cheap.hash(pw('same')))
  })

  it.each([
    ['an empty one', ''],
    ['Cyrillic and an emoji', 'пароль-🎠'],
    ['a NUL in the middle', 'before\0after'],
    ['spaces around it', '  pw  '],
    ['100,000 characters', 'ж'.repeat(100_000)],
  ])('knows its password again: %s', async (_, text) => {
    const hash = await cheap.hash(pw(text))
    expect(await cheap.verify(pw(text), hash)).toBe(true)
    expect(await cheap.verify(pw(`${text}x`), hash)).toBe(false)
  })

  it('sees a difference in the last of very many characters: nothing is truncated', async () => {
    const long = 'a'.repeat(5000)
    expect(await cheap.verify(pw(`${long}b`), await cheap.hash(pw(`${long}a`)))).toBe(false)
  })
})

describe('argon2id | a stored hash', () => {
  it('of other parameters is checked too, and is due for a new one', async () => {
    const stronger = createArgon2id({ memoryCost: 128, timeCost: 2, parallelism: 2 })
    const hash = await cheap.hash(pw('pw'))
    expect(await stronger.verify(pw('pw'), hash)).toBe(true)
    expect(stronger.needsRehash(hash)).toBe(true)
    expect(cheap.needsRehash(hash)).toBe(false)
  })

  it('of argon2i, in the version of today and in the first, is checked (vectors of the reference program)', async () => {
    const today = '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA'
    const first = '$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ'
    for (const hash of [today, first]) {
      expect(await verifyArgon2(pw('password'), hash)).toBe(true)
      expect(await verifyArgon2(pw('Password'), hash)).toBe(false)
    }
  })

  it.each([
    '',
    '$argon2id$',
    '$argon2id$v=19$m=64,t=1,p=1$YWI$z9am12IGb3gWcY/qMz4Upg',
    '$argon2id$v=19$m=64,t=0,p=1$YWJjZGVmZ2g$z9am12IGb3gWcY/qMz4Upg',
    '$argon2id$v=19$m=64,t=1,p=1$YWJjZGVmZ2g',
    '$2b$12$xn0Q0tFN6JkgNXuxOuj0U.ebg7azFjyvCvjKZSoXqaMv3ni9gicQS',
  ])('that is damaged is simply not the right one: %j', async (hash) => {
    expect(await cheap.verify(pw('pw'), hash)).toBe(false)
  })
})

describe('argon2id | a hash made to hang the server', () => {
  const salt = 'YWJjZGVmZ2g$z9am12IGb3gWcY/qMz4Upg'

  it.each([
    ['4 GiB of memory', `$argon2id$v=19$m=4194304,t=1,p=1$${salt}`],
    ['four thousand million passes', `$argon2id$v=19$m=64,t=4294967295,p=1$${salt}`],
    ['two hundred lanes', `$argon2id$v=19$m=2048,t=1,p=200$${salt}`],
  ])('is refused without any work: %s', async (_, hash) => {
    const start = process.cpuUsage()
    expect(await cheap.verify(pw('pw'), hash)).toBe(false)
    expect(process.cpuUsage(start).user).toBeLessThan(200_000)
  })

  it('is not one of the size that the settings themselves ask for', async () => {
    const many = createArgon2id({ memoryCost: 64, timeCost: 40_000, parallelism: 1 })
    const hash = await many.hash(pw('pw'))
    expect(await many.verify(pw('pw'), hash)).toBe(true)
    expect(await cheap.verify(pw('pw'), hash)).toBe(false)
  })
})

describe('argon2id | the dummy hash', () => {
  it('costs what a real one costs: same algorithm, parameters and sizes', async () => {
    expect(parseOptions(cheap.dummy)).toEqual(parseOptions(await cheap.hash(pw('real'))))
    expect(cheap.needsRehash(cheap.dummy)).toBe(false)
  })
})

describe('argon2id | parameters that cannot be', () => {
  it('are a mistake that shows at start, not at the first sign-in', () => {
    expect(() => createArgon2id({ memoryCost: 8, timeCost: 1, parallelism: 16 })).toThrow(TypeError)
  })
})
