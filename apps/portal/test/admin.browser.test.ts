/** The administration in a browser, over the real server: what staff do all day, by keyboard and phone too. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillSignIn, heading, passwordField, press, settled, signIn } from './pages.ts'
import { toAdministration } from './scenes.ts'
import type { Stage } from './stage.ts'
import { openStage, PASSWORD } from './stage.ts'

const STAFF = 'ada@example.com'

let stage: Stage
let page: Page

async function signInStaff(): Promise<Page> {
  const fresh = await stage.visitor()
  await fresh.goto('/admin')
  await fillSignIn(fresh, STAFF)
  await heading(fresh, 'Overview').waitFor()
  return fresh
}

beforeAll(async () => {
  stage = await openStage({ storedKeys: true })
  await stage.person(STAFF)
  await stage.promote(STAFF)
  for (const name of ['maya', 'tina', 'budi', 'siti', 'joko']) await stage.person(`${name}@example.com`)
  page = await signInStaff()
})
afterAll(() => stage.close())

describe('the administration | people', () => {
  it('finds as one types, filters, and finds them again on going back', async () => {
    await page.goto('/admin/people')
    await page.getByLabel('Search').fill('tin')
    await page.getByText('1 found').waitFor()
    expect(await page.locator('.rows li').count()).toBe(1)
    await page.locator('.rows a').click()
    await heading(page, 'Maya Santoso').waitFor()
    await page.goBack()
    await page.getByText('1 found').waitFor()
    expect(await page.getByLabel('Search').inputValue()).toBe('tin')
    await page.getByLabel('Search').fill('nobody-at-all')
    await page.getByRole('heading', { name: 'Nobody found' }).waitFor()
  })

  it('invites somebody, who chooses a password by the mailed link and signs in', async () => {
    await page.goto('/admin/people')
    await press(page, 'Invite…')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Email').fill('guest@example.com')
    await dialog.getByLabel('First name').fill('Gita')
    await dialog.getByRole('button', { name: 'Send the invitation' }).click()
    await page.getByText('An invitation is on its way to guest@example.com.').waitFor()
    await expect
      .poll(() => stage.sink.mails.some(({ subject }) => subject === 'You are invited to Walkiddie'), {
        // mails leave at a moment by chance within a second
        timeout: 10_000,
      })
      .toBe(true)
    const mail = stage.sink.mails.find(({ subject }) => subject === 'You are invited to Walkiddie')
    const link = /https?:\/\/\S+\/invitation\/\S+/.exec(mail?.text ?? '')?.[0] ?? ''
    const guest = await stage.visitor()
    await guest.goto(link)
    await heading(guest, 'Welcome to Walkiddie').waitFor()
    expect(new URL(guest.url()).pathname).toBe('/invitation')
    await passwordField(guest, 'New password').fill('Carousel-Horse-9137')
    await press(guest, 'Accept the invitation')
    await heading(guest, 'Your account is ready').waitFor()
    await guest.getByRole('link', { name: 'Sign in' }).click()
    await fillSignIn(guest, 'guest@example.com', 'Carousel-Horse-9137')
    await heading(guest, 'Profile').waitFor()
    await guest.context().close()
  })

  it('switches an account off with a reason, which signs its owner out, and on again', async () => {
    const maya = await stage.visitor()
    await signIn(maya, 'maya@example.com')
    await page.goto('/admin/people?search=maya@')
    await page.locator('.rows a').first().click()
    await press(page, 'Switch off…')
    await page.getByRole('dialog').getByLabel('Reason').fill('Sent <b>spam</b>')
    await page.getByRole('dialog').getByRole('button', { name: 'Switch off', exact: true }).click()
    await page.getByText('The account is switched off.').waitFor()
    await page.getByText('Reason: Sent <b>spam</b>').waitFor()
    await maya.reload()
    await maya.waitForURL(/\/sign-in/)
    await maya.context().close()
    await press(page, 'Switch on')
    await page.getByText('The account is switched on.').waitFor()
    await page.getByText('Active', { exact: true }).waitFor()
  })

  it('asks for the password before it gives rights once the sign-in is not recent', async () => {
    await page.goto('/admin/people?search=budi')
    await page.locator('.rows a').first().click()
    await page.getByRole('button', { name: 'Give staff rights' }).waitFor()
    stage.advance(601)
    await press(page, 'Give staff rights')
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
    await dialog.waitFor()
    await dialog.getByLabel('Current password', { exact: true }).fill('not-the-password')
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await dialog.getByText('Invalid password.').waitFor()
    await dialog.getByLabel('Current password', { exact: true }).fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('The rights were changed.').waitFor()
    await page.getByRole('button', { name: 'Take staff rights away' }).waitFor()
  })

  it('shows the own devices, and signs out those of others alone', async () => {
    page = await signInStaff()
    await page.goto('/admin/people?search=ada')
    await page.locator('.rows a').first().click()
    await page.getByText('This is your own account.').waitFor()
    await page.getByText('Last used').first().waitFor()
    expect(await page.getByRole('button', { name: 'Sign out everywhere' }).count()).toBe(0)
  })

  it('deletes an account after a second look; Escape leaves everything as it is', async () => {
    page = await signInStaff()
    await page.goto('/admin/people?search=joko')
    await page.locator('.rows a').first().click()
    await press(page, 'Delete…')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await press(page, 'Delete…')
    await page.getByRole('button', { name: 'Delete for good' }).click()
    await heading(page, 'People').waitFor()
    expect(await stage.doorward.store.users.byEmail('joko@example.com')).toBeNull()
  })
})

describe('the administration | mails, audit, keys, overview', () => {
  it('tries a mail again that was given up', async () => {
    const user = await stage.doorward.store.users.byEmail('siti@example.com')
    if (!user) throw new TypeError('siti is gone')
    const mail = stage.doorward.deps.compose({ kind: 'password_reset', user })
    // in one transaction, so that no worker gets between
    await stage.doorward.store.transaction(async ({ outbox }) => {
      await outbox.add(mail)
      const [queued] = await outbox.page({ to: user.email, state: 'queued', limit: 1 })
      await outbox.failed(queued?.id ?? 0, '550 5.1.1 no such user', null)
    })
    await page.goto('/admin/mails?state=dead')
    await page.getByText('550 5.1.1 no such user').waitFor()
    await page.getByRole('button', { name: 'Try again: the mail to siti@example.com' }).click()
    await page.getByText('The mail to siti@example.com is on its way again.').waitFor()
    await page.getByRole('heading', { name: 'No mails' }).waitFor()
  })

  it('filters the audit log and takes it home as a file', async () => {
    await page.goto('/admin/audit')
    await page.getByLabel('What happened').selectOption('staff_rights_given')
    await page.locator('.rows').getByText('Staff rights given').waitFor()
    await page.waitForFunction(() => document.querySelectorAll('.rows li').length === 1)
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Download as CSV')])
    const text = readFileSync(await download.path(), 'utf8')
    expect(download.suggestedFilename()).toBe('audit.csv')
    expect(text).toContain('staff_rights_given')
    expect(text).not.toContain('signed_in,')
  })

  it('rotates the keys, and everybody stays signed in', async () => {
    await page.goto('/admin/keys')
    await page.getByText('Signs now').waitFor()
    await press(page, 'Rotate…')
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate', exact: true }).click()
    await page.getByText('Tokens are signed with a new key.').waitFor({ timeout: 20_000 })
    await page.getByText('Only checks').waitFor()
    await page.goto('/admin/people')
    await heading(page, 'People').waitFor()
  })

  it('tells the plots in words and shows them as tables', async () => {
    await page.goto('/admin')
    await settled(page)
    await page
      .getByText(/^Sign-ups: \d+ in all/)
      .first()
      .waitFor({ state: 'attached' })
    await page.getByText('Show as a table').first().click()
    expect(await page.getByRole('table').first().getByRole('row').count()).toBe(31)
    await page.getByLabel('Time').selectOption('7')
    await page.waitForFunction(() => document.querySelectorAll('table tbody')[0]?.children.length === 7)
  })

  it('opens for staff alone', async () => {
    const siti = await stage.visitor()
    await siti.goto('/admin/people')
    await fillSignIn(siti, 'siti@example.com')
    await heading(siti, 'Only staff can open this').waitFor()
    await siti.context().close()
  })
})

describe('the administration | the way there and back', () => {
  const back = (on: Page) => on.getByRole('link', { name: 'Your account' })

  it.each([
    ['a desktop', { width: 1280, height: 800 }],
    ['a phone', { width: 360, height: 740 }],
  ])('leads staff from the account and back by keyboard, on %s', async (_, viewport) => {
    const staff = await stage.visitor({ viewport })
    await signIn(staff, STAFF)
    await toAdministration(staff).press('Enter')
    await heading(staff, 'Overview').waitFor()
    expect(await staff.evaluate(() => document.activeElement?.tagName)).toBe('MAIN')
    await back(staff).press('Enter')
    await heading(staff, 'Profile').waitFor()
    await staff.context().close()
  })

  it('is shown to nobody else, not even to the next person in the same tab', async () => {
    const shared = await stage.visitor()
    await signIn(shared, STAFF)
    await toAdministration(shared).waitFor()
    await toAdministration(shared).click()
    await heading(shared, 'Overview').waitFor()
    await press(shared, 'Sign out')
    const asked = shared.waitForResponse((answer) => answer.url() === `${stage.url}/auth/`)
    await fillSignIn(shared, 'tina@example.com')
    await heading(shared, 'Profile').waitFor()
    expect(await (await asked).json()).toEqual({ users: `${stage.url}/auth/users/` })
    await settled(shared)
    expect(await toAdministration(shared).count()).toBe(0)
    await shared.context().close()
  })
})
