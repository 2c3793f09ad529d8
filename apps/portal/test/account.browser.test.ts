import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fillRegistration, fillSignIn, heading, passwordField, press, signIn } from './pages.ts'
import type { Stage } from './stage.ts'
import { openStage, PASSWORD } from './stage.ts'

let stage: Stage
let page: Page
let email: string
let count = 0

beforeAll(async () => {
  stage = await openStage({ mailServer: false })
})
afterAll(() => stage.close())
beforeEach(async () => {
  email = `owner-${++count}@example.com`
  await stage.person(email)
  page = await stage.visitor()
})
afterEach(() => page.context().close())

const account = () => stage.doorward.store.users.byEmail(email)

/** The link in the newest mail to an address. */
async function linkTo(to: string): Promise<string> {
  const [mail] = await stage.doorward.store.outbox.list({ to, limit: 1 })
  return /https?:\/\/\S+\/confirm\/\S+/.exec(mail?.text ?? '')?.[0] ?? ''
}

/** How many sessions the person has. */
const sessions = async () => {
  const { store, clock } = stage.doorward.deps
  return (await store.sessions.listOf((await account())?.id ?? 0, clock.now())).length
}

const isFocused = (element: Locator) => element.evaluate((one) => one === document.activeElement)

/** Signs the same person in elsewhere. */
async function elsewhere(): Promise<Page> {
  const other = await stage.visitor()
  await signIn(other, email)
  return other
}

describe('the account | its profile', () => {
  it('is changed by its owner, but for the role', async () => {
    await signIn(page, email)
    await page.getByLabel('First name').fill('Siti')
    await press(page, 'Save')
    await page.getByText('Saved.').waitFor()
    expect((await account())?.profile).toMatchObject({ first_name: 'Siti', role: 'buyer' })
    expect(await page.getByLabel('Role').count()).toBe(0)
  })

  it('keeps the language chosen, for mails too', async () => {
    await signIn(page, email)
    await page.getByRole('main').getByLabel('Language').selectOption('id')
    await heading(page, 'Profil').waitFor()
    const other = await stage.visitor()
    await other.goto('/sign-in')
    await fillSignIn(other, email)
    await heading(other, 'Profil').waitFor()
    expect((await account())?.locale).toBe('id')
    await other.context().close()
  })
})

describe('the account | how one signs in', () => {
  it('takes another password, and signs the other devices out', async () => {
    const other = await elsewhere()
    await signIn(page, email)
    await page.getByRole('link', { name: 'Sign-in' }).click()
    const section = page.locator('.section', { has: page.getByRole('heading', { name: 'Password' }) })
    await section.getByLabel('Current password').fill('not the password')
    await section.getByLabel('New password').fill('Carousel-Horse-9137')
    await press(page, 'Change password')
    await section.getByText('Invalid password.').waitFor()
    await section.getByLabel('Current password').fill(PASSWORD)
    await press(page, 'Change password')
    await page.getByText('The password is changed.').waitFor()
    for (const name of ['Current password', 'New password'])
      expect(await section.getByLabel(name).inputValue()).toBe('')
    const button = page.getByRole('button', { name: 'Change password' })
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
    await other.goto('/account')
    await heading(other, 'Welcome back').waitFor()
    await page.reload()
    await heading(page, 'Sign-in').waitFor()
    await other.context().close()
  })

  it('refuses a weak password beside its field', async () => {
    await signIn(page, email)
    await page.goto('/account/security')
    const section = page.locator('.section', { has: page.getByRole('heading', { name: 'Password' }) })
    await section.getByLabel('Current password').fill(PASSWORD)
    await section.getByLabel('New password').fill('password123')
    await press(page, 'Change password')
    await section.getByText('This password is too common.').waitFor()
    expect(await section.getByLabel('New password').getAttribute('aria-invalid')).toBe('true')
  })

  it('takes another address once the link to it was used', async () => {
    await signIn(page, email)
    await page.goto('/account/security')
    const section = page.locator('.section', { has: page.getByRole('heading', { name: 'Email address' }) })
    await section.getByLabel('New email').fill(`new-${email}`)
    await section.getByLabel('Current password').fill(PASSWORD)
    await press(page, 'Change address')
    await section.getByRole('status').getByText(`new-${email}`).waitFor()
    expect(await account()).not.toBeNull()
    await page.goto(await linkTo(`new-${email}`))
    await press(page, 'Confirm this address')
    await heading(page, 'The address is changed').waitFor()
    expect(await account()).toBeNull()
    expect(await stage.doorward.store.users.byEmail(`new-${email}`)).not.toBeNull()
  })
})

describe('the account | its devices', () => {
  it('are listed, and one of them is signed out', async () => {
    const other = await elsewhere()
    await signIn(page, email)
    await page.getByRole('link', { name: 'Devices' }).click()
    await page.getByText('This device').waitFor()
    expect(await page.getByRole('main').getByRole('listitem').count()).toBe(2)
    await page.getByRole('button', { name: /^Sign out Chrome/ }).click()
    await page.getByText('was signed out.').waitFor()
    await page.getByText('You are signed in nowhere else.').waitFor()
    await other.goto('/account')
    await heading(other, 'Welcome back').waitFor()
    await other.context().close()
  })

  it('are all signed out but this one', async () => {
    const others = [await elsewhere(), await elsewhere()]
    await signIn(page, email)
    await page.goto('/account/devices')
    await press(page, 'Sign out all other devices')
    await page.getByText('2 devices were signed out.').waitFor()
    for (const other of others) {
      await other.goto('/account')
      await heading(other, 'Welcome back').waitFor()
      await other.context().close()
    }
    await page.reload()
    await page.getByText('This device').waitFor()
  })

  it('ask for the password once the sign-in is not recent, without a mouse and with a password manager', async () => {
    const others = [await elsewhere(), await elsewhere(), await elsewhere()]
    await signIn(page, email)
    await page.goto('/account/devices')
    await page.getByText('This device').waitFor()
    stage.advance(601)
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
    const field = passwordField(page, 'Current password')
    const one = page.getByRole('button', { name: /^Sign out Chrome/ }).first()
    const asked = () => expect.poll(() => isFocused(field), { timeout: 10_000 }).toBe(true)
    await one.press('Enter')
    await asked()
    expect(await field.getAttribute('autocomplete')).toBe('current-password')
    expect(await dialog.locator('[autocomplete=username]').inputValue()).toBe(email)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(await isFocused(one)).toBe(true)
    expect(await sessions()).toBe(4)

    await one.press('Enter')
    await asked()
    await page.keyboard.type('not the password')
    await page.keyboard.press('Enter')
    await dialog.getByText('Invalid password.').waitFor()
    expect(await isFocused(field)).toBe(true)
    await field.fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('was signed out.').waitFor()
    expect(await isFocused(page.getByRole('list', { name: 'Devices' }))).toBe(true)
    expect(await sessions()).toBe(3)

    await page.getByRole('button', { name: 'Sign out all other devices' }).press('Enter')
    await asked()
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByText('2 devices were signed out.').waitFor()
    expect(await isFocused(page.getByRole('list', { name: 'Devices' }))).toBe(true)
    expect(await sessions()).toBe(1)
    for (const other of others) await other.context().close()
  })

  it('are all signed out by a new password, for whoever has forgotten the one that is asked for', async () => {
    const other = await elsewhere()
    await signIn(page, email)
    await page.goto('/account/devices')
    await page.getByText('This device').waitFor()
    stage.advance(601)
    await press(page, 'Sign out all other devices')
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    expect(await page.getByLabel('Email').inputValue()).toBe(email)
    await press(page, 'Send the link')
    await heading(page, 'Check your mail').waitFor()
    await page.goto(await linkTo(email))
    await passwordField(page, 'New password').fill('Carousel-Horse-9137')
    await press(page, 'Set the password')
    await heading(page, 'The new password is set').waitFor()
    expect(await sessions()).toBe(0)
    await other.context().close()
  })
})

describe('the account | what happened to it', () => {
  it('is shown, a refused sign-in among it', async () => {
    await page.goto('/sign-in')
    await fillSignIn(page, email, 'not the password')
    await page.getByRole('alert').waitFor()
    await fillSignIn(page, email)
    await heading(page, 'Profile').waitFor()
    await page.getByRole('link', { name: 'Activity' }).click()
    await page.getByText('Sign-in with a wrong password').waitFor()
    expect(await page.getByRole('main').getByRole('listitem').first().innerText()).toContain('Signed in')
  })
})

describe('the account | its data', () => {
  it('is taken home as a file', async () => {
    await signIn(page, email)
    await page.goto('/account/data')
    const coming = page.waitForEvent('download')
    await press(page, 'Download my data')
    const download = await coming
    expect(download.suggestedFilename()).toBe('account.json')
    const content = readFileSync(await download.path(), 'utf8')
    expect(content).toContain(email)
    expect(content).not.toMatch(/argon2|password_hash/)
  })
})

describe('the account | its end', () => {
  it('needs the password and a second look, and is for good', async () => {
    await signIn(page, email)
    await page.getByRole('link', { name: 'Your data' }).click()
    await page.getByRole('button', { name: 'Delete my account' }).click()
    await passwordField(page, 'Current password').fill('not the password')
    await press(page, 'Delete for good')
    await page.getByText('Invalid password.').waitFor()
    expect(await account()).not.toBeNull()
    await passwordField(page, 'Current password').fill(PASSWORD)
    await press(page, 'Delete for good')
    await page.getByText('Your account is gone').waitFor()
    expect(await account()).toBeNull()
  })
})

describe('the pages | the development mailbox', () => {
  it('shows a mail that has just come, and its link works', async () => {
    await page.goto('/mailbox')
    const other = await stage.visitor()
    await other.goto('/register')
    await fillRegistration(other, 'newcomer@example.com')
    await press(other, 'Create account')
    await heading(other, 'Check your mail').waitFor()
    // nobody loads the mailbox again
    await page.getByRole('button', { name: /newcomer@example\.com/ }).click()
    const mail = page.frameLocator('iframe')
    await mail.getByText('Hello Tina').waitFor()
    const link = page.getByRole('list', { name: 'Links in this mail' }).getByRole('link').first()
    await other.goto((await link.getAttribute('href')) ?? '')
    await press(other, 'Activate')
    await heading(other, 'Your account is active').waitFor()
    await page.getByText('Plain text').click()
    expect(await page.locator('pre').innerText()).toContain('Hello Tina')
    await other.context().close()
  })
})

describe('the pages | the first administrator', () => {
  it('is made by the link of the terminal, and is signed in', async () => {
    await page.goto(stage.doorward.setupUrl ?? '')
    await page.getByLabel('First name').fill('Ada')
    await page.getByLabel('Last name').fill('Boss')
    await page.getByLabel('Email').fill('ada@example.com')
    await passwordField(page).fill(PASSWORD)
    await press(page, 'Make the administrator')
    await heading(page, 'All set').waitFor()
    await page.getByRole('link', { name: 'To the administration' }).click()
    await heading(page, 'Overview').waitFor()
    await page.goto(stage.doorward.setupUrl ?? '')
    await heading(page, 'This link has ended').waitFor()
  })
})

describe('the pages | the docs of the API', () => {
  it('run under their policy, from this host alone', async () => {
    await page.goto('/docs')
    await page.locator('.opblock').first().waitFor()
    await page.locator('.opblock').first().click()
    await page.locator('.opblock-body').first().waitFor()
  })
})
