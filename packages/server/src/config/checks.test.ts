import { describe, expect, it } from 'vitest'
import { MAIL_LOCALES } from '../mail/render-mail.ts'
import { faultsIn, faultsOf } from './faults-of.ts'

describe('checks | addresses and paths', () => {
  it.each([
    'example.org',
    '//example.org',
    'ftp://example.org',
    'https://tina@example.org',
    'https://:pw@example.org',
    'https://example.org/#top',
    'https://example.org/?a=b',
    'https:example.org',
  ])('%s is no base address', (address) => {
    expect(faultsOf({ env: { PUBLIC_URL: address } })).toHaveLength(1)
    expect(faultsOf({ env: { FRONTEND_URL: address } })).toHaveLength(1)
  })

  it.each(['auth', '/auth/', '/', '//auth', '/a/../b', '/a?b'])('%s is no path to mount at', (authPath) => {
    expect(faultsIn({ api: { authPath } })).toHaveLength(1)
  })

  it('a deeper path to mount at is fine', () => {
    expect(faultsIn({ api: { authPath: '/api/v1/auth' } })).toEqual([])
  })

  it.each([
    'activate/{uid}',
    'activate/{token}',
    '/activate/{uid}/{token}',
    'https://example.org/{uid}/{token}',
    'activate/{uid}/{token}/{email}',
  ])('%s is no path for a link', (activation) => {
    expect(faultsIn({ links: { activation } })).toHaveLength(1)
  })

  it.each(['#/activate/{uid}/{token}', 'activate?uid={uid}&token={token}'])(
    '%s is a path for a link',
    (activation) => {
      expect(faultsIn({ links: { activation } })).toEqual([])
    },
  )

  it.each(['*', 'https://app.example.org/', 'app.example.org', 'null'])('%s is no origin', (origin) => {
    expect(faultsOf({ env: { CORS_ORIGINS: `https://other.example.org,${origin}` } })).toHaveLength(1)
  })

  it.each(['2', '10.0.0.0/8', '10.0.0.0/8, fd00::/8'])('%s says which proxies to trust', (proxies) => {
    expect(faultsOf({ env: { TRUST_PROXY: proxies } })).toEqual([])
  })

  it.each(['true', '-1', '10.0.0.0', '10.0.0.0/33', '10.0.0.0/8,', 'proxy/8'])(
    '%s trusts no proxy',
    (proxies) => {
      expect(faultsOf({ env: { TRUST_PROXY: proxies } })).toHaveLength(1)
    },
  )

  it('mail servers are reached by smtp or smtps', () => {
    expect(faultsOf({ env: { SMTP_URL: 'https://mail.example.org' } })).toHaveLength(1)
    expect(faultsOf({ env: { SMTP_URL: 'mail.example.org:25' } })).toHaveLength(1)
    expect(faultsOf({ env: { SMTP_URL: 'smtp://user:p%40ss@mail.example.org:587' } })).toEqual([])
  })

  it('the sender and the name of the site cannot smuggle header lines into mails', () => {
    expect(faultsOf({ env: { MAIL_FROM: 'a@example.org\r\nBcc: all@example.org' } })).toHaveLength(1)
    expect(faultsOf({ env: { MAIL_FROM: 'A\nBcc: b@example.org <a@example.org>' } })).toHaveLength(1)
    expect(faultsOf({ env: { SITE_NAME: 'Shop\r\nBcc: all@example.org' } })).toHaveLength(1)
    expect(faultsOf({ env: { MAIL_FROM: 'Shop <a@example.org>', SITE_NAME: 'Tina’s Shop' } })).toEqual([])
  })
})

describe('checks | profile fields', () => {
  it('each part of a declared field is checked', () => {
    const text = { type: 'text' }
    const fields = {
      Phone: text,
      is_staff: text,
      ['x'.repeat(42)]: text,
      age: { type: 'number' },
      born: { type: 'date', choices: ['a'] },
      size: { type: 'text', choices: [] },
      note: { type: 'text', maxLength: 0, requird: true },
      rank: { type: 'integer', required: true, writableBy: 'staff' },
      flat: 'text',
    }
    expect(faultsIn({ users: { fields } })).toEqual([
      'users.fields.Phone is not a name of small letters, digits and `_` (at most 41)',
      'users.fields.is_staff is a name that Doorward itself uses',
      `users.fields.${'x'.repeat(42)} is not a name of small letters, digits and \`_\` (at most 41)`,
      'users.fields.age.type is not a type',
      'users.fields.born.choices is only for text',
      'users.fields.size.choices is not a list of texts',
      'users.fields.note.requird does not exist',
      'users.fields.note.maxLength is not a length',
      'users.fields.rank.required cannot be asked for, because only staff may write the field',
      'users.fields.flat is not an object',
    ])
  })

  it('a well declared field is accepted', () => {
    const phone = { type: 'text', required: true, maxLength: 20, choices: ['a'], writableBy: 'registration' }
    expect(faultsIn({ users: { fields: { phone } } })).toEqual([])
  })
})

describe('checks | permissions, sentences and mails of one’s own', () => {
  it('only operations and permissions that exist can be named', () => {
    expect(
      faultsIn({ api: { permissions: { registr: 'staff', register: 'admin', readUser: ['staff'] } } }),
    ).toEqual([
      'api.permissions.registr does not exist',
      'api.permissions.register is not one of the permissions there are',
      'api.permissions.readUser is not one of the permissions there are',
    ])
    expect(faultsIn({ api: { permissions: [] } })).toEqual(['api.permissions is not an object'])
  })

  it('only codes of errors that exist can have sentences', () => {
    expect(faultsIn({ api: { messages: { email_takn: 'x', email_taken: '' } } })).toEqual([
      'api.messages.email_takn does not exist',
      'api.messages.email_taken is not a sentence',
    ])
  })

  it('only kinds of mails that exist can have templates, and templates are functions', () => {
    expect(
      faultsIn({ mails: { templates: { en: { activaton: () => ({}), activation: 'Hello' }, id: 1 } } }),
    ).toEqual([
      'mails.templates.en.activaton does not exist',
      'mails.templates.en.activation is not a function',
      'mails.templates.id is not an object',
    ])
  })

  it.each(MAIL_LOCALES)('mails can be in %s, for there are words for it', (locale) => {
    expect(faultsIn({ mails: { locale } })).toEqual([])
  })

  it('mails can be in a language of one’s own if it has templates', () => {
    expect(faultsIn({ mails: { locale: 'sv' } })).toEqual(['mails.locale is a language without mails'])
    expect(faultsIn({ mails: { locale: 'sv', templates: { sv: {} } } })).toEqual([])
  })

  it('a server listens at an address or a name, and at nothing that only looks like one', () => {
    for (const host of ['0.0.0.0', '::', 'localhost', 'db-1.internal'])
      expect(faultsIn({ server: { host } })).toEqual([])
    for (const host of ['300.1.1.1', 'a host'])
      expect(faultsIn({ server: { host } })).toEqual(['server.host is not a name or address to listen on'])
  })

  it('claims of one’s own come from a function', () => {
    expect(faultsIn({ tokens: { customClaims: { a: 1 } } })).toEqual([
      'tokens.customClaims is not a function',
    ])
  })
})

describe('checks | files', () => {
  it('the file of breached passwords must be there, or no password would be refused for it', () => {
    for (const breachedFile of ['/nowhere/hashes.txt', import.meta.dirname])
      expect(faultsIn({ passwords: { breachedFile } })).toHaveLength(1)
    expect(faultsIn({ passwords: { breachedFile: import.meta.filename } })).toEqual([])
  })
})
