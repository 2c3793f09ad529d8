import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigurationError } from './configuration-error.ts'
import { resolveSettings, type SettingsInput } from './resolve.ts'
import { ROWS } from './table.ts'

/** What a JavaScript project without types could write. */
const untyped = (config: unknown) => config as NonNullable<SettingsInput['config']>

function refusal(input: SettingsInput): ConfigurationError {
  try {
    resolveSettings(input)
  } catch (error) {
    if (error instanceof ConfigurationError) return error
    throw error
  }
  throw new TypeError('The configuration was accepted.')
}

const faultsOf = (input: SettingsInput) =>
  refusal(input).faults.map(({ key, problem }) => `${key} ${problem}`)
const fixOf = (input: SettingsInput) => refusal(input).faults.map(({ fix }) => fix)
const fileWith = (content: string) => {
  const path = join(mkdtempSync(join(tmpdir(), 'doorward-config-')), 'value')
  writeFileSync(path, content)
  return path
}

describe('settings | where a value comes from', () => {
  it('is the secure default when nothing is written', () => {
    const { settings, warnings } = resolveSettings()
    expect(settings.tokens.accessLifetime).toBe(300)
    expect(settings.tokens.algorithm).toBe('EdDSA')
    // what OWASP asks of argon2id (Password Storage Cheat Sheet)
    expect(settings.passwords).toMatchObject({
      minLength: 8,
      memoryCost: 19_456,
      timeCost: 2,
      parallelism: 1,
    })
    expect(settings.registration.tellTakenAddress).toBe(false)
    expect(warnings).toEqual([])
  })

  it('the preset goes before the default, the configuration before the preset, the environment before all', () => {
    const env = { DOORWARD_PRESET: 'djoser' }
    const config = { tokens: { accessLifetime: '10m' } } as const
    const lifetime = (input: SettingsInput) => resolveSettings(input).settings.tokens.accessLifetime
    expect(lifetime({ env })).toBe(3600)
    expect(lifetime({ env, config })).toBe(600)
    expect(lifetime({ env: { ...env, ACCESS_TOKEN_LIFETIME: '90s' }, config })).toBe(90)
  })

  it('the preset sets exactly its column of the table, and nothing else', () => {
    const plain = resolveSettings({ config: {} }).settings
    const preset = resolveSettings({ config: { preset: 'djoser' } }).settings
    for (const { section, name, spec } of ROWS) {
      const before: unknown = Object.entries(plain[section]).find(([key]) => key === name)?.[1]
      const after: unknown = Object.entries(preset[section]).find(([key]) => key === name)?.[1]
      expect(after, name).toEqual(spec.djoser === undefined ? before : spec.djoser)
    }
  })

  it('a preset can be taken back setting by setting', () => {
    const { settings } = resolveSettings({ config: { preset: 'djoser', tokens: { rotate: true } } })
    expect(settings.tokens.rotate).toBe(true)
    expect(settings.sessions.mode).toBe('stateless')
  })

  it('the preset of the caller goes before DOORWARD_PRESET, and a blank one is none', () => {
    expect(resolveSettings({ preset: 'djoser' }).settings.tokens.algorithm).toBe('HS256')
    expect(resolveSettings({ env: { DOORWARD_PRESET: ' ' } }).settings.tokens.algorithm).toBe('EdDSA')
  })

  it('a preset that does not exist is refused', () => {
    expect(faultsOf({ env: { DOORWARD_PRESET: 'django' } })).toEqual(['preset is not a preset'])
    expect(faultsOf({ config: untyped({ preset: 'x' }) })).toEqual(['preset is not a preset'])
  })

  it('nobody can change the settings afterwards, and changing what was written changes nothing', () => {
    const roles = ['buyer']
    const fields = { phone: { type: 'text' as const, choices: ['a'] } }
    const { settings } = resolveSettings({ config: { users: { roles, fields } } })
    roles.push('seller')
    fields.phone.choices.push('b')
    expect(settings.users.roles).toEqual(['buyer'])
    expect(settings.users.fields.phone?.choices).toEqual(['a'])
    const parts = [
      settings,
      settings.users,
      settings.users.roles,
      settings.users.fields,
      settings.users.fields.phone,
    ]
    expect(parts.every(Object.isFrozen)).toBe(true)
    expect(Object.isFrozen(settings.users.fields.phone?.choices)).toBe(true)
  })
})

describe('settings | the environment', () => {
  it('reads numbers, flags, lists, times and words', () => {
    const { settings } = resolveSettings({
      env: {
        PORT: '80',
        REGISTRATION_OPEN: 'No',
        ROLES: ' buyer, seller ,',
        ROTATION_GRACE: '2m',
        LOG_LEVEL: 'warn',
        NODE_ENV: 'test',
      },
    })
    expect(settings.server.port).toBe(80)
    expect(settings.registration.open).toBe(false)
    expect(settings.users.roles).toEqual(['buyer', 'seller'])
    expect(settings.sessions.rotationGrace).toBe(120)
    expect(settings.server.logLevel).toBe('warn')
    expect(settings.server.environment).toBe('development')
  })

  it.each([
    ['90s', 90],
    ['5m', 300],
    ['24h', 86_400],
    ['30d', 2_592_000],
    ['45', 45],
  ])('%s is %i seconds', (text, seconds) => {
    const { settings } = resolveSettings({ env: { ACCESS_TOKEN_LIFETIME: text } })
    expect(settings.tokens.accessLifetime).toBe(seconds)
  })

  it.each(['5 minutes', '1.5h', '-5m', 'm', '0', '1w'])('%s is no lifetime', (text) => {
    expect(faultsOf({ env: { ACCESS_TOKEN_LIFETIME: text } })).toHaveLength(1)
  })

  it('a blank variable counts as unset', () => {
    const { settings } = resolveSettings({ env: { SMTP_URL: '', PORT: ' ', DOORWARD_SECRET_FILE: '' } })
    expect(settings.mails.smtpUrl).toBeNull()
    expect(settings.server.port).toBe(8000)
  })

  it('reads any variable from the file that its _FILE form names, without the newline at the end', () => {
    const secret = 'correct horse battery staple over and over'
    const env = { DOORWARD_SECRET_FILE: fileWith(`${secret}\r\n`), PORT_FILE: fileWith('9000\n') }
    const { settings } = resolveSettings({ env })
    expect(settings.secrets.list).toEqual([secret])
    expect(settings.server.port).toBe(9000)
  })

  it('keeps the line breaks inside a file', () => {
    const env = {
      TOKEN_SIGNING_KEY_FILE: fileWith(`${'a'.repeat(20)}\n${'b'.repeat(20)}\n\n`),
      TOKEN_ALGORITHM: 'HS256',
    }
    expect(resolveSettings({ env }).settings.tokens.signingKey).toBe(`${'a'.repeat(20)}\n${'b'.repeat(20)}\n`)
  })

  it('refuses a variable that is set in both forms, a file that is not there, and an empty file', () => {
    expect(
      faultsOf({
        env: {
          PORT: '1',
          PORT_FILE: fileWith('2'),
          SMTP_URL_FILE: '/nowhere/at/all',
          HOST_FILE: fileWith('\n'),
        },
      }).toSorted(),
    ).toEqual([
      'HOST_FILE names an empty file',
      'PORT_FILE is set beside PORT',
      'SMTP_URL_FILE names a file that cannot be read (ENOENT)',
    ])
  })

  it('asks back about unknown variables of its own, and leaves those of others alone', () => {
    const env = { DOORWARD_SECERT: 'x', DOORWARD_SMTP_URL: 'x', DOORWARD_THROTLE_FILE: 'x', PATH: '/bin' }
    expect(fixOf({ env })).toEqual([
      'Did you mean `DOORWARD_SECRET`?',
      'Did you mean `SMTP_URL`?',
      'Did you mean `DOORWARD_THROTTLE`?',
    ])
  })

  it('is not read when it is not given', () => {
    expect(resolveSettings({ config: {} }).settings.server.environment).toBe('development')
  })
})

describe('settings | faults', () => {
  const secret = 'hunter2-hunter2-hunter2-hunter2-hunter2'
  const wrong: SettingsInput = {
    config: untyped({
      server: { publicUrl: `https://tina:${secret}@example.org`, prot: 1, port: 1.5 },
      tokens: { algorithm: secret, acessLifetime: 5, leeway: '1h', tokenTypeClaim: null },
      userz: {},
      mails: 5,
      users: { emailComparison: ['exact'], hideOthers: 'yes', roles: 'buyer' },
    }),
    env: {
      SMTP_URL: secret,
      DATABASE_URL: `mysql://root:${secret}@db`,
      DOORWARD_SECRET_FILE: secret,
      TOKEN_SIGNING_KEY: secret,
      DOORWARD_THROTTLE: secret,
      PORT: secret,
      DOORWARD_PRESET: secret,
    },
  }

  it('are all reported at once', () => {
    expect(
      refusal(wrong)
        .faults.map(({ key }) => key)
        .toSorted(),
    ).toEqual(
      [
        'DOORWARD_SECRET_FILE',
        'preset',
        'server.prot',
        'tokens.acessLifetime',
        'userz',
        'mails',
        'server.port',
        'server.port',
        'server.publicUrl',
        'server.throttle',
        'database.url',
        'tokens.algorithm',
        'tokens.leeway',
        'tokens.tokenTypeClaim',
        'tokens.signingKey',
        'users.emailComparison',
        'users.hideOthers',
        'users.roles',
        'mails.smtpUrl',
      ].toSorted(),
    )
  })

  it('security: no fault repeats a value, which may be a secret', () => {
    const error = refusal(wrong)
    expect(`${error.message}${JSON.stringify(error.faults)}${error.stack}`).not.toContain('hunter2')
  })

  it('each name key and variable, what is wrong, and what to write instead', () => {
    const error = refusal({ env: { PORT: 'http' } })
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toBe(
      'The configuration has a fault:\n' +
        '  server.port (PORT) is not a whole number.\n' +
        '    → Write a whole number; from 0 to 65535.',
    )
  })

  it('ask back about mistyped and misplaced keys', () => {
    const config = untyped({ regstration: {}, tokens: { acessLifetime: 1 }, server: { trim: true }, zzz: {} })
    expect(fixOf({ config })).toEqual([
      'Did you mean `registration`?',
      'Did you mean `accessLifetime`?',
      'Did you mean `passwords.trim`?',
      expect.stringContaining('Known are: server, database'),
    ])
  })

  it('names that every object has are unknown too', () => {
    expect(faultsOf({ config: untyped({ constructor: {}, server: { toString: 1 } }) })).toEqual([
      'constructor is no section of the settings',
      'server.toString is no setting',
    ])
  })

  it('what is left undefined counts as not written', () => {
    const { settings } = resolveSettings({ config: { server: undefined, users: { roles: undefined } } })
    expect(settings.users.roles).toEqual([])
  })
})

describe('settings | addresses', () => {
  const server = (written: Record<string, unknown>) =>
    resolveSettings({ config: untyped({ server: written }) }).settings.server

  it('the public address never ends with a slash, the one of the front end always does', () => {
    for (const slash of ['', '/', '//']) {
      const { publicUrl, frontendUrl } = server({
        publicUrl: `https://example.org/accounts${slash}`,
        frontendUrl: `https://app.example.org${slash}`,
      })
      expect(publicUrl).toBe('https://example.org/accounts')
      expect(frontendUrl).toBe('https://app.example.org/')
    }
  })

  it('are made from host and port when they are not set', () => {
    expect(server({}).publicUrl).toBe('http://127.0.0.1:8000')
    expect(server({}).frontendUrl).toBe('http://127.0.0.1:8000/')
    expect(server({ host: '0.0.0.0', port: 80 }).publicUrl).toBe('http://127.0.0.1')
    expect(server({ host: '::1' }).publicUrl).toBe('http://[::1]:8000')
    expect(server({ publicUrl: 'https://example.org' }).frontendUrl).toBe('https://example.org/')
  })
})
