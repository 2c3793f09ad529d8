/** The refresh token in a cookie, for browsers, beside the body, for everybody else: delivery, CSRF, and the end of it. */
import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import { afterEach, describe, expect, it } from 'vitest'

const SHOP = 'https://shop.example'
const running: TestDoorward[] = []

type Config = NonNullable<NonNullable<Parameters<typeof createTestDoorward>[0]>['config']>

async function start(config: Config = {}): Promise<TestDoorward> {
  const doorward = await createTestDoorward({ config })
  running.push(doorward)
  return doorward
}

const https: Config = {
  server: {
    publicUrl: 'https://accounts.example',
    frontendUrl: SHOP,
    corsOrigins: ['https://admin.example'],
  },
}

afterEach(async () => {
  for (const doorward of running.splice(0)) await doorward.close()
})

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, string>>
  /** The refresh cookie as it was set; null: none was. */
  readonly cookie: string | null
}

async function post(doorward: TestDoorward, path: string, body: object, headers = {}): Promise<Answer> {
  const url = `${doorward.settings.server.publicUrl}/auth/jwt/${path}/`
  const all = { 'content-type': 'application/json', ...headers }
  const answer = await doorward.fetch(
    new Request(url, { method: 'POST', headers: all, body: JSON.stringify(body) }),
  )
  const text = await answer.text()
  const cookie = answer.headers.getSetCookie().find((one) => one.includes('doorward-refresh='))
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text), cookie: cookie ?? null }
}

const signIn = (doorward: TestDoorward, user: SignedInUser, headers = {}): Promise<Answer> =>
  post(doorward, 'create', { ...user, token_delivery: 'cookie' }, headers)

/** What a browser sends back of a cookie. */
const held = ({ cookie }: Answer) => ({ cookie: cookie?.split(';', 1)[0] ?? '' })

describe('the refresh cookie | delivery', () => {
  it('keeps the refresh token from scripts: it stands in the cookie alone, for the refresh path alone', async () => {
    const doorward = await start(https)
    const answer = await signIn(doorward, await doorward.signedUpUser())
    expect(Object.keys(answer.body)).toEqual(['access'])
    expect(answer.cookie).toMatch(
      /^__Secure-doorward-refresh=[\w.-]+; Max-Age=1209600; Path=\/auth\/jwt\/; HttpOnly; Secure; SameSite=Strict$/,
    )
  })

  it('over plain http, in development, it is neither Secure nor named so', async () => {
    const doorward = await start()
    const { cookie } = await signIn(doorward, await doorward.signedUpUser())
    expect(cookie).toMatch(
      /^doorward-refresh=[\w.-]+; Max-Age=\d+; Path=\/auth\/jwt\/; HttpOnly; SameSite=Strict$/,
    )
  })

  it('SameSite follows the setting, and None is Secure whatever else holds', async () => {
    const doorward = await start({ sessions: { cookieSameSite: 'None' } })
    const { cookie } = await signIn(doorward, await doorward.signedUpUser())
    expect(cookie).toMatch(/; HttpOnly; Secure; SameSite=None$/)
  })

  it('each refresh puts the successor into the cookie, and the parent gives it again within the window', async () => {
    const doorward = await start(https)
    const first = await signIn(doorward, await doorward.signedUpUser())
    const second = await post(doorward, 'refresh', {}, held(first))
    expect([second.status, Object.keys(second.body)]).toEqual([200, ['access']])
    expect(second.cookie).not.toBe(first.cookie)
    expect((await post(doorward, 'refresh', {}, held(first))).cookie).toBe(second.cookie)
  })

  it('native apps keep the body form; with both in one request the body counts', async () => {
    const doorward = await start(https)
    const user = await doorward.signedUpUser()
    const browser = await signIn(doorward, await doorward.signedUpUser())
    const both = await post(doorward, 'refresh', { refresh: user.refresh }, held(browser))
    expect(Object.keys(both.body).sort()).toEqual(['access', 'refresh'])
    expect(both.cookie).toBeNull()
    expect((await post(doorward, 'refresh', {}, held(browser))).status).toBe(200)
  })

  it('does not exist where it is switched off', async () => {
    const doorward = await start({ sessions: { cookieDelivery: false } })
    const answer = await signIn(doorward, await doorward.signedUpUser())
    expect(Object.keys(answer.body).sort()).toEqual(['access', 'refresh'])
    expect(answer.cookie).toBeNull()
    const cookie = { cookie: `doorward-refresh=${answer.body.refresh}` }
    expect((await post(doorward, 'refresh', {}, cookie)).status).toBe(400)
  })
})

describe('the refresh cookie | requests that another site sends', () => {
  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that only looks like ours', { origin: 'https://shop.example.evil.example' }],
    ['our host over plain http', { origin: 'http://shop.example' }],
    ['another port of our host', { origin: 'https://shop.example:8443' }],
    ['an opaque origin', { origin: 'null' }],
    ['no origin, and the browser says where it comes from', { 'sec-fetch-site': 'cross-site' }],
  ])('%s: neither sign-in nor refresh nor sign-out happens', async (_, from) => {
    const doorward = await start(https)
    const user = await doorward.signedUpUser()
    const session = await signIn(doorward, user)
    expect((await signIn(doorward, user, from)).status).toBe(403)
    expect((await post(doorward, 'refresh', {}, { ...held(session), ...from })).status).toBe(403)
    expect((await post(doorward, 'logout', {}, { ...held(session), ...from })).status).toBe(403)
    // and nothing was spent on the way
    const refreshed = await post(doorward, 'refresh', {}, held(session))
    doorward.clock.advance(60)
    expect((await post(doorward, 'refresh', {}, held(refreshed))).status).toBe(200)
  })

  it.each([
    ['the front end', { origin: SHOP }],
    ["the server's own pages", { origin: 'https://accounts.example' }],
    ['a listed origin', { origin: 'https://admin.example', 'sec-fetch-site': 'cross-site' }],
    ['no browser at all', {}],
  ])('%s may', async (_, from) => {
    const doorward = await start(https)
    const session = await signIn(doorward, await doorward.signedUpUser(), from)
    expect(session.status).toBe(200)
    expect((await post(doorward, 'refresh', {}, { ...held(session), ...from })).status).toBe(200)
  })
})

describe('the refresh cookie | its end', () => {
  it('signing out ends the session and takes the cookie away', async () => {
    const doorward = await start(https)
    const session = await signIn(doorward, await doorward.signedUpUser())
    const out = await post(doorward, 'logout', {}, held(session))
    expect(out.status).toBe(204)
    expect(out.cookie).toMatch(
      /^__Secure-doorward-refresh=; Max-Age=0; Path=\/auth\/jwt\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    expect((await post(doorward, 'refresh', {}, held(session))).body.code).toBe('session_ended')
  })

  it('a refused refresh leaves it alone: the loser of a race must not sign the winner out', async () => {
    const doorward = await start(https)
    const session = await signIn(doorward, await doorward.signedUpUser())
    for (const cookie of ['__Secure-doorward-refresh=nonsense', `${held(session).cookie}x`]) {
      const refused = await post(doorward, 'refresh', {}, { cookie })
      expect([refused.status, refused.cookie]).toEqual([401, null])
    }
    expect((await post(doorward, 'refresh', {}, held(session))).status).toBe(200)
  })
})
