import { describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import { verifyDjango } from './django.ts'

const KIDDIE = 'Kiddie-Ride-4821'
const CYRILLIC = 'пароль-🎠'

/** Made by Django 3.2.25 (scrypt by Python's hashlib with Django 4's parameters). */
const SAMPLES: readonly (readonly [string, string])[] = [
  [KIDDIE, 'pbkdf2_sha256$260000$ppJRVHV9O5TCsNdAXXwkaX$TOmKMtUrNnBSIcbpAqWHsUp0noFUQ6bbU+7NpKejKpw='],
  [KIDDIE, 'pbkdf2_sha1$260000$LRfNkNDBgfZkgu2SWvj4nF$98JYXdsRHOatmmQmaQgBqlIhCww='],
  [KIDDIE, 'argon2$argon2id$v=19$m=102400,t=2,p=8$VjFhOWoyS0NSUUJPNWVXdVFPNnNtcA$z9am12IGb3gWcY/qMz4Upg'],
  [KIDDIE, 'bcrypt_sha256$$2b$12$xn0Q0tFN6JkgNXuxOuj0U.ebg7azFjyvCvjKZSoXqaMv3ni9gicQS'],
  [KIDDIE, 'bcrypt$$2b$12$QhtzrgC7zbNtsS2mJdf6IOC4sOJJA7uWnInfT3lpR/IqTmy8A6jUO'],
  [
    KIDDIE,
    'scrypt$16384$ppJRVHV9O5TCsNdAXXwkaX$8$1$SRh8qkDl0JbXHy2URaX7jtpu5xlV80lbgjmlrxfxiiHzxvNEFSPGCon4uVXKK5TabcYPPdyQcaY5owFhDZz4jA==',
  ],
  [KIDDIE, 'sha1$nAXFkyHlatd2ApDMByd5Qn$c6fcbf81be88e7fd9f07c036dd032a18154f484b'],
  [KIDDIE, 'md5$nhdFisXmXSlxVw4z8b9kOU$f1b77e7eedaf26a4f91394a6bbb71248'],
  [CYRILLIC, 'pbkdf2_sha256$260000$VFXCmdGACBPceOH1EYRrW6$/TmCdFtTjlVnP4e4RSfYhVnHREtnaygf7/wdC1J0Y9I='],
  [CYRILLIC, 'argon2$argon2id$v=19$m=102400,t=2,p=8$bDdyazkydDdRNU53Z1RJd3QzUE01MQ$sSKdbpZmp4A4ZKenUjZKbA'],
  [CYRILLIC, 'bcrypt_sha256$$2b$12$tnQEcJ6ru.bOY7xPLf7YVOYN7UObzvOHq8DLRIOX/c70/xcZqEhim'],
  [
    CYRILLIC,
    'scrypt$16384$VFXCmdGACBPceOH1EYRrW6$8$1$cN5bQPyk1rhYDKTH8ryR6PibZZ6eQ/BKuOsazdzsPp+LOTK6bo4XwM6U4YHI1W//rq/HMhGELTsHZsbb7cUV8g==',
  ],
]

const verify = (password: string, hash: string) => verifyDjango(new Secret(password), hash)

describe("Django's hashes | the password they were made of", () => {
  it.each(SAMPLES)('opens: %s, %s', async (password, hash) => {
    expect(await verify(password, hash)).toBe(true)
  })
})

describe("Django's hashes | another password", () => {
  it.each(SAMPLES)('does not open, nor one in other letters: %s, %s', async (password, hash) => {
    expect(await verify(`${password} `, hash)).toBe(false)
    expect(await verify(password.toUpperCase(), hash)).toBe(false)
  })
})

describe("Django's hashes | longer passwords than bcrypt reads", () => {
  // Made by crypt(3), which cuts where Django's bcrypt cuts: after 72 bytes, even within a character.
  const PLAIN = 'bcrypt$$2b$04$abcdefghijklmnopqrstuuBzzIgyKkz7xMWYSzkIjUSnxEQFQ0WNe'
  const WITHIN = 'bcrypt$$2b$04$abcdefghijklmnopqrstuuoVx8RufeJl2sf6nnK3ltb8OHjZZZsny'

  it('open with anything behind the 72nd byte in the format bcrypt, as in Django', async () => {
    expect(await verify('a'.repeat(72), PLAIN)).toBe(true)
    expect(await verify(`${'a'.repeat(72)}tail`, PLAIN)).toBe(true)
    expect(await verify('a'.repeat(71), PLAIN)).toBe(false)
    expect(await verify(`${'a'.repeat(71)}é`, WITHIN)).toBe(true)
  })

  it('count in full in the format bcrypt_sha256', async () => {
    // bcrypt of sha256('a' × 80) in hexadecimal digits, by crypt(3).
    const hash = 'bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuuPyIqj2wL6Wc7Io3l2fPv18mNiqjX5p.'
    expect(await verify('a'.repeat(80), hash)).toBe(true)
    expect(await verify('a'.repeat(81), hash)).toBe(false)
  })
})

describe("Django's hashes | a damaged or foreign one", () => {
  it.each([
    '',
    '!',
    '$',
    'constructor$x',
    'crypt$$ab',
    'pbkdf2_sha256',
    'pbkdf2_sha256$$$',
    'pbkdf2_sha256$1000$salt$',
    'pbkdf2_sha256$-1$salt$AAAA',
    'pbkdf2_sha256$1e3$salt$AAAA',
    'pbkdf2_sha256$0$salt$AAAA',
    'argon2$argon2id$v=19$m=102400,t=2,p=8$broken',
    'bcrypt$$2b$12$tooshort',
    'bcrypt$$2b$03$QhtzrgC7zbNtsS2mJdf6IOC4sOJJA7uWnInfT3lpR/IqTmy8A6jUO',
    'scrypt$16384$salt$8$1$',
    'scrypt$16383$salt$8$1$AAAA',
    'scrypt$1$salt$8$1$AAAA',
    'scrypt$16384$salt$0$1$AAAA',
    'scrypt$16384$salt$8$0$AAAA',
    'sha1$salt$',
    'md5$salt',
  ])('opens with no password, not even an empty one: %j', async (hash) => {
    expect(await verify('', hash)).toBe(false)
    expect(await verify(KIDDIE, hash)).toBe(false)
  })

  it('does not open when its end is cut off', async () => {
    for (const [password, hash] of SAMPLES) expect(await verify(password, hash.slice(0, -2))).toBe(false)
  })
})

describe("Django's hashes | a row made to hang the server", () => {
  it.each([
    'pbkdf2_sha256$999999999$salt$AAAA',
    'pbkdf2_sha1$5000001$salt$AAAA',
    'pbkdf2_sha256$99999999999999999999$salt$AAAA',
    'argon2$argon2id$v=19$m=4194304,t=1,p=1$YWJjZGVmZ2g$z9am12IGb3gWcY/qMz4Upg',
    'bcrypt$$2b$31$QhtzrgC7zbNtsS2mJdf6IOC4sOJJA7uWnInfT3lpR/IqTmy8A6jUO',
    'bcrypt_sha256$$2b$16$QhtzrgC7zbNtsS2mJdf6IOC4sOJJA7uWnInfT3lpR/IqTmy8A6jUO',
    'scrypt$1048576$salt$8$1$AAAA',
    'scrypt$2$salt$1048576$1$AAAA',
    'scrypt$16384$salt$8$1000$AAAA',
  ])('is refused without any work: %s', async (hash) => {
    const start = process.cpuUsage()
    expect(await verify(KIDDIE, hash)).toBe(false)
    expect(process.cpuUsage(start).user).toBeLessThan(200_000)
  })
})
