/** The administration in a browser, over the real server: what staff do all day, by keyboard and phone too. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { heading, passwordField, press } from './pages.ts'
import type { Stage } from './stage.ts'
import { openStage, PASSWORD } from './stage.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const STAFF = 'ada@example.com'
/** Pictures of the pages are kept where this says. */
const PICTURES = process.env.ADMIN_PICTURES

const folder = mkdtempSync(join(tmpdir(), 'doorward-admin-'))
let stage: Stage
let page: Page

/** Gives somebody staff rights, as the command line would. */
async function promote(email: string): Promise<number> {
  const user = await stage.doorward.store.users.byEmail(email)
  if (!user) throw new TypeError(`nobody has the address ${email}`)
  await stage.doorward.store.users.update(user.id, { isStaff: true })
  return user.id
}

async function signInStaff(options = {}): Promise<Page> {
  const fresh = await stage.visitor(options)
  await fresh.goto('/admin')
  await fresh.getByLabel('Email').fill(STAFF)
  await passwordField(fresh).fill(PASSWORD)
  await press(fresh, 'Sign in')
  await heading(fresh, 'Overview').waitFor()
  return fresh
}

beforeAll(async () => {
  stage = await openStage({
    database: `sqlite:${join(folder, 'doorward.db')}`,
    storedKeys: true,
  })
  await stage.person(STAFF)
  await promote(STAFF)
  for (const name of ['maya', 'tina', 'budi', 'siti', 'joko']) await stage.person(`${name}@example.com`)
  page = await signInStaff()
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true })
})

async function violations(on: Page): Promise<readonly string[]> {
  if (!(await on.evaluate(() => 'axe' in window))) await on.evaluate(AXE)
  const { violations: found } = await on.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  )
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
}

const loaded = (on: Page) => on.waitForFunction(() => document.querySelector('.skeleton, .spinner') === null)

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
      .poll(() => stage.sink.mails.some(({ subject }) => subject === 'You are invited to Walkiddie'))
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
    await guest.getByLabel('Email').fill('guest@example.com')
    await passwordField(guest).fill('Carousel-Horse-9137')
    await press(guest, 'Sign in')
    await heading(guest, 'Profile').waitFor()
    await guest.context().close()
  })

  it('switches an account off with a reason, which signs its owner out, and on again', async () => {
    const maya = await stage.visitor()
    await maya.goto('/sign-in')
    await maya.getByLabel('Email').fill('maya@example.com')
    await passwordField(maya).fill(PASSWORD)
    await press(maya, 'Sign in')
    await heading(maya, 'Profile').waitFor()
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
    await loaded(page)
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
    await siti.getByLabel('Email').fill('siti@example.com')
    await passwordField(siti).fill(PASSWORD)
    await press(siti, 'Sign in')
    await heading(siti, 'Only staff can open this').waitFor()
    await siti.context().close()
  })
})

const SCENES: readonly (readonly [string, (on: Page) => Promise<unknown>])[] = [
  ['overview', (on) => on.goto('/admin')],
  ['people', (on) => on.goto('/admin/people')],
  [
    'invite',
    async (on) => {
      await on.goto('/admin/people')
      await press(on, 'Invite…')
    },
  ],
  [
    'person',
    async (on) => {
      await on.goto('/admin/people?search=maya@')
      await on.locator('.rows a').first().click()
      await on.getByRole('heading', { name: 'Lately' }).waitFor()
    },
  ],
  ['mails', (on) => on.goto('/admin/mails')],
  ['audit', (on) => on.goto('/admin/audit')],
  ['keys', (on) => on.goto('/admin/keys')],
]

describe.each([
  ['a desktop', {}],
  ['a phone', { viewport: { width: 390, height: 844 } }],
] as const)('the administration | looked at on %s', (device, options) => {
  let on: Page
  beforeAll(async () => {
    on = await signInStaff({ reducedMotion: 'reduce', ...options })
  })
  afterAll(() => on.context().close())

  it.each(SCENES)(
    '%s: axe finds nothing wrong, light or dark, and nothing has to be pushed aside',
    async (name, open) => {
      await open(on)
      await heading(on, /./).waitFor()
      await loaded(on)
      for (const colorScheme of ['light', 'dark'] as const) {
        await on.emulateMedia({ colorScheme })
        expect(await violations(on), colorScheme).toEqual([])
        if (PICTURES) {
          const path = join(PICTURES, `${name}-${device.replace('a ', '')}-${colorScheme}.png`)
          await on.screenshot({ path, fullPage: true })
        }
      }
      const { scrollWidth, clientWidth } = await on.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        return { scrollWidth, clientWidth }
      })
      expect(scrollWidth).toBeLessThanOrEqual(clientWidth)
    },
  )
})
