import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { portalFolder } from '@doorward/portal'
import { createDoorward } from '@doorward/server'
import type { TestDoorward, TestDoorwardOptions } from '@doorward/server/testing'
import { createTestDoorward } from '@doorward/server/testing'
import { afterEach, describe, expect, it } from 'vitest'

const ORIGIN = 'http://127.0.0.1:8000'
const started: TestDoorward[] = []

async function start(options: TestDoorwardOptions = {}): Promise<TestDoorward> {
  const doorward = await createTestDoorward({ portal: portalFolder(), ...options })
  started.push(doorward)
  return doorward
}

afterEach(() => Promise.all(started.splice(0).map((doorward) => doorward.close())))

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

const get = ({ fetch }: TestDoorward, path: string, headers: Record<string, string> = BROWSER) =>
  fetch(new Request(new URL(path, ORIGIN), { headers }))

const postJson = ({ fetch }: TestDoorward, path: string, body: unknown) =>
  fetch(
    new Request(new URL(path, ORIGIN), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  )

/** What the page was told, as its own script reads it. */
async function toldSettings(answer: Response): Promise<Record<string, unknown>> {
  const content = /<meta name="doorward" content="([^"]*)"/.exec(await answer.text())?.[1] ?? ''
  const entities = { '&quot;': '"', '&lt;': '<', '&gt;': '>', '&amp;': '&' }
  return JSON.parse(content.replace(/&\w+;/g, (entity) => entities[entity as '&amp;'] ?? entity))
}

const PEOPLE = [
  '/',
  '/register',
  '/check-mail',
  '/activate',
  '/activate/resend',
  '/activate/MQ/a-token',
  '/password/reset/confirm',
  '/password/reset/confirm/MQ/a-token',
  '/email/reset/confirm/MQ/a-token',
  '/account',
  '/account/devices',
]
const STAFF = ['/sign-in', '/password/reset', '/admin', '/admin/users/7', '/mailbox']

describe('the pages | where they are', () => {
  it('answers every page, with or without a slash at the end', async () => {
    const doorward = await start()
    for (const path of [...PEOPLE, ...STAFF, '/sign-in/']) {
      expect((await get(doorward, path)).status, path).toBe(200)
    }
  })

  it('answers an unknown path with a page for people, and as the reference does below the API', async () => {
    const doorward = await start()
    const page = await get(doorward, '/nowhere')
    expect(page.status).toBe(404)
    expect(await page.text()).toContain('data-status="404"')
    for (const answer of [await get(doorward, '/auth/nowhere'), await get(doorward, '/nowhere', {})]) {
      expect(answer.status).toBe(404)
      expect(await answer.text()).toContain('<title>Not Found</title>')
    }
  })

  it('leaves people to a front end elsewhere, and keeps what is for staff', async () => {
    const doorward = await start({ config: { server: { frontendUrl: 'https://app.example.org' } } })
    for (const path of PEOPLE) expect((await get(doorward, path)).status, path).toBe(404)
    for (const path of STAFF) expect((await get(doorward, path)).status, path).toBe(200)
    expect(await toldSettings(await get(doorward, '/admin'))).toMatchObject({ pages: 'staff' })
  })

  it('can be switched off', async () => {
    const doorward = await start({ config: { portal: { enabled: false } } })
    for (const path of [...PEOPLE, ...STAFF, '/setup/x']) {
      expect((await get(doorward, path)).status, path).toBe(404)
    }
    expect(doorward.setupUrl).toBeNull()
  })

  it('says what to do where a program brings no pages', async () => {
    const doorward = await start({ portal: null })
    const answer = await get(doorward, '/activate/MQ/a-token')
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('createDoorward()')
    expect(doorward.setupUrl).toBeNull()
  })

  it('follows the paths that the project gives its links', async () => {
    const doorward = await start({ config: { links: { activation: 'welcome/{token}/of/{uid}' } } })
    expect((await get(doorward, '/welcome/a-token/of/MQ')).status).toBe(200)
    expect((await get(doorward, '/activate/MQ/a-token')).status).toBe(404)
  })

  it('changes nothing when the page of a link is opened', async () => {
    const doorward = await start()
    const { email } = await doorward.register()
    const { uid, token } = await doorward.lastLink(email)
    for (const method of ['GET', 'HEAD']) {
      await doorward.fetch(new Request(`${ORIGIN}/activate/${uid}/${token}`, { method, headers: BROWSER }))
    }
    expect((await doorward.deps.store.users.byEmail(email))?.isActive).toBe(false)
    await doorward.activate(email)
    expect((await doorward.deps.store.users.byEmail(email))?.isActive).toBe(true)
  })
})

describe('the pages | their headers', () => {
  const pages = ['/sign-in', '/activate/MQ/a-token', '/nowhere', '/mailbox', '/docs', '/docs/errors']

  const header = async (name: string) => {
    const doorward = await start()
    return Promise.all(pages.map(async (path) => (await get(doorward, path)).headers.get(name)))
  }
  const everywhere = (value: string) => pages.map(() => value)

  it('run scripts of this host alone, and none that is written into a page', async () => {
    const policies = await header('content-security-policy')
    for (const policy of policies) {
      expect(policy).toMatch(/^default-src 'none'/)
      expect(policy).not.toMatch(/script-src[^;]*(unsafe|\*|data:|https?:)/)
      expect(policy).toContain("base-uri 'none'")
      expect(policy).toContain("form-action 'none'")
    }
    expect(policies[0]).toContain("style-src 'self';")
    expect(policies[0]).toContain("connect-src 'self'")
    expect(policies[0]).toContain("require-trusted-types-for 'script'")
  })

  it('cannot be put into a frame of another site', async () => {
    for (const policy of await header('content-security-policy')) {
      expect(policy).toContain("frame-ancestors 'none'")
    }
    expect(await header('x-frame-options')).toEqual(everywhere('DENY'))
  })

  it('tell no other site where the person was: an address may hold a token', async () => {
    expect(await header('referrer-policy')).toEqual(everywhere('no-referrer'))
  })

  it('are what they say they are', async () => {
    expect(await header('x-content-type-options')).toEqual(everywhere('nosniff'))
  })

  it('use no camera, place or payment, also if somebody gets a script in', async () => {
    for (const policy of await header('permissions-policy')) {
      expect(policy).toMatch(/camera=\(\).*geolocation=\(\).*payment=\(\)/)
    }
  })

  it('share their window with no other site', async () => {
    expect(await header('cross-origin-opener-policy')).toEqual(everywhere('same-origin'))
    expect(await header('cross-origin-resource-policy')).toEqual(everywhere('same-origin'))
  })

  it('are kept by nobody', async () => {
    expect(await header('cache-control')).toEqual(everywhere('no-store'))
  })

  it('let in the logo of the project, and nothing else from there', async () => {
    const doorward = await start({ config: { portal: { logoUrl: 'https://cdn.example.org/logo.svg' } } })
    const policy = (await get(doorward, '/sign-in')).headers.get('content-security-policy') ?? ''
    expect(policy.match(/[\w-]+ [^;]*https:\/\/cdn\.example\.org/g)).toEqual([
      "img-src 'self' data: https://cdn.example.org",
    ])
  })
})

describe('the pages | what they are told', () => {
  it('shows a name with markup in it as text', async () => {
    const siteName = '"><script>alert(1)</script>&amp;'
    const doorward = await start({ config: { server: { siteName } } })
    const page = await (await get(doorward, '/sign-in')).text()
    expect(page).not.toContain('<script>alert')
    expect(await toldSettings(await get(doorward, '/sign-in'))).toMatchObject({ siteName })
  })

  it('comes in the language that the browser asks for, its texts loading with it', async () => {
    const doorward = await start()
    const page = async (language: string) =>
      (await get(doorward, '/sign-in', { ...BROWSER, 'accept-language': language })).text()
    expect(await page('id-ID,id;q=0.9,en;q=0.5')).toMatch(
      /<html lang="id">[\s\S]*modulepreload" href="\/portal\/id-/,
    )
    expect(await page('tlh')).toMatch(/<html lang="en">[\s\S]*modulepreload" href="\/portal\/en-/)
  })

  it('offers newcomers no role that only staff gives, and no field that is not theirs', async () => {
    const doorward = await start({
      config: {
        users: {
          roles: ['buyer', 'admin'],
          fields: { phone: { type: 'text' }, grade: { type: 'integer', writableBy: 'staff' } },
        },
      },
    })
    const { fields } = (await toldSettings(await get(doorward, '/register'))) as {
      fields: { name: string; choices?: string[]; atRegistration: boolean; byOwner: boolean }[]
    }
    const by = (name: string) => fields.find((field) => field.name === name)
    expect(by('role')).toMatchObject({ choices: ['buyer'], atRegistration: true, byOwner: false })
    expect(by('grade')).toMatchObject({ atRegistration: false, byOwner: false })
    expect(by('phone')).toMatchObject({ atRegistration: true, byOwner: true })
  })
})

describe('the pages | their files', () => {
  const filesOf = async (doorward: TestDoorward) =>
    [...(await (await get(doorward, '/sign-in')).text()).matchAll(/(?:src|href)="(\/portal\/[^"]+)"/g)].map(
      ([, path = '']) => path,
    )

  it('are kept for good, for another content has another name', async () => {
    const doorward = await start()
    const files = await filesOf(doorward)
    expect(files.length).toBeGreaterThan(3)
    for (const path of files) {
      const answer = await get(doorward, path)
      expect(answer.status, path).toBe(200)
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(path).toMatch(/-[\w-]{8}\.\w+$/)
    }
  })

  it('come compressed as the browser can read it, and say the same', async () => {
    const doorward = await start()
    const path = (await filesOf(doorward)).find((file) => file.endsWith('.js')) ?? ''
    const as = async (encoding: string) => {
      const answer = await get(doorward, path, { 'accept-encoding': encoding })
      expect(answer.headers.get('vary')).toBe('Accept-Encoding')
      const bytes = Buffer.from(await answer.arrayBuffer())
      return { coding: answer.headers.get('content-encoding'), bytes }
    }
    const plain = await as('identity')
    const brotli = await as('gzip, deflate, br')
    const gzip = await as('br;q=0, gzip')
    expect([plain.coding, brotli.coding, gzip.coding]).toEqual([null, 'br', 'gzip'])
    expect(brotliDecompressSync(brotli.bytes)).toEqual(plain.bytes)
    expect(gunzipSync(gzip.bytes)).toEqual(plain.bytes)
  })

  it('lead nowhere else', async () => {
    const doorward = await start()
    for (const path of [
      '/portal',
      '/portal/',
      '/portal/../index.html',
      '/portal/..%2f..%2fpackage.json',
      '/portal/sources.sha256',
    ]) {
      expect((await get(doorward, path, {})).status, path).toBe(404)
    }
  })

  it('need less than 100 kB for the first page, with its texts and styles, in gzip', async () => {
    const doorward = await start()
    const page = Buffer.from(await (await get(doorward, '/register')).arrayBuffer())
    let bytes = gzipSync(page).length
    for (const path of await filesOf(doorward)) {
      const answer = await get(doorward, path, { 'accept-encoding': 'gzip' })
      bytes += (await answer.arrayBuffer()).byteLength
    }
    expect(bytes).toBeGreaterThan(10_000)
    expect(bytes).toBeLessThan(100_000)
  })
})

describe('the pages | the first administrator', () => {
  const person = {
    email: 'ada@example.com',
    first_name: 'Ada',
    last_name: 'Boss',
    password: 'Kiddie-Ride-4821',
  }

  it('are made once by the link, which is gone then', async () => {
    const doorward = await start()
    const path = new URL(doorward.setupUrl ?? '').pathname
    expect((await get(doorward, path)).status).toBe(200)
    const made = await postJson(doorward, path, person)
    expect(made.status).toBe(201)
    expect((await doorward.deps.store.users.byEmail(person.email))?.isStaff).toBe(true)
    expect((await get(doorward, path)).status).toBe(404)
    expect((await postJson(doorward, path, { ...person, email: 'eve@example.com' })).status).toBe(404)
    expect(await doorward.deps.store.users.byEmail('eve@example.com')).toBeNull()
  })

  it('are not made by a link that somebody guessed, or that is too old', async () => {
    const doorward = await start()
    const path = new URL(doorward.setupUrl ?? '').pathname
    const guessed = `${path.slice(0, -1)}${path.endsWith('_') ? '-' : '_'}`
    expect((await postJson(doorward, guessed, person)).status).toBe(404)
    doorward.clock.advance(31 * 60)
    expect((await postJson(doorward, path, person)).status).toBe(404)
    expect(await doorward.deps.store.users.hasStaff()).toBe(false)
  })

  it('are told what is wrong, field by field', async () => {
    const doorward = await start()
    const path = new URL(doorward.setupUrl ?? '').pathname
    const answer = await postJson(doorward, path, { ...person, email: 'nonsense', first_name: '' })
    expect(answer.status).toBe(400)
    expect(Object.keys(await answer.json())).toEqual(['email', 'first_name'])
  })
})

describe('the pages | the development mailbox', () => {
  it('shows a mail without letting anything in it run or load, also when opened by itself', async () => {
    const doorward = await start()
    const { email } = await doorward.register()
    const [mail] = await (await get(doorward, `/mailbox/messages?to=${email}`)).json()
    expect(mail).toMatchObject({ to: email, state: 'queued' })
    const answer = await get(doorward, `/mailbox/messages/${mail.id}`)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'/)
    expect(policy).toContain('sandbox allow-popups')
    expect(policy).not.toMatch(/script-src|allow-scripts|allow-same-origin|https:/)
    expect(policy).toContain("frame-ancestors 'self'")
    expect(answer.headers.get('x-frame-options')).toBe('SAMEORIGIN')
    expect(await answer.text()).toContain('<base target="_blank">')
  })

  it('is not there in production, nor beside a mail server', async () => {
    const doorward = await start({ config: { mails: { smtpUrl: 'smtp://127.0.0.1:25' } } })
    for (const path of ['/mailbox', '/mailbox/messages', '/mailbox/messages/1']) {
      expect((await get(doorward, path)).status, path).toBe(404)
    }
  })
})

describe('the pages | the log', () => {
  it('knows which page was opened, but not the token in its address', async () => {
    const paths: string[] = []
    const settings = (await start()).settings
    const doorward = await createDoorward({
      settings,
      portal: portalFolder(),
      deliver: false,
      onAnswer: ({ path }) => paths.push(path),
    })
    for (const path of ['/activate/MQ/a-token', '/password/reset/confirm/MQ/a-token/', '/setup/a-token']) {
      await doorward.fetch(new Request(new URL(path, ORIGIN)))
    }
    await doorward.close()
    expect(paths).toEqual([
      '/activate/{uid}/{token}',
      '/password/reset/confirm/{uid}/{token}',
      '/setup/{token}',
    ])
  })
})
