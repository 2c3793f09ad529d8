import { describe, expect, it } from 'vitest'
import { accentOf, contrast } from '../domain/accent.ts'
import type { MailData, MailKind } from './kinds.ts'
import { LINK_OF_KIND } from './kinds.ts'
import { linksIn } from './layout.ts'
import { MAIL_LOCALES, oneLine, renderMail } from './render-mail.ts'

const SIGN_IN = { device: 'Firefox on Windows', address: '203.0.113.7', at: Date.UTC(2026, 10, 24, 8, 40) }
const LINK = 'http://localhost:3000/activate/Nw/diitc0-667124ce2ee34b5a385c7836984704f8'
const FRONT_END = 'http://localhost:3000/'
const BLUE = accentOf('#2450c4')

const WITH_LINK = Object.keys(LINK_OF_KIND) as readonly MailKind[]
const TO_FRONT_END: readonly MailKind[] = [
  'account_exists',
  'refresh_token_reused',
  'email_change_taken',
  'new_device',
]
const WITHOUT: readonly MailKind[] = ['confirmation', 'password_changed', 'email_changed']
const KINDS = [...WITH_LINK, ...TO_FRONT_END, ...WITHOUT]
/** How each language begins to say what to do if it was somebody else. */
const NOT_ME: Readonly<Record<string, RegExp>> = {
  de: /Waren das nicht Sie\?|Sie wissen nicht, warum\?|Sie haben keine Einladung erwartet\?/,
  en: /It was not you\?|You do not know why\?|You expected no invitation\?/,
  es: /¿No has sido tú\?|¿No sabes por qué\?|¿No esperabas una invitación\?/,
  fr: /Ce n’était pas vous \?|Vous ne savez pas pourquoi \?|Vous n’attendiez pas d’invitation \?/,
  id: /Bukan Anda\?|tidak tahu penyebabnya\?|tidak menunggu undangan\?|undangan/,
  it: /Non sei stato tu\?|Non sai perché\?|Non aspettavi un invito\?/,
  ja: /心当たりがない場合/,
  nl: /Was u dit niet\?|Weet u niet waarom\?|Verwachtte u geen uitnodiging\?/,
  pt: /Não foi você\?|Não sabe por quê\?|Não esperava um convite\?/,
  zh: /不是您本人？|不清楚原因？|没有等待邀请？/,
}

const EVERY = KINDS.flatMap((kind) => MAIL_LOCALES.map((locale) => ({ kind, locale })))

const dataFor = (kind: MailKind, changes: Partial<MailData> = {}): MailData => ({
  siteName: 'Walkiddie',
  firstName: 'Tina',
  email: 'tina@example.com',
  link: WITH_LINK.includes(kind) ? LINK : null,
  linkLifetime: WITH_LINK.includes(kind) ? 259_200 : null,
  frontendUrl: FRONT_END,
  signIn: kind === 'new_device' ? SIGN_IN : null,
  ...changes,
})
const render = (kind: MailKind, changes: Partial<MailData> = {}, locale = 'en') =>
  renderMail(kind, dataFor(kind, changes), { locale, templates: {}, accent: BLUE })

const linksOf = (kind: MailKind) => {
  if (WITH_LINK.includes(kind)) return [LINK]
  return TO_FRONT_END.includes(kind) ? [FRONT_END] : []
}
const hrefsIn = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)

describe('every mail | in every language', () => {
  it.each(EVERY)('$kind in "$locale" says whose site it is and has no gap', ({ kind, locale }) => {
    const { subject, text, html } = render(kind, {}, locale)
    expect(subject).toContain('Walkiddie')
    expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
    expect(text.split('\n', 1)[0]).toContain('Tina')
    expect(html).toContain('Tina')
    expect(html).toContain(`<html lang="${locale}">`)
    for (const part of [subject, text, html])
      expect(part).not.toMatch(/undefined|\bnull\b|NaN|\[object|\$\{|\{\w+\}/)
    expect(text).not.toMatch(/ [.,]|\n{3}/)
  })

  it.each(EVERY)('$kind in "$locale" has the same links in both of its parts', ({ kind, locale }) => {
    const { text, html } = render(kind, {}, locale)
    expect(linksIn(text)).toEqual(linksOf(kind))
    for (const link of linksOf(kind)) expect(text).toContain(`\n\n${link}\n\n`)
    expect([...new Set(hrefsIn(html))]).toEqual(linksOf(kind))
  })

  it.each(EVERY)('$kind in "$locale" says what to do if it was somebody else', ({ kind, locale }) => {
    expect(render(kind, {}, locale).text).toMatch(NOT_ME[locale] ?? /^$/)
  })

  it.each(EVERY)('$kind in "$locale" does without the name of somebody who gave none', ({ kind, locale }) => {
    expect(render(kind, { firstName: '' }, locale).text).toMatch(
      /^(Hello|Halo|Hallo|Guten Tag|Hola|Bonjour|Ciao|こんにちは|Olá|您好)[,:!。：]\n/,
    )
  })

  it('has the subject that the reference announces', () => {
    const announced = ['activation', 'password_reset', 'email_reset', ...WITHOUT] as const
    const subjects = announced.map((kind) => render(kind).subject)
    expect(subjects).toEqual([
      'Account activation on Walkiddie',
      'Password reset on Walkiddie',
      'E-mail reset on Walkiddie',
      'Walkiddie: account created and activated',
      'Walkiddie: password changed',
      'Walkiddie: e-mail changed',
    ])
  })

  it.each(MAIL_LOCALES)('a reset in "%s" tells which address signs in', (locale) => {
    for (const kind of ['password_reset', 'email_reset'] as const)
      expect(render(kind, {}, locale).text).toMatch(/\btina@example\.com\b/)
  })
})

describe('a mail with a link | how long it is good', () => {
  it.each([
    [259_200, '3 days', '3 hari'],
    [86_400, '1 day', '1 hari'],
    [3600, '1 hour', '1 jam'],
    [5400, '90 minutes', '90 menit'],
    [3661, '61 minutes', '61 menit'],
    [45, '45 seconds', '45 detik'],
  ])('%i seconds are called "%s" and "%s"', (linkLifetime, english, indonesian) => {
    expect(render('password_reset', { linkLifetime }).text).toContain(`within ${english}.`)
    expect(render('password_reset', { linkLifetime }, 'id').text).toContain(`selama ${indonesian}.`)
  })
})

describe('a mail | the language it is written in', () => {
  const languageOf = (locale: string, siteLocale?: string) =>
    /lang="(\w+)"/.exec(
      renderMail('activation', dataFor('activation'), {
        locale,
        ...(siteLocale && { siteLocale }),
        templates: {},
        accent: BLUE,
      }).html,
    )?.[1]

  it.each([
    ['id', 'id'],
    ['id-ID', 'id'],
    ['ID_id', 'id'],
    ['en-GB', 'en'],
    ['fr-CA', 'fr'],
    ['sv', 'en'],
    ['__proto__', 'en'],
    ['', 'en'],
  ])('for somebody who reads "%s" is "%s"', (locale, expected) => {
    expect(languageOf(locale)).toBe(expected)
  })

  it("is the site's where there is none of the person's", () => {
    expect(languageOf('sv', 'id')).toBe('id')
  })
})

describe("a mail | a project's own templates", () => {
  const templates = {
    id: { activation: () => ({ subject: 'Selamat datang', text: 'Halo', html: '<p>Halo</p>' }) },
    'pt-BR': {
      activation: ({ firstName, link }: MailData) => ({
        subject: 'Conta\r\nBcc: spy@evil.example',
        text: `Olá ${firstName} <b>,\r\n\r\nabra este endereço: ${link}.\n\nObrigado!`,
      }),
    },
  }
  const renderOwn = (kind: MailKind, locale: string) =>
    renderMail(kind, dataFor(kind), { locale, templates, accent: BLUE })

  it('come before ours, and leave ours for the other kinds', () => {
    expect(renderOwn('activation', 'id-ID')).toEqual({
      subject: 'Selamat datang',
      text: 'Halo',
      html: '<p>Halo</p>',
    })
    expect(renderOwn('confirmation', 'id').subject).toBe('Walkiddie: akun telah dibuat dan diaktifkan')
  })

  it('get their text laid out when they bring no HTML', () => {
    const { subject, text, html } = renderOwn('activation', 'pt-BR')
    expect(subject).toBe('Conta Bcc: spy@evil.example')
    expect(text).toBe(`Olá Tina <b>,\n\nabra este endereço: ${LINK}.\n\nObrigado!`)
    expect(html).toContain('<html lang="pt-br">')
    expect(html).toContain('Olá Tina &lt;b&gt;,</p>')
    expect(hrefsIn(html)).toEqual([LINK])
    expect(html).toContain('Obrigado!</p>')
  })
})

describe('a mail | the colour of the project', () => {
  const inColor = (color: string, templates = {}) =>
    renderMail('activation', dataFor('activation'), { locale: 'en', templates, accent: accentOf(color) })
  /** Background and text of the button where the program shows it light, and where it shows it dark. */
  const buttons = (html: string) => [
    [
      /<td class="dw-button" bgcolor="(#\w+)"/.exec(html)?.[1],
      /<a class="dw-button"[^>]*;color:(#\w+)/.exec(html)?.[1],
    ],
    /\.dw-button \{ background-color: (#\w+) !important; color: (#\w+) !important/.exec(html)?.slice(1),
  ]

  it.each(['#2450c4', '#ffd400', '#000000', '#ffffff', '#7f7f7f', '#00b050', '#e30613'])(
    '%s is on the button, light and dark, and what is written there can be read (WCAG 2.2, 1.4.3)',
    (color) => {
      const { html } = inColor(color)
      const { light, dark } = accentOf(color)
      expect(buttons(html).map((pair) => pair?.[0])).toEqual([light, dark])
      for (const [background = '', text = ''] of buttons(html) as string[][])
        expect(contrast(background, text)).toBeGreaterThanOrEqual(4.5)
      expect(html).toContain(`<a class="dw-link" style="color:${light};`)
      expect(html).toContain(`.dw-link { color: ${dark} !important }`)
    },
  )

  it('is in the links of templates that bring only text, and changes nothing in any text', () => {
    const templates = {
      en: { activation: ({ link }: MailData) => ({ subject: 'Hi', text: `Open ${link}` }) },
    }
    expect(inColor('#e30613', templates).html).toContain(`style="color:${accentOf('#e30613').light};`)
    expect(inColor('#e30613').text).toBe(inColor('#2450c4').text)
  })
})

describe('a mail | somebody who registers the address of a stranger to write to them', () => {
  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "Tina' onmouseover='alert(1)",
    'Tina & Söhne <b>',
  ])('gets no markup into the HTML: %j', (name) => {
    for (const { kind, locale } of EVERY) {
      const { html } = render(kind, { firstName: name, siteName: name }, locale)
      expect(html).not.toMatch(/<script|<img|<b>|' onmouseover='/)
    }
  })

  it.each([
    'Win at http://evil.example',
    'evil.example',
    'evil。example',
    'Call us//now',
    'a@evil.example',
    'Tina\n\nhttp://evil.example/activate\n\n',
    'x'.repeat(61),
  ])('gets no link and no advertisement into the greeting: %j', (firstName) => {
    for (const kind of KINDS) {
      const { text, html } = render(kind, { firstName })
      expect(text).toMatch(/^Hello,\n/)
      expect(linksIn(text)).toEqual(linksOf(kind))
      expect(html).not.toContain('evil')
    }
  })

  it.each(['J. R. Tolkien', 'Anne-Marie', "O'Neil", 'Siti Nurhaliza', '李小龍', 'Ольга', 'J.R.'])(
    'does not cost %s the greeting',
    (firstName) => {
      expect(render('activation', { firstName }).text).toMatch(new RegExp(`^Hello ${firstName},\n`))
    },
  )

  it('gets no line of its own, and cannot turn the text around', () => {
    const { text } = render('activation', { firstName: 'Ti\r\nna\u2028\u0085\u0000\u202e!' })
    expect(text).toMatch(/^Hello Ti na !,\n\n/)
  })

  it.each(['"http://evil.example/"@x.org', '"a b"@x.org', 'evil.example/x@x.org', 'a\r\nb@x.org'])(
    'gets no link in as an address: %j',
    (email) => {
      for (const kind of KINDS) {
        const { text } = render(kind, { email })
        expect(text).not.toContain('x.org')
        expect(linksIn(text)).toEqual(linksOf(kind))
      }
    },
  )

  it.each(['\r', '\n', '\r\n', '\u0000', '\u007f', '\u0085', '\u2028', '\u2029', '\t', '\ud800', '\u202e'])(
    'gets no %j into a subject',
    (char) => {
      expect(render('activation', { siteName: `Walk${char}kiddie` }).subject).toBe(
        'Account activation on Walk kiddie',
      )
      expect(oneLine(`${char}a${char}${char}b${char}`)).toBe('a b')
    },
  )
})

describe('a mail | a mistake of the program', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'activate/Nw/x', ''])(
    'is refused that links to %j',
    (link) => {
      expect(() => render('activation', { link })).toThrow(TypeError)
      expect(() => render('account_exists', { frontendUrl: link })).toThrow(TypeError)
    },
  )

  it.each(WITH_LINK)('is refused that forgets the link of "%s"', (kind) => {
    expect(() => render(kind, { link: null })).toThrow(TypeError)
    expect(() => render(kind, { linkLifetime: null })).toThrow(TypeError)
  })

  it('cannot break a link out of its attribute or its line', () => {
    const { text, html } = render('activation', {
      link: 'http://localhost:3000/"><script>\n\nhttp://evil.example',
    })
    expect(html).not.toContain('<script')
    expect(linksIn(text)).toHaveLength(1)
  })
})
