import { describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import { createKeyedHash } from '../tokens/keyed-hash.ts'
import { createPasswords } from './passwords.ts'
import { countHash, createStandIns, type HashKind, kindOf } from './stand-ins.ts'

const SALT_AND_HASH = 'c29tZXNhbHRzb21lc2FsdA$z9am12IGb3gWcY/qMz4UpgWcY/qMz4Upgz9am12IGb3g'
const OURS = `$argon2id$v=19$m=64,t=1,p=1$${SALT_AND_HASH}`
const DJANGO = 'pbkdf2_sha256$1000$ppJRVHV9O5TCsNdAXXwkaX$TOmKMtUrNnBSIcbpAqWHsUp0noFUQ6bbU+7NpKejKpw='
const BCRYPT = 'bcrypt$$2b$12$QhtzrgC7zbNtsS2mJdf6IOC4sOJJA7uWnInfT3lpR/IqTmy8A6jUO'
const ADDRESSES = Array.from({ length: 2000 }, (_, n) => `somebody-${n}@example.com`)
const nameOf = createKeyedHash([new Secret('only for tests, only for tests, only')], 'stand-in')

function standInsFor(hashes: readonly string[]) {
  const kinds = new Map<string, HashKind>()
  for (const hash of hashes) countHash(kinds, hash)
  const standIns = createStandIns(nameOf)
  standIns.update(kinds)
  return standIns
}

const repeated = (hash: string, count: number): string[] => Array(count).fill(hash)
const slowOnes = (hashes: readonly string[]) => {
  const { standIn } = standInsFor(hashes)
  return ADDRESSES.filter((address) => standIn(address)?.startsWith('pbkdf2'))
}

describe('the kind of a hash', () => {
  it.each([
    [OURS, '$argon2id$v=19$m=64,t=1,p=1'],
    [DJANGO, 'pbkdf2_sha256$1000'],
    [BCRYPT, 'bcrypt$$2b$12'],
    [`argon2${OURS}`, 'argon2$argon2id$v=19$m=64,t=1,p=1'],
    ['scrypt$16384$ppJRVHV9O5TCsNdAXXwkaX$8$1$SRh8qkDl0JbXHy2URaX7jtpu5xlV80lbgjmlrxfx', 'scrypt$16384$8$1'],
    ['md5$nhdFisXmXSlxVw4z8b9kOU$f1b77e7eedaf26a4f91394a6bbb71248', 'md5'],
    [`!${'x'.repeat(40)}`, null],
    ['', null],
  ])('%s is what its checking costs', (hash, kind) => {
    expect(kindOf(hash)).toBe(kind)
  })
})

describe('an address without an account', () => {
  it('is checked against a hash of ours where there are no others', async () => {
    const { standIn } = standInsFor(repeated(OURS, 3))
    expect(new Set(ADDRESSES.map((address) => kindOf(standIn(address) ?? '')))).toEqual(
      new Set([kindOf(OURS)]),
    )
  })

  it('is as often of a kind as accounts are, and the same each time', () => {
    const mixed = [...repeated(OURS, 700), ...repeated(DJANGO, 300)]
    const slow = slowOnes(mixed)
    expect(slow.length / ADDRESSES.length).toBeCloseTo(0.3, 1)
    expect(slowOnes(mixed)).toEqual(slow)
  })

  it('becomes quick as accounts do, and never slow again', () => {
    const before = new Set(slowOnes([...repeated(OURS, 500), ...repeated(DJANGO, 500)]))
    const after = slowOnes([...repeated(OURS, 900), ...repeated(DJANGO, 100)])
    expect(after.length).toBeGreaterThan(0)
    expect(after.every((address) => before.has(address))).toBe(true)
  })

  it('is checked against no hash that would be refused without any work', () => {
    const { standIn } = standInsFor(['x', 'pbkdf2_sha256$999999999$salt$AAAA', '$argon2id$broken'])
    expect(standIn('somebody@example.com')).toBeNull()
  })

  it('has nothing to stand in for it before accounts were looked at', () => {
    expect(createStandIns(nameOf).standIn('somebody@example.com')).toBeNull()
  })

  it('cannot be opened with the password of the account whose hash is the example', async () => {
    const passwords = createPasswords({ memoryCost: 64, timeCost: 1, parallelism: 1, queueLength: 10 })
    const hash = await passwords.hash(new Secret('Kiddie-Ride-4821'))
    for (const own of [hash, `argon2${hash}`]) {
      const example = standInsFor([own]).standIn('somebody@example.com')
      expect(kindOf(example ?? '')).toBe(kindOf(own))
      expect((await passwords.verify(new Secret('Kiddie-Ride-4821'), example)).ok).toBe(false)
    }
  })
})
