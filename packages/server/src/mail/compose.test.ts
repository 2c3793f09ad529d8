import { describe, expect, it } from 'vitest'
import { resolveSettings } from '../config/resolve.ts'
import type { Config } from '../config/settings.ts'
import { Secret } from '../domain/secret.ts'
import { createLinkTokens } from '../tokens/link-tokens.ts'
import { composeMail, createComposer } from './compose.ts'
import { LINK_OF_KIND } from './kinds.ts'
import { linksIn } from './layout.ts'

const clock = { now: () => Date.UTC(2026, 10, 24, 4, 5, 6) }
const links = createLinkTokens({
  secrets: [new Secret('only for tests, only for tests, only')],
  clock,
  lifetimes: {
    activation: 259_200,
    invitation: 604_800,
    password_reset: 3600,
    email_reset: 3600,
    email_change: 259_200,
    email_undo: 604_800,
  },
})
const settingsOf = (server: Config['server'] = {}, mails: Config['mails'] = {}) =>
  resolveSettings({ config: { server: { siteName: 'Walkiddie', ...server }, mails } }).settings
const composerOf = (...parts: Parameters<typeof settingsOf>) =>
  createComposer({ settings: settingsOf(...parts), clock, links })

const TINA = {
  id: 7,
  email: 'tina@example.com',
  profile: { first_name: 'Tina', last_name: 'Smith', role: 'buyer' },
  locale: null,
  passwordHash: 'argon2$x',
  lastLogin: null,
}

describe('a mail for the outbox | what it says', () => {
  it('goes to the address of the account, with its name, time and a link that works', () => {
    const compose = composerOf({ frontendUrl: 'https://shop.example.com/app' })
    const mail = compose({ kind: 'activation', user: TINA })
    expect(mail).toMatchObject({
      userId: 7,
      kind: 'activation',
      to: 'tina@example.com',
      subject: 'Account activation on Walkiddie',
      createdAt: clock.now(),
    })
    expect(mail.text).toMatch(/^Hello Tina,/)
    const [link = ''] = linksIn(mail.text)
    const [, token = ''] = /^https:\/\/shop\.example\.com\/app\/activate\/Nw\/([^/]+)$/.exec(link) ?? []
    expect(links.check('activation', TINA, token)).toBe(true)
  })

  it.each([
    ['activation', 'activate', 'within 3 days'],
    ['password_reset', 'password/reset/confirm', 'within 1 hour'],
    ['email_reset', 'email/reset/confirm', 'within 1 hour'],
    ['email_change', 'email/change/confirm', 'within 3 days'],
    ['email_changed_notice', 'email/change/undo', 'within 7 days'],
    ['email_restored', 'password/reset/confirm', 'within 1 hour'],
    ['failed_sign_ins', 'password/reset/confirm', 'within 1 hour'],
  ] as const)('of the kind "%s" has a link of one purpose alone', (kind, path, lifetime) => {
    const { text } = composerOf()({ kind, user: TINA })
    const [link = ''] = linksIn(text)
    expect(link).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:8000/${path}/Nw/[0-9a-z]+-[0-9a-f]{32}$`))
    const token = link.slice(link.lastIndexOf('/') + 1)
    const purposes = ['activation', 'password_reset', 'email_reset', 'email_change', 'email_undo'] as const
    expect(purposes.filter((purpose) => links.check(purpose, TINA, token))).toEqual([LINK_OF_KIND[kind]])
    expect(text).toContain(lifetime)
  })

  it('can go to another address than that of the account, and be about nobody', () => {
    const moved = { ...TINA, email: 'new@example.com' }
    const mail = composerOf()({ kind: 'email_changed_notice', user: moved, to: TINA.email })
    expect(mail.to).toBe(TINA.email)
    expect(mail.text).not.toContain('new@example.com')
    expect(composerOf()({ kind: 'account_exists', user: { ...TINA, id: 0 } }).userId).toBeNull()
  })

  it("is in the language of the person, else in the site's", () => {
    const compose = composerOf({}, { locale: 'id' })
    const subjectFor = (locale: string | null) =>
      compose({ kind: 'confirmation', user: { ...TINA, locale } }).subject
    expect(subjectFor(null)).toMatch(/akun telah dibuat/)
    expect(subjectFor('en-GB')).toMatch(/account created/)
    expect(subjectFor('sv')).toMatch(/akun telah dibuat/)
  })

  it('does without a first name that is not there', () => {
    const mail = composerOf()({ kind: 'confirmation', user: { ...TINA, profile: {} } })
    expect(mail.text).toMatch(/^Hello,/)
  })

  it('says from which device somebody signed in, in the language of the person', () => {
    const userAgent = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0'
    const signIn = { userAgent, address: '203.0.113.7', at: clock.now() }
    const textFor = (locale: string | null) =>
      composerOf({}, { locale: 'de' })({ kind: 'new_device', user: { ...TINA, locale }, signIn }).text
    expect(textFor('fr-CA')).toContain('Firefox sur Windows')
    expect(textFor(null)).toContain('Firefox auf Windows')
    expect(textFor('en-GB')).toContain('Firefox on Windows')
  })

  it('has the colour of the settings on its button', () => {
    const settings = resolveSettings({ config: { portal: { accentColor: '#0b6e4f' } } }).settings
    const { html } = createComposer({ settings, clock, links })({ kind: 'activation', user: TINA })
    expect(html).toContain('<td class="dw-button" bgcolor="#0b6e4f"')
  })

  it('is not made with a link of another kind than http(s)', () => {
    const occasion = {
      kind: 'activation',
      user: TINA,
      link: 'javascript:alert(1)',
      linkLifetime: 60,
    } as const
    expect(() => composeMail(occasion, { settings: settingsOf(), clock })).toThrow(TypeError)
  })
})

describe('a mail for the outbox | its Message-ID', () => {
  it.each([
    ['https://accounts.example.com', 'webmaster@localhost', 'accounts.example.com'],
    ['http://127.0.0.1:8000', 'Shop <accounts@example.org>', 'example.org'],
    ['http://[::1]:8000', 'accounts@bücher.example', 'xn--bcher-kva.example'],
    ['http://localhost:8000', 'webmaster@localhost', 'localhost'],
  ])('of a server at %s with the sender %s ends in %s', (publicUrl, from, host) => {
    const { messageId } = composerOf({ publicUrl }, { from })({ kind: 'confirmation', user: TINA })
    expect(messageId).toMatch(/^<[0-9a-f-]{36}@[a-z0-9.-]+>$/)
    expect(messageId.endsWith(`@${host}>`)).toBe(true)
  })

  it('is never the same for two mails', () => {
    const compose = composerOf()
    const ids = Array.from({ length: 100 }, () => compose({ kind: 'confirmation', user: TINA }).messageId)
    expect(new Set(ids).size).toBe(100)
  })
})
