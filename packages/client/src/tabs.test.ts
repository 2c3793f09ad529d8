/** The client in a real browser, with several tabs: who signs in or out, who refreshes, and what happens offline. */
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../test/browser.ts'
import { bundle } from '../../../test/bundle.ts'
import { type Listening, listen, type ServedDoorward, serveDoorward } from '../../../test/serve.ts'
import type { DoorwardClient } from './create-client.ts'

declare const client: DoorwardClient

let browser: Browser
let context: BrowserContext
let pages: Listening
let doorward: ServedDoorward

const html = (storage: string) => `<!doctype html><title>Front end</title><script type="module">
import { createClient } from '/client.js'
window.create = () => createClient({ baseUrl: '${doorward.url}/auth', storage: '${storage}' })
window.client = window.create()
</script>`

beforeAll(async () => {
  const code = await bundle(join(import.meta.dirname, 'index.ts'))
  pages = await listen((request) => {
    const { pathname } = new URL(request.url)
    const isCode = pathname === '/client.js'
    const type = isCode ? 'text/javascript' : 'text/html'
    return new Response(isCode ? code : html(pathname.slice(1)), { headers: { 'content-type': type } })
  })
  doorward = await serveDoorward({}, pages.url)
  // Playwright switches the back/forward cache off; people have it
  browser = await launchBrowser([], ['--disable-back-forward-cache'])
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await pages?.close()
  await doorward?.close()
})

beforeEach(async () => {
  context = await browser.newContext()
  doorward.requests.length = 0
  doorward.intercept = null
})
afterEach(() => context.close())

async function openTab(storage: 'local' | 'cookie' = 'local', prepare?: () => void): Promise<Page> {
  const page = await context.newPage()
  if (prepare) await page.addInitScript(prepare)
  await page.goto(`${pages.url}/${storage}`)
  await page.waitForFunction(() => client.getState().status !== 'loading')
  return page
}

async function newPerson() {
  const { email, password } = await doorward.register()
  await doorward.activate(email)
  return { email, password }
}

const signIn = async (page: Page, person?: { email: string; password: string }) =>
  page.evaluate((credentials) => client.signIn(credentials), person ?? (await newPerson()))
const stateOf = (page: Page) => page.evaluate(() => client.getState())
const becomes = (page: Page, status: string) =>
  page.waitForFunction((wanted) => client.getState().status === wanted, status)
const me = (page: Page) => page.evaluate(() => client.me())
const refreshes = () => doorward.requests.filter((one) => one === 'POST /auth/jwt/refresh/').length
const later = () => doorward.clock.advance(6 * 60)

describe.each(['local', 'cookie'] as const)('tabs with storage %s', (storage) => {
  it('signing in and out in one tab does so in the other', async () => {
    const [here, there] = [await openTab(storage), await openTab(storage)]
    const { email } = await signIn(here)
    await becomes(there, 'signedIn')
    expect((await stateOf(there)).user?.email).toBe(email)
    await here.evaluate(() => client.signOut())
    await becomes(there, 'signedOut')
  })

  it('a reload keeps the session', async () => {
    const page = await openTab(storage)
    const { email } = await signIn(page)
    await page.reload()
    expect(await page.evaluate(() => client.getUser())).toMatchObject({ email })
  })

  it('two tabs that refresh at once both go on', async () => {
    const here = await openTab(storage)
    await signIn(here)
    const there = await openTab(storage)
    later()
    doorward.requests.length = 0
    const answers = await Promise.all([me(here), me(there), me(here), me(there)])
    expect(new Set(answers.map(({ email }) => email)).size).toBe(1)
    // at most one for each tab; in localStorage the other's tokens are found, if the browser shows them in time
    expect([1, 2]).toContain(refreshes())
    expect((await stateOf(here)).status).toBe('signedIn')
    expect((await stateOf(there)).status).toBe('signedIn')
  })

  it('somebody else who signs in replaces the first everywhere', async () => {
    const [here, there] = [await openTab(storage), await openTab(storage)]
    await signIn(here)
    await becomes(there, 'signedIn')
    const { email } = await signIn(there)
    await here.waitForFunction((wanted) => client.getState().user?.email === wanted, email)
    expect((await me(here)).email).toBe(email)
  })

  it('offline nobody is signed out, and afterwards everything goes on', async () => {
    const page = await openTab(storage)
    await signIn(page)
    later()
    await context.setOffline(true)
    expect(await page.evaluate(() => client.me().catch(({ code }) => code))).toBe('network_error')
    expect((await stateOf(page)).status).toBe('signedIn')
    await context.setOffline(false)
    expect((await me(page)).first_name).toBe('Maya')
  })

  it('who starts offline is known as soon as the network is back', async () => {
    const page = await openTab(storage)
    const { email } = await signIn(page)
    await context.setOffline(true)
    await page.evaluate(() => Object.assign(window, { client: (window as never as Creating).create() }))
    await becomes(page, 'signedIn')
    expect((await stateOf(page)).user).toBeNull()
    await context.setOffline(false)
    await page.waitForFunction((wanted) => client.getState().user?.email === wanted, email)
  })

  it('a page that comes back by the back button does not show who has signed out', async () => {
    const page = await openTab(storage)
    await signIn(page)
    await page.evaluate(() =>
      addEventListener('pageshow', (e) => Object.assign(window, { was: e.persisted })),
    )
    await page.goto(`${pages.url}/${storage}?elsewhere`)
    await page.waitForFunction(() => client.getState().status === 'signedIn')
    await page.evaluate(() => client.signOut())
    await page.goBack()
    await becomes(page, 'signedOut')
  })

  it('a tab that holds the lock and hangs keeps nobody waiting for ever', async () => {
    const here = await openTab(storage)
    await signIn(here)
    const hanging = await openTab(storage)
    const lock = `doorward:${doorward.url}/auth/`
    await hanging.evaluate((name) => void navigator.locks.request(name, () => new Promise(() => {})), lock)
    later()
    expect((await me(here)).first_name).toBe('Maya')
  })

  it('without Web Locks and BroadcastChannel it works all the same', async () => {
    const page = await openTab(storage, () => {
      Object.defineProperty(navigator, 'locks', { value: undefined })
      Object.assign(window, { BroadcastChannel: undefined })
    })
    await signIn(page)
    later()
    expect((await me(page)).first_name).toBe('Maya')
  })

  it('where storage and channels are forbidden the session lives as long as the page', async () => {
    // as Firefox does without cookies
    const page = await openTab(storage, () => {
      const refuse = () => {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      }
      Object.defineProperty(window, 'localStorage', { get: refuse })
      Object.assign(window, { BroadcastChannel: refuse })
      Object.defineProperty(navigator.locks, 'request', { value: async () => refuse() })
    })
    await signIn(page)
    later()
    expect((await me(page)).first_name).toBe('Maya')
  })
})

type Creating = { create(): DoorwardClient }

/** Leaves no room for a single letter more. Nearly all of it in one go, for each change travels to the other tabs. */
function fillStorage() {
  localStorage.setItem('ballast', 'x'.repeat(5_000_000))
  let rest = ''
  for (let size = 2 ** 17; size >= 1; size /= 2) {
    try {
      localStorage.setItem('ballast, the rest', rest + 'x'.repeat(size))
      rest += 'x'.repeat(size)
    } catch {}
  }
}

/** On a device whose clock is far off longer numbers are kept: the next tokens do not fit where the first ones are. */
function moveClock() {
  Date.now = () => 0
}

function countNews(name: string) {
  const hearing = Object.assign(window, { heard: 0 })
  new BroadcastChannel(name).onmessage = () => {
    hearing.heard += 1
  }
}

function forbidStorage() {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError')
  }
  Object.assign(Storage.prototype, { getItem: refuse, setItem: refuse, removeItem: refuse })
}

type Hearing = { heard: number }

/** What one tab wrote may be long on its way to another one. */
const PATIENCE = { timeout: 15_000 }

describe('tabs | a localStorage that takes nothing any more', () => {
  let here: Page
  let there: Page
  let email: string
  let told: number

  beforeEach(async () => {
    here = await openTab()
    there = await openTab()
    ;({ email } = await signIn(here))
    await becomes(there, 'signedIn')
    told = 0
    for (const page of [here, there]) await page.evaluate(countNews, `doorward:${doorward.url}/auth/`)
  })

  const kept = (page: Page) =>
    page.evaluate(() =>
      JSON.stringify(Object.entries(localStorage).filter(([key]) => !key.startsWith('ballast'))),
    )
  const renew = async (page: Page) => {
    later()
    doorward.requests.length = 0
    expect((await me(page)).first_name).toBe('Maya')
    expect(refreshes()).toBe(1)
  }
  /** In turns that are minutes long, by the server's clock: tabs have heard of each other in between. */
  const renewAndTell = async (...turns: readonly Page[]) => {
    for (const page of turns) {
      await renew(page)
      told += 1
      for (const tab of [here, there])
        await tab.waitForFunction((count) => (window as never as Hearing).heard >= count, told)
    }
  }

  it('because it is full, signs no tab out: tabs tell each other, and write again when there is room', async () => {
    await here.evaluate(fillStorage)
    for (const page of [here, there]) await page.evaluate(moveClock)
    await renewAndTell(here)
    for (const page of [here, there]) await expect.poll(() => kept(page), PATIENCE).not.toContain('eyJ')
    await renewAndTell(there, here, here, there)
    const late = await openTab('local', moveClock)
    expect((await stateOf(late)).status).toBe('signedOut')

    await here.evaluate(() => localStorage.removeItem('ballast'))
    await there.waitForFunction(() => localStorage.getItem('ballast') === null)
    await renew(there)
    await becomes(late, 'signedIn')
    await expect.poll(() => kept(here), PATIENCE).toBe(await kept(there))
    await renew(here)
    expect(await kept(here)).toContain('eyJ')
    await expect.poll(() => kept(there), PATIENCE).toBe(await kept(here))
    await there.reload()
    expect(await there.evaluate(() => client.getUser())).toMatchObject({ email })
    await here.evaluate(() => client.signOut())
    for (const page of [there, late]) await becomes(page, 'signedOut')
  })

  it('because it was forbidden meanwhile, signs no tab out, and signing out is told all the same', async () => {
    for (const page of [here, there]) await page.evaluate(forbidStorage)
    await renewAndTell(here, there, here, here, there)
    expect((await stateOf(here)).status).toBe('signedIn')
    await here.evaluate(() => client.signOut())
    await becomes(there, 'signedOut')
  })
})

describe('tabs | the cookie', () => {
  it('no script sees the refresh token, and nothing of the access token is kept', async () => {
    const page = await openTab('cookie')
    await signIn(page)
    const seen = await page.evaluate(() => [document.cookie, JSON.stringify({ ...localStorage })].join())
    expect(seen).not.toMatch(/eyJ/)
    expect(seen).toContain('doorward:')
    const cookies = await context.cookies(`${doorward.url}/auth/jwt/refresh/`)
    expect(cookies.map(({ name }) => name).sort()).toEqual(['doorward-device', 'doorward-refresh'])
    for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  })

  it('a cookie that is gone is a session that has ended', async () => {
    const page = await openTab('cookie')
    await signIn(page)
    await context.clearCookies()
    later()
    await page.evaluate(() => client.me().catch(() => {}))
    await becomes(page, 'signedOut')
  })

  it('a refresh on its way does not put the one before over somebody else who signs in', async () => {
    const [here, there] = [await openTab('cookie'), await openTab('cookie')]
    await signIn(here)
    await becomes(there, 'signedIn')
    later()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    doorward.intercept = async (request) => {
      if (request.method !== 'POST' || !request.url.includes('/jwt/refresh/')) return null
      doorward.intercept = null
      const answer = await doorward.fetch(request)
      await held
      return answer
    }
    const late = here.evaluate(() => client.me().catch(({ code }) => code))
    await expect.poll(refreshes).toBe(1)
    const person = await newPerson()
    const second = signIn(there, person)
    await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 500))])
    release()
    await Promise.all([late, second])
    later()
    expect((await me(there)).email).toBe(person.email)
    expect((await me(here)).email).toBe(person.email)
  })

  it('nobody signed in: no request is made to find that out', async () => {
    await openTab('cookie')
    expect(doorward.requests).toEqual([])
  })
})
