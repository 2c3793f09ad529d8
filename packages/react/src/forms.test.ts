/** The forms in a real browser, over a real server, in Strict Mode: the story, what goes wrong, and who cannot see. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../test/browser.ts'
import { axeFindings, servePages } from '../../../test/pages.ts'
import { type Listening, type ServedDoorward, serveDoorward } from '../../../test/serve.ts'

let browser: Browser
let context: BrowserContext
let page: Page
let pages: Listening
let doorward: ServedDoorward

const PASSWORD = 'Kiddie-Ride-4821'

beforeAll(async () => {
  const root = join(import.meta.dirname, '..')
  const style = readFileSync(join(root, 'theme.css'), 'utf8')
  pages = await servePages(join(root, 'fixture/main.tsx'), style)
  const fields = {
    employees: { type: 'integer' },
    newsletter: { type: 'boolean' },
    founded: { type: 'date' },
  } as const
  doorward = await serveDoorward({ config: { users: { fields } } }, pages.url)
  browser = await launchBrowser()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await pages?.close()
  await doorward?.close()
})

beforeEach(async () => {
  doorward.requests.length = 0
  doorward.intercept = null
  context = await browser.newContext()
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
})
afterEach(() => context.close())

const open = (path: string, query: Record<string, string> = {}) =>
  page.goto(`${pages.url}${path}?${new URLSearchParams({ api: `${doorward.url}/auth`, ...query })}`)
const fill = (label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value)
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const status = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor()
const alert = (text: string | RegExp) => page.getByRole('alert').filter({ hasText: text }).waitFor()
const focused = () => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name ?? null)
const count = (request: string) => doorward.requests.filter((one) => one === request).length

async function newPerson(profile: Record<string, string> = {}) {
  const { email, password } = await doorward.register(profile)
  await doorward.activate(email)
  return { email, password }
}

async function signedIn(profile: Record<string, string> = {}) {
  const person = await newPerson(profile)
  await open('/account')
  await fill('E-mail address', person.email)
  await fill('Password', person.password)
  await press('Sign in')
  await page.getByRole('heading', { name: person.email }).waitFor()
  return person
}

describe('the forms | the story', () => {
  it('registers, says where to look, and sends the mail again after a pause', async () => {
    await page.clock.install()
    await open('/register')
    await fill('First name', 'Maya')
    await fill('Last name', 'Santoso')
    await fill('E-mail address', 'maya@example.com')
    await fill('Password', PASSWORD)
    await page.getByText(`${PASSWORD.length} characters`).waitFor()
    await press('Create account')
    await status('We have sent a mail to maya@example.com')
    const resend = page.getByRole('button', { name: /Send the mail again/ })
    await resend.click({ force: true })
    expect(await doorward.mails('maya@example.com')).toHaveLength(1)
    await page.clock.runFor(31_000)
    await page.getByRole('button', { name: 'Send the mail again', exact: true }).click()
    await page.getByText('The mail is on its way again.').waitFor()
    expect(await doorward.mails('maya@example.com')).toHaveLength(2)
  })

  it('activates by a button and not by opening the link; a second time it says that it is active', async () => {
    const { email } = await doorward.register()
    const link = await doorward.lastLink(email, 'activation')
    await open('/activate', { ...link })
    await page.getByRole('button', { name: 'Activate account' }).waitFor()
    expect(doorward.requests).toEqual([])
    await press('Activate account')
    await status('Your account is active.')
    await open('/activate', { ...link })
    await press('Activate account')
    await status('This account is active already.')
  })

  it('signs in; a wrong password is said aloud', async () => {
    const { email, password } = await newPerson()
    await open('/sign-in')
    await fill('E-mail address', email)
    await fill('Password', 'wrong')
    await press('Sign in')
    await alert('The e-mail address or the password is wrong')
    await fill('Password', password)
    await press('Sign in')
    await status(`You are signed in as ${email}.`)
  })

  it('forgets and resets; the link works once', async () => {
    const { email } = await newPerson()
    await open('/forgot')
    await fill('E-mail address', email)
    await press('Send me a link')
    await status(`If ${email} has an account`)
    const link = await doorward.lastLink(email, 'password_reset')
    await open('/reset', { ...link })
    await fill('New password', 'Brave-Horse-1177')
    await press('Set the new password')
    await status('The new password is set.')
    await open('/reset', { ...link })
    await fill('New password', 'Brave-Horse-1178')
    await press('Set the new password')
    await alert('This link was used before, or is too old.')
  })

  it('changes the address by mailed links, and takes it back', async () => {
    const { email } = await newPerson()
    await context.request.post(`${doorward.url}/auth/users/reset_email/`, { data: { email } })
    await open('/reset-email', { ...(await doorward.lastLink(email, 'email_reset')) })
    await fill('New e-mail address', `2-${email}`)
    await press('Change e-mail address')
    await status(`We have sent a mail to 2-${email}.`)
    await open('/confirm-email', { ...(await doorward.lastLink(`2-${email}`, 'email_change')) })
    await press('Confirm the address')
    await status('The new address is confirmed.')
    await open('/undo-email', { ...(await doorward.lastLink(email, 'email_undo')) })
    await press('Take the change back')
    await status('The old address is back')
  })
})

describe('the forms | somebody else signs in in another tab', () => {
  it('no form holds anything of the person before', async () => {
    await signedIn({ first_name: 'Maya' })
    await fill('First name', 'Marianne')
    const { email, password } = await newPerson({ first_name: 'Tina' })
    const here = page
    page = await context.newPage()
    await open('/sign-in')
    await fill('E-mail address', email)
    await fill('Password', password)
    await press('Sign in')
    await here.getByRole('heading', { name: email }).waitFor()
    expect(await here.getByLabel('First name', { exact: true }).inputValue()).toBe('Tina')
  })
})

describe('the forms | the account', () => {
  it('changes profile, password and address', async () => {
    const { email, password } = await signedIn()
    await fill('First name', 'Maria')
    await press('Save')
    await status('Saved.')
    const change = page.locator('form', { hasText: 'Change password' })
    await change.getByLabel('Current password').fill(password)
    await change.getByLabel('New password', { exact: true }).fill('Brave-Horse-1177')
    await change.getByLabel('New password, once more').fill('Brave-Horse-1178')
    await press('Change password')
    await change.getByText('The two passwords are not the same.').waitFor()
    await change.getByLabel('New password, once more').fill('Brave-Horse-1177')
    await press('Change password')
    await status('Your password is changed.')
    expect(await change.getByLabel('Current password').inputValue()).toBe('')
    const address = page.locator('form', { hasText: 'Change e-mail address' })
    await address.getByLabel('New e-mail address').fill(`new-${email}`)
    await address.getByLabel('Current password').fill('Brave-Horse-1177')
    await press('Change e-mail address')
    await status(`We have sent a mail to new-${email}.`)
    expect(await address.getByLabel('Current password').inputValue()).toBe('')
  })

  it('lists the devices, ends one and all others', async () => {
    const person = await signedIn()
    for (let device = 0; device < 3; device += 1) await doorward.signIn(person)
    await page.reload()
    await page.getByRole('listitem').nth(3).waitFor()
    expect(await page.getByText('This device').count()).toBe(1)
    await page
      .getByRole('button', { name: /^Sign out on / })
      .first()
      .click()
    await status('One device is signed out.')
    await press('Sign out on all other devices')
    await status('2 devices are signed out.')
    expect(await page.getByRole('listitem').count()).toBe(1)
  })

  it('asks for the password before it ends others, once the sign-in is not recent', async () => {
    const person = await signedIn()
    for (let device = 0; device < 3; device += 1) await doorward.signIn(person)
    doorward.clock.advance(601)
    await page.reload()
    await page.getByRole('listitem').nth(3).waitFor()
    const list = page.getByRole('list', { name: 'Where you are signed in' })
    const question = page.getByRole('region', { name: 'To be sure that it is you' })
    const field = question.getByLabel('Current password')
    const isFocused = (element: Locator) => element.evaluate((one) => one === document.activeElement)
    const one = page.getByRole('button', { name: /^Sign out on / }).first()
    await one.press('Enter')
    await field.waitFor()
    expect(await focused()).toBe('current_password')
    expect(await field.getAttribute('autocomplete')).toBe('current-password')
    expect(await question.locator('[autocomplete=username]').inputValue()).toBe(person.email)
    expect(await axeFindings(page)).toEqual([])
    await question.getByRole('button', { name: 'Cancel' }).press('Enter')
    await question.waitFor({ state: 'detached' })
    expect(await isFocused(list)).toBe(true)

    await one.press('Enter')
    await field.fill('wrong')
    await page.keyboard.press('Enter')
    await question.getByText('Invalid password.').waitFor()
    expect(await list.getByRole('listitem').count()).toBe(4)
    await field.fill(person.password)
    await question.getByRole('button', { name: /^Sign out on / }).press('Enter')
    await status('One device is signed out.')
    expect(await isFocused(list)).toBe(true)

    await press('Sign out on all other devices')
    await field.fill(person.password)
    await page.keyboard.press('Enter')
    await status('2 devices are signed out.')
    expect(await question.count()).toBe(0)
    expect(await list.getByRole('listitem').count()).toBe(1)
  })

  it('deletes the account only with the password', async () => {
    const { email, password } = await signedIn()
    const removal = page.locator('form', { hasText: 'Delete my account' })
    await removal.getByLabel('Current password').fill('wrong')
    await press('Delete my account')
    await removal.getByText('Invalid password.').waitFor()
    await removal.getByLabel('Current password').fill(password)
    await press('Delete my account')
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    await expect(doorward.signIn({ email, password })).rejects.toThrow('401')
  })

  it('signing out in another tab shows the sign-in here', async () => {
    await signedIn()
    const other = await context.newPage()
    await other.goto(page.url())
    await other.getByRole('button', { name: 'Leave' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
  })

  it('what needs a role is shown to that role alone', async () => {
    await open('/staff')
    await page.getByText('Not signed in').waitFor()
    await signedIn({ role: 'buyer' })
    await open('/staff')
    await alert('You do not have permission')
    await open('/account')
    await press('Leave')
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    await signedIn({ role: 'manager' })
    await open('/staff')
    await page.getByText('The safe').waitFor()
  })
})

describe('the forms | faults', () => {
  /** Something between the page and the server answers in its place. */
  const answerWith = (answer: () => Response) => {
    doorward.intercept = async ({ method }) => {
      if (method === 'OPTIONS') return null
      const response = answer()
      response.headers.set('access-control-allow-origin', pages.url)
      return response
    }
  }

  it('what is wrong stands beside its field, tied to it, and the first one gets the focus', async () => {
    await open('/register')
    await fill('First name', 'Maya')
    await fill('E-mail address', 'nobody')
    await fill('Password', '12345')
    await press('Create account')
    await page.getByText('This field is required.').waitFor()
    expect(await focused()).toBe('last_name')
    expect(doorward.requests).toEqual([])
    await fill('Last name', 'Santoso')
    await press('Create account')
    await page.getByText('Enter a valid email address.').waitFor()
    expect(await focused()).toBe('email')
    await fill('E-mail address', 'sari@example.com')
    await press('Create account')
    await page.getByText('This password is too short.').waitFor()
    expect(await focused()).toBe('password')
    const password = page.getByLabel('Password', { exact: true })
    expect(await password.getAttribute('aria-invalid')).toBe('true')
    const description = await password.evaluate(
      (input) => document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent,
    )
    expect(description).toMatch(/too short.*too common.*entirely numeric/)
  })

  it('a double click registers once', async () => {
    await open('/register')
    for (const [label, value] of [
      ['First name', 'Tina'],
      ['Last name', 'Santoso'],
      ['E-mail address', 'tina@example.com'],
      ['Password', PASSWORD],
    ] as const)
      await fill(label, value)
    await page.getByRole('button', { name: 'Create account' }).dblclick()
    await status('tina@example.com')
    expect(count('POST /auth/users/')).toBe(1)
  })

  it('a slow server is waited for, and said so', async () => {
    let release = () => {}
    const held = new Promise<null>((resolve) => {
      release = () => resolve(null)
    })
    doorward.intercept = () => held
    await open('/forgot')
    await fill('E-mail address', 'maya@example.com')
    await press('Send me a link')
    await status('One moment…')
    expect(await page.getByRole('button', { name: 'Send me a link' }).getAttribute('aria-disabled')).toBe(
      'true',
    )
    release()
    await status('If maya@example.com has an account')
  })

  it('offline it says that the server could not be reached, and works afterwards', async () => {
    await open('/forgot')
    await fill('E-mail address', 'maya@example.com')
    await context.setOffline(true)
    await press('Send me a link')
    await alert('The server could not be reached.')
    await context.setOffline(false)
    await press('Send me a link')
    await status('If maya@example.com has an account')
  })

  it.each([429, 502, 503])(
    'the page of a proxy that says %i is told in the language of the page',
    async (code) => {
      answerWith(
        () => new Response('<h1>Not now</h1>', { status: code, headers: { 'content-type': 'text/html' } }),
      )
      await open('/forgot', { lang: 'de' })
      await fill('E-Mail-Adresse', 'maya@example.com')
      await page.locator('[type=submit]').click()
      await alert(/^Auf dem Server ist etwas schiefgegangen\./)
    },
  )

  it('a sentence of another server that knows no codes is shown as it is', async () => {
    const body = { email: ['This address is ours.'], non_field_errors: ['Ask at the desk.'] }
    answerWith(() => Response.json(body, { status: 400 }))
    await open('/forgot')
    await fill('E-mail address', 'maya@example.com')
    await press('Send me a link')
    await alert('Ask at the desk.')
    await page.getByText('This address is ours.').waitFor()
  })

  it('a link with a part missing is said to be incomplete', async () => {
    await open('/activate', { uid: '', token: 'x' })
    await press('Activate account')
    await alert('This field')
    await open('/activate', { uid: 'zzzz', token: 'x' })
    await press('Activate account')
    await alert('This link is not complete.')
  })

  it('declared fields are asked for with their types', async () => {
    await open('/register-declared')
    await fill('First name', 'Rina')
    await fill('Last name', 'Santoso')
    await page.getByLabel('What you do').selectOption('seller')
    await fill('Employees', '7')
    await page.getByLabel('News by mail').check()
    await fill('Founded', '2001-02-03')
    await fill('E-mail address', 'rina@example.com')
    await fill('Password', PASSWORD)
    await fill('Password, once more', PASSWORD)
    await press('Create account')
    await status('rina@example.com')
    expect(await doorward.deps.store.users.byEmail('rina@example.com')).toMatchObject({
      profile: { role: 'seller', employees: 7, newsletter: true, founded: '2001-02-03' },
    })
  })
})

describe('the forms | for everybody', () => {
  const PATHS = [
    '/register',
    '/register-declared',
    '/activate',
    '/sign-in',
    '/forgot',
    '/reset',
    '/reset-email',
    '/confirm-email',
    '/undo-email',
  ]

  it.each(['light', 'dark'] as const)(
    'axe finds nothing wrong in %s, before and after faults',
    async (scheme) => {
      await page.emulateMedia({ colorScheme: scheme })
      for (const path of PATHS) {
        await open(path, { uid: 'zzzz', token: 'x' })
        await page.getByRole('button').last().waitFor()
        expect(await axeFindings(page), path).toEqual([])
        await page.locator('button[type=submit]').click()
        await page.locator('.doorward-error, .doorward-alert').first().waitFor()
        expect(await axeFindings(page), `${path} with faults`).toEqual([])
      }
      await signedIn()
      await page.getByRole('listitem').first().waitFor()
      expect(await axeFindings(page), '/account').toEqual([])
    },
  )

  it('works with the keyboard alone', async () => {
    const { email, password } = await newPerson()
    await open('/sign-in')
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type(email)
    await page.keyboard.press('Tab')
    await page.keyboard.type(password)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    expect(await page.getByLabel('Password', { exact: true }).getAttribute('type')).toBe('text')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await status(`You are signed in as ${email}.`)
  })

  it('what is wrong with a field that has the focus already is said aloud', async () => {
    await open('/forgot')
    await fill('E-mail address', 'nobody')
    await page.keyboard.press('Enter')
    await alert('Enter a valid email address.')
    expect(await focused()).toBe('email')
  })

  it('leaves room to type a password with letters of twice the size on a small phone', async () => {
    await page.setViewportSize({ width: 320, height: 568 })
    for (const lang of ['en', 'de']) {
      await open('/sign-in', { lang })
      const field = page.locator('[name=password]')
      await field.waitFor()
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
      expect((await field.boundingBox())?.width).toBeGreaterThan(200)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow, lang).toBeLessThanOrEqual(0)
    }
  })

  it('password managers know what is what, and passwords can be pasted', async () => {
    await open('/register')
    const autocomplete = (label: string) =>
      page.getByLabel(label, { exact: true }).getAttribute('autocomplete')
    expect(await autocomplete('E-mail address')).toBe('username')
    expect(await autocomplete('Password')).toBe('new-password')
    expect(await autocomplete('First name')).toBe('given-name')
    await open('/sign-in')
    expect(await autocomplete('Password')).toBe('current-password')
    await fill('E-mail address', PASSWORD)
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.press('ControlOrMeta+C')
    await page.getByLabel('Password', { exact: true }).focus()
    await page.keyboard.press('ControlOrMeta+V')
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe(PASSWORD)
  })

  it('says some things otherwise by its labels, and the others as before', async () => {
    await open('/sign-in', { lang: 'own' })
    await page.getByRole('button', { name: 'Come in' }).waitFor()
    await page.getByLabel('Secret word').waitFor()
    await page.getByLabel('E-mail address').waitFor()
  })

  it('speaks another language by its labels, times and all', async () => {
    const { email, password } = await newPerson()
    await open('/account', { lang: 'de' })
    await press('Anmelden')
    await page.getByText('Bitte ausfüllen.').first().waitFor()
    await fill('E-Mail-Adresse', email)
    await fill('Passwort', password)
    await press('Anmelden')
    await page.getByRole('list', { name: 'Wo Sie angemeldet sind' }).waitFor()
    await page.getByText('Dieses Gerät').waitFor()
    await page.getByText(/Zuletzt benutzt: \d{1,2}\.\d{1,2}\.\d{4}, \d{2}:\d{2}:\d{2}$/).waitFor()
  })

  it('once another language is chosen nothing is left of the one before', async () => {
    const speak = (lang: string) =>
      page.evaluate((chosen) => (window as never as { speak(lang: string): void }).speak(chosen), lang)
    const person = await newPerson()
    await open('/sign-in')
    await fill('E-mail address', person.email)
    await fill('Password', 'wrong')
    await press('Sign in')
    await alert('The e-mail address or the password is wrong')
    await speak('de')
    await alert('E-Mail-Adresse oder Passwort ist falsch')

    await open('/register')
    await fill('First name', 'Maya')
    await fill('Last name', 'Santoso')
    await fill('E-mail address', 'nobody')
    await fill('Password', '12345')
    await press('Create account')
    await page.getByText('Enter a valid email address.').waitFor()
    await speak('de')
    await page.getByRole('button', { name: 'Konto anlegen' }).waitFor()
    expect(await page.locator('.doorward-error').allTextContents()).toEqual([])
    expect(await page.locator('[aria-invalid=true]').count()).toBe(0)

    const { email, password } = await signedIn()
    const other = await doorward.signIn({ email, password })
    await page.reload()
    const end = page.getByRole('button', { name: /^Sign out on / }).first()
    await end.waitFor()
    await context.request.post(`${doorward.url}/auth/jwt/logout/`, { data: { refresh: other.refresh } })
    await end.click()
    await alert('Not found.')
    await speak('de')
    await page.getByText('Dieses Gerät').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  it.each(['en', 'de', 'es', 'fr', 'id', 'it', 'ja', 'nl', 'pt', 'zh'])(
    'fits a small phone in %s',
    async (lang) => {
      await page.setViewportSize({ width: 320, height: 568 })
      for (const path of PATHS) {
        await open(path, { lang })
        await page.locator('button[type=submit]').waitFor()
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(overflow, path).toBeLessThanOrEqual(0)
      }
    },
  )
})
