import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { faultsIn, faultsOf } from './faults-of.ts'
import { resolveSettings } from './resolve.ts'

const SECRET = 'correct horse battery staple over and over'
const PRODUCTION = {
  NODE_ENV: 'production',
  DOORWARD_SECRET: SECRET,
  PUBLIC_URL: 'https://accounts.example.org',
  SMTP_URL: 'smtps://mail.example.org',
  MAIL_FROM: 'Example <accounts@example.org>',
  TRUST_PROXY: '1',
}

const pem = (key: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }) =>
  String(key.export({ type: 'pkcs8', format: 'pem' }))

describe('rules | roles', () => {
  it('roles at registration are among the roles, and none of them is reserved', () => {
    expect(faultsIn({ users: { roles: ['buyer'], rolesAtRegistration: ['seller'] } })).toEqual([
      'users.rolesAtRegistration has a role that is not in `users.roles`',
    ])
    expect(faultsIn({ users: { rolesAtRegistration: ['Admin'] } })).toEqual([
      'users.rolesAtRegistration has a role that `users.reservedRoles` keeps for staff to give',
    ])
    expect(faultsIn({ users: { roles: ['buyer', 'admin'], rolesAtRegistration: ['buyer'] } })).toEqual([])
    expect(faultsIn({ users: { roles: ['x'.repeat(31)] } })).toHaveLength(1)
  })
})

describe('rules | breached passwords', () => {
  it('are asked for by https, except on this machine', () => {
    const faults = (breachedHost: string) => faultsIn({ passwords: { breachedHost } })
    expect(faults('http://passwords.example.org')).toEqual([
      'passwords.breachedHost is not https, so anybody on the way could say which passwords are known',
    ])
    expect(faults('passwords.example.org')).toHaveLength(1)
    expect(faults('https://passwords.example.org')).toEqual([])
    expect(faults('http://127.0.0.1:8080')).toEqual([])
  })
})

describe('rules | signing keys', () => {
  const keys = {
    EdDSA: pem(generateKeyPairSync('ed25519').privateKey),
    ES256: pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
    ES384: pem(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey),
    RS256: pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
    HS256: SECRET,
  }
  const accepted = (algorithm: string, signingKey: string) =>
    faultsIn({ tokens: { algorithm, signingKey } }).length === 0

  it('each algorithm takes its own kind of key and no other', () => {
    for (const algorithm of Object.keys(keys))
      for (const [kind, key] of Object.entries(keys))
        expect(accepted(algorithm, key), `${kind} key for ${algorithm}`).toBe(algorithm === kind)
    expect(accepted('PS256', keys.RS256)).toBe(true)
  })

  it('security: an RSA key of 1024 bits is refused', () => {
    expect(accepted('RS256', pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey))).toBe(false)
  })

  it('security: the text of a public key never signs', () => {
    const { publicKey } = generateKeyPairSync('ed25519')
    const text = String(publicKey.export({ type: 'spki', format: 'pem' }))
    expect(accepted('HS256', text)).toBe(false)
    expect(accepted('EdDSA', text)).toBe(false)
  })

  it('a key for the default algorithm must fit it, also when the preset chose the algorithm', () => {
    expect(faultsOf({ env: { TOKEN_SIGNING_KEY: keys.EdDSA } })).toEqual([])
    expect(faultsOf({ env: { TOKEN_SIGNING_KEY: keys.EdDSA, DOORWARD_PRESET: 'djoser' } })).toHaveLength(1)
  })
})

describe('rules | passwords', () => {
  it('some length must be possible, and argon2 must get its memory', () => {
    expect(faultsIn({ passwords: { minLength: 100, maxLength: 64 } })).toHaveLength(1)
    expect(faultsIn({ passwords: { memoryCost: 8, parallelism: 2 } })).toHaveLength(1)
  })

  it('cheaper hashing than OWASP asks for is a warning', () => {
    const warnings = (passwords: object) => resolveSettings({ config: { passwords } }).warnings
    expect(warnings({ memoryCost: 8 })).toEqual([expect.stringContaining('OWASP')])
    expect(warnings({ memoryCost: 7168, timeCost: 5 })).toEqual([])
  })
})

describe('rules | production', () => {
  it('starts without a warning when everything is set', () => {
    expect(resolveSettings({ env: PRODUCTION }).warnings).toEqual([])
  })

  it('security: does not start without secret, public address and mail server, and says so at once', () => {
    expect(faultsOf({ env: { NODE_ENV: 'production' } })).toEqual([
      'secrets.list is required in production',
      'server.publicUrl is required in production',
      'mails.smtpUrl is required in production, where there is no development mailbox',
    ])
  })

  it('security: short secrets are refused, also the second of several', () => {
    expect(faultsOf({ env: { ...PRODUCTION, DOORWARD_SECRET: 'short' } })).toEqual([
      'secrets.list is shorter than 32 characters',
    ])
    expect(faultsOf({ env: { ...PRODUCTION, DOORWARD_SECRET: `${SECRET},short` } })).toHaveLength(1)
    const signing = { TOKEN_ALGORITHM: 'HS256', TOKEN_SIGNING_KEY: 'short' }
    expect(faultsOf({ env: { ...PRODUCTION, ...signing } })).toEqual([
      'tokens.signingKey is shorter than 32 characters',
    ])
  })

  it('a short secret is only a warning in development, and the warning does not repeat it', () => {
    const { settings, warnings } = resolveSettings({ env: { DOORWARD_SECRET: 'hunter2' } })
    expect(settings.secrets.list).toEqual(['hunter2'])
    expect(warnings).toEqual([
      'secrets.list (DOORWARD_SECRET) is shorter than 32 characters. Make one with `openssl rand -hex 32`.',
    ])
  })

  it('security: addresses are https, unless they are those of the machine itself', () => {
    const starts = (address: string) => faultsOf({ env: { ...PRODUCTION, PUBLIC_URL: address } }).length === 0
    expect(starts('http://accounts.example.org')).toBe(false)
    expect(starts('http://localhost.example.org')).toBe(false)
    expect(starts('http://127.0.0.1.example.org')).toBe(false)
    for (const own of ['http://localhost:8000', 'http://127.0.0.1', 'http://[::1]:8000'])
      expect(starts(own)).toBe(true)
    expect(faultsOf({ env: { ...PRODUCTION, FRONTEND_URL: 'http://app.example.org' } })).toHaveLength(1)
  })

  it('an address that is no address is not reported a second time as missing', () => {
    expect(faultsOf({ env: { ...PRODUCTION, PUBLIC_URL: 'example.org', SMTP_URL: 'x' } })).toEqual([
      'server.publicUrl is not an absolute http(s) address',
      'mails.smtpUrl is not the address of a mail server',
    ])
  })

  it('a Redis has the number of a database behind its address, or nothing', () => {
    const starts = (address: string) => faultsOf({ env: { ...PRODUCTION, REDIS_URL: address } }).length === 0
    for (const good of ['redis://host', 'redis://:secret@host:6379/', 'rediss://host/3?family=6'])
      expect(starts(good)).toBe(true)
    for (const bad of ['redis://host/doorward', 'redis://host/1/2', 'redis://', 'http://host', 'redis:host'])
      expect(starts(bad)).toBe(false)
  })

  it('a secret whose file cannot be read is not reported a second time as missing', () => {
    const env = { ...PRODUCTION, DOORWARD_SECRET: '', DOORWARD_SECRET_FILE: '/nowhere/at/all' }
    expect(faultsOf({ env })).toEqual(['DOORWARD_SECRET_FILE names a file that cannot be read (ENOENT)'])
  })

  it('reminds of the proxy and of the sender', () => {
    const { warnings } = resolveSettings({ env: { ...PRODUCTION, TRUST_PROXY: '', MAIL_FROM: '' } })
    expect(warnings).toEqual([
      expect.stringContaining('server.trustProxy (TRUST_PROXY)'),
      expect.stringContaining('mails.from (MAIL_FROM)'),
    ])
  })
})

describe('rules | opting out of the secure default', () => {
  it('is allowed, in production too, and prints a warning each', () => {
    const config = {
      registration: { tellTakenAddress: true },
      api: { permissions: { listUsers: 'anyone' } },
    } as const
    expect(resolveSettings({ config, env: { ...PRODUCTION, DOORWARD_THROTTLE: 'off' } }).warnings).toEqual([
      'server.throttle (DOORWARD_THROTTLE) is weaker than the default: passwords can be guessed at full speed.',
      'api.permissions is weaker than the default: an operation is open to more people than by default.',
      'registration.tellTakenAddress is weaker than the default: strangers can find out who has an account.',
    ])
  })

  it('what the preset opens is one warning that names it all', () => {
    const [warning, ...others] = resolveSettings({ preset: 'djoser' }).warnings
    expect(others).toEqual([])
    expect(warning).toContain('registration.tellTakenAddress')
    expect(warning).toContain('sessions.mode')
    expect(warning).not.toContain('retypePassword')
  })

  it('being stricter, or writing the default down, prints nothing', () => {
    const config = {
      server: { throttle: true },
      api: { permissions: { register: 'staff' } },
      tokens: { accessLifetime: 60 },
    } as const
    expect(resolveSettings({ config }).warnings).toEqual([])
  })
})
