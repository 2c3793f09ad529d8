import type { Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { fillRegistration, fillSignIn, heading, passwordField, press, signIn } from './pages.ts'
import type { Stage } from './stage.ts'
import { openStage } from './stage.ts'

let stage: Stage
let page: Page
let count = 0
/** Everybody in these tests has an address of their own. */
const newAddress = () => `person-${++count}@example.com`

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
afterEach(() => page.context().close())

/** Counts requests to the API, and lets them pass after `before`. */
async function countRequests(to: Page, path: string, before = async () => {}): Promise<{ count: number }> {
  const seen = { count: 0 }
  await to.context().route(`**/auth/${path}`, async (route: Route) => {
    seen.count += 1
    await before()
    await route.continue()
  })
  return seen
}

async function registered(): Promise<{ email: string; link: string }> {
  const email = newAddress()
  page = await stage.visitor()
  await page.goto('/register')
  await fillRegistration(page, email)
  await press(page, 'Create account')
  await heading(page, 'Check your mail').waitFor()
  return { email, link: await stage.mailedLink(email) }
}

describe('the pages | links that are no longer good', () => {
  it('an expired link says so, and offers another that works', async () => {
    const { email, link } = await registered()
    stage.advance(4 * 86_400)
    await page.goto(link)
    await press(page, 'Activate')
    await heading(page, 'This link has ended').waitFor()
    await page.getByLabel('Email').fill(email)
    await press(page, 'Send the link')
    await heading(page, 'Check your mail').waitFor()
    await page.goto(await stage.mailedLink(email, 2))
    await press(page, 'Activate')
    await heading(page, 'Your account is active').waitFor()
  })

  it('a link that was used says that the account is active, and leads to the sign-in', async () => {
    const { email, link } = await registered()
    await page.goto(link)
    await press(page, 'Activate')
    await heading(page, 'Your account is active').waitFor()
    await page.goto(link)
    await press(page, 'Activate')
    await heading(page, 'Already active').waitFor()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await fillSignIn(page, email)
    await heading(page, 'Profile').waitFor()
  })

  it('a reset link works once', async () => {
    const email = newAddress()
    await stage.person(email)
    page = await stage.visitor()
    await page.goto('/password/reset')
    await page.getByLabel('Email').fill(email)
    await press(page, 'Send the link')
    await heading(page, 'Check your mail').waitFor()
    const link = await stage.mailedLink(email, 2)
    await page.goto(link)
    await passwordField(page, 'New password').fill('Carousel-Horse-9137')
    await press(page, 'Set the password')
    await heading(page, 'The new password is set').waitFor()
    await page.goto(link)
    await passwordField(page, 'New password').fill('Another-Horse-9137')
    await press(page, 'Set the password')
    await heading(page, 'This link has ended').waitFor()
  })

  it('a link that was cut off asks for the whole of it', async () => {
    page = await stage.visitor()
    await page.goto('/activate')
    await heading(page, 'This link is not complete').waitFor()
  })

  it('the token is in no address and no history, and a reload does not bring it back', async () => {
    const { link } = await registered()
    const token = link.split('/').at(-1) ?? ''
    await page.goto(link)
    await heading(page, 'Activate your account').waitFor()
    expect(page.url()).not.toContain(token)
    await page.reload()
    await heading(page, 'This link is not complete').waitFor()
    await page.goBack()
    expect(page.url()).not.toContain(token)
  })
})

describe('the pages | impatience', () => {
  it('a double click registers once', async () => {
    page = await stage.visitor()
    const email = newAddress()
    let answer = () => {}
    const waiting = new Promise<void>((resolve) => {
      answer = resolve
    })
    const posts = await countRequests(page, 'users/', () => waiting)
    await page.goto('/register')
    await fillRegistration(page, email)
    const button = page.getByRole('button', { name: 'Create account' })
    await button.dblclick()
    await page.keyboard.press('Enter')
    expect(await button.getAttribute('aria-busy')).toBe('true')
    answer()
    await heading(page, 'Check your mail').waitFor()
    expect(posts.count).toBe(1)
  })

  it('a slow network shows that something happens, keeps what was typed, and ends well', async () => {
    const email = newAddress()
    await stage.person(email)
    page = await stage.visitor()
    await page.goto('/sign-in')
    let answer = () => {}
    const waiting = new Promise<void>((resolve) => {
      answer = resolve
    })
    await countRequests(page, 'jwt/create/', () => waiting)
    await fillSignIn(page, email)
    await page.locator('.button--busy .spinner').waitFor()
    expect(await page.getByLabel('Email').inputValue()).toBe(email)
    answer()
    await heading(page, 'Profile').waitFor()
  })

  it('the back button leads back to the form, with what was typed, and never sends it again', async () => {
    page = await stage.visitor()
    const email = newAddress()
    const posts = await countRequests(page, 'users/')
    await page.goto('/register')
    await fillRegistration(page, email)
    await press(page, 'Create account')
    await heading(page, 'Check your mail').waitFor()
    await page.goBack()
    const expectTyped = async () => {
      await heading(page, 'Create your account').waitFor()
      expect(await page.getByLabel('First name').inputValue()).toBe('Tina')
      expect(await page.getByLabel('Role').inputValue()).toBe('buyer')
      expect(await page.getByLabel('Email').inputValue()).toBe(email)
      expect(await passwordField(page).inputValue()).toBe('')
    }
    await expectTyped()
    await page.goForward()
    await heading(page, 'Check your mail').waitFor()
    expect(await page.getByRole('main').innerText()).toContain(email)
    await page.getByRole('link', { name: 'Use another address' }).click()
    await expectTyped()
    expect(posts.count).toBe(1)
  })

  it('nobody writes the address twice: it goes along to the page that helps', async () => {
    page = await stage.visitor()
    const email = newAddress()
    const help: readonly (readonly [string, string])[] = [
      ['Forgot your password?', 'Forgot your password?'],
      ['Nothing came by mail? Have the activation link sent again.', 'Send the activation link again'],
      ['Create one', 'Create your account'],
    ]
    for (const [link, title] of help) {
      await page.goto('/sign-in')
      await fillSignIn(page, email)
      await page.getByRole('alert').waitFor()
      await page.getByRole('link', { name: link }).click()
      await heading(page, title).waitFor()
      expect(await page.getByLabel('Email').inputValue()).toBe(email)
    }
  })

  it('a mail can be sent again after a minute, and not before', async () => {
    page = await stage.visitor()
    await page.clock.install()
    const email = newAddress()
    const posts = await countRequests(page, 'users/resend_activation/')
    await page.goto('/register')
    await fillRegistration(page, email)
    await press(page, 'Create account')
    await heading(page, 'Check your mail').waitFor()
    await page.getByRole('button', { name: /^Send again in \d+ s$/ }).click({ force: true })
    expect(posts.count).toBe(0)
    await page.clock.runFor(61_000)
    await press(page, 'Send it again')
    await page.getByText('Sent. It may take a minute.').waitFor()
    expect(posts.count).toBe(1)
    expect(await stage.mailedLink(email, 2)).toContain('/activate/')
  })
})

describe('the pages | the network', () => {
  it('shows a frame before the program is there', async () => {
    page = await stage.visitor()
    await page.route('**/portal/*.js', (route) => route.abort())
    await page.goto('/sign-in')
    await page.locator('.card .skeleton').waitFor()
    expect(await page.locator('.card').boundingBox()).toMatchObject({ width: 440 })
  })

  it('what went wrong is in sight on a phone, however long the form', async () => {
    page = await stage.visitor({ viewport: { width: 360, height: 740 } })
    await page.goto('/register')
    await fillRegistration(page, newAddress())
    await page.route('**/auth/users/', (route) => route.abort())
    await press(page, 'Create account')
    const alert = page.getByRole('alert')
    await alert.getByText('The server could not be reached').waitFor()
    const box = await alert.boundingBox()
    expect(box?.y).toBeGreaterThanOrEqual(0)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(740)
  })

  it('offline, a form says so and keeps what was typed; back again, it is sent', async () => {
    const email = newAddress()
    await stage.person(email)
    page = await stage.visitor()
    await page.goto('/sign-in')
    await page.context().setOffline(true)
    await page.getByText('You are offline.').waitFor()
    await fillSignIn(page, email)
    await page.getByRole('alert').getByText('The server could not be reached').waitFor()
    expect(await page.getByLabel('Email').inputValue()).toBe(email)
    await page.context().setOffline(false)
    await page.getByText('You are offline.').waitFor({ state: 'detached' })
    await press(page, 'Sign in')
    await heading(page, 'Profile').waitFor()
  })

  it('a refusal by what stands before the server is told in the language of the page', async () => {
    page = await stage.visitor({ locale: 'de-DE' })
    await page.goto('/password/reset')
    await page.route('**/auth/users/reset_password/', (route) =>
      route.fulfill({ status: 429, contentType: 'text/html', body: '<h1>Too Many Requests</h1>' }),
    )
    await page.getByRole('main').getByRole('textbox').fill(newAddress())
    await page.getByRole('main').getByRole('textbox').press('Enter')
    const said = await page.getByRole('alert').innerText()
    expect(said).toContain('Auf dem Server')
  })

  it('offline for a while, nobody is signed out', async () => {
    const email = newAddress()
    await stage.person(email)
    page = await stage.visitor()
    await signIn(page, email)
    await page.context().setOffline(true)
    await page.getByRole('link', { name: 'Devices' }).click()
    await page.getByText('The server could not be reached').waitFor()
    await page.context().setOffline(false)
    await page.getByText('This device').waitFor()
  })
})

describe('the pages | what is gone already', () => {
  it('a device that signed out itself leaves the list, and the list keeps the focus', async () => {
    const email = newAddress()
    await stage.person(email)
    const other = await stage.visitor()
    await signIn(other, email)
    page = await stage.visitor()
    await signIn(page, email)
    await page.goto('/account/devices')
    const end = page.getByRole('button', { name: /^Sign out (?!all)./ })
    await end.waitFor()
    await press(other, 'Sign out')
    await heading(other, 'Welcome back').waitFor()
    await other.context().close()
    await end.press('Enter')
    await page.locator('.notice--good').waitFor()
    await page.getByText('You are signed in nowhere else.').waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('UL')
  })
})

describe('the pages | another language', () => {
  it('takes what a form said about its faults away, and says it when the form is sent again', async () => {
    page = await stage.visitor()
    await page.goto('/register')
    await fillRegistration(page, newAddress())
    await passwordField(page).fill('administrator')
    await press(page, 'Create account')
    await page.getByText('This password is too common.').waitFor()
    await page.locator('.top select').selectOption('de')
    await heading(page, 'Konto anlegen').waitFor()
    expect(await page.locator('.fault, .notice').count()).toBe(0)
    await press(page, 'Konto anlegen')
    await page.getByText('Dieses Passwort verwenden zu viele.').waitFor()
  })

  it('takes away what was said outside of forms, and what could not be loaded is asked for again', async () => {
    const speak = (language: string) => page.locator('.top select').selectOption(language)
    const email = newAddress()
    await stage.person(email)
    await stage.promote(email)
    const other = await stage.visitor()
    await signIn(other, email)
    const third = await stage.visitor()
    await signIn(third, email)
    page = await stage.visitor()
    await signIn(page, email)
    await page.goto('/account/devices')
    const end = page.getByRole('button', { name: /^Sign out (?!all)./ })
    await end.nth(1).waitFor()
    await end.first().click()
    await page.locator('.notice--good').waitFor()
    await speak('de')
    await heading(page, 'Geräte').waitFor()
    expect(await page.locator('.notice').count()).toBe(0)

    const staff = page
    const { email: pending, link } = await registered()
    const user = await stage.doorward.store.users.byEmail(pending)
    await staff.locator('.top select').selectOption('en')
    await staff.goto(`/admin/people/${user?.id}`)
    const resend = staff.getByRole('button', { name: 'Mail the activation link again' })
    await resend.waitFor()
    await page.goto(link)
    await press(page, 'Activate')
    await heading(page, 'Your account is active').waitFor()
    await page.context().close()
    page = staff
    await resend.click()
    await page.getByRole('alert').waitFor()
    await speak('de')
    await page.getByRole('heading', { name: 'Geräte' }).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)

    await speak('en')
    await page.goto('/admin/people/987654')
    await page.getByRole('alert').getByText('Not found.').waitFor()
    await speak('de')
    await page.getByRole('alert').getByText('Nicht gefunden.').waitFor()
    await Promise.all([other, third].map((one) => one.context().close()))
  })
})

describe('the pages | two tabs', () => {
  it('that refresh at once stay signed in, both of them', async () => {
    const email = newAddress()
    await stage.person(email)
    page = await stage.visitor()
    await signIn(page, email)
    const other = await stage.tab(page.context())
    await other.goto('/account')
    await heading(other, 'Profile').waitFor()
    for (let round = 0; round < 3; round++) {
      await Promise.all([page.reload(), other.reload()])
      await heading(page, 'Profile').waitFor()
      await heading(other, 'Profile').waitFor()
    }
    const user = await stage.doorward.store.users.byEmail(email)
    expect(await stage.doorward.store.sessions.listOf(user?.id ?? 0, Date.now())).toHaveLength(1)
  })

  it('sign out together, and one that signs in lets the other in', async () => {
    const email = newAddress()
    await stage.person(email)
    page = await stage.visitor()
    await signIn(page, email)
    const other = await stage.tab(page.context())
    await other.goto('/account')
    await heading(other, 'Profile').waitFor()
    await press(page, 'Sign out')
    await heading(other, 'Welcome back').waitFor()
    await fillSignIn(page, email)
    await heading(page, 'Profile').waitFor()
    await heading(other, 'Profile').waitFor()
  })
})

describe('the pages | a tab that slept while somebody else signed in', () => {
  it('holds nothing of the person before', async () => {
    const [before, after] = [newAddress(), newAddress()]
    await Promise.all([stage.person(before), stage.person(after)])
    page = await stage.visitor()
    await signIn(page, before)
    await page.getByLabel('First name').fill('Marianne')
    const other = await stage.tab(page.context())
    await other.goto('/account')
    const debug = await page.context().newCDPSession(page)
    await debug.send('Debugger.enable')
    await debug.send('Debugger.pause')
    await press(other, 'Sign out')
    await fillSignIn(other, after)
    await heading(other, 'Profile').waitFor()
    const told = page.waitForResponse('**/auth/users/me/')
    await debug.send('Debugger.resume')
    expect(await (await told).json()).toMatchObject({ email: after })
    await expect.poll(() => page.getByLabel('First name').inputValue()).toBe('Maya')
  })
})

describe('the pages | where a sign-in leads to', () => {
  it('back to the page that asked for it', async () => {
    const email = newAddress()
    await stage.person(email)
    page = await stage.visitor()
    await page.goto('/account/devices')
    await heading(page, 'Welcome back').waitFor()
    await fillSignIn(page, email)
    await heading(page, 'Devices').waitFor()
  })

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    'javascript:alert(1)',
    '/%2f%2fevil.example',
  ])('never to %j', async (next) => {
    const email = newAddress()
    await stage.person(email)
    page = await stage.visitor()
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
    await fillSignIn(page, email)
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    expect(new URL(page.url()).origin).toBe(stage.url)
  })
})
