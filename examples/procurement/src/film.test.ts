/**
 * The tutorial as a film: a person in a browser, the front end on one origin, accounts on another, sales on a third,
 * and mails over a real SMTP conversation. From the first click to the end, on both databases.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../packages/server/src/testing/databases.ts'
import { type SmtpSink, startSmtpSink } from '../../../packages/server/src/testing/smtp-sink.ts'
import { launchBrowser } from '../../../test/browser.ts'
import { axeFindings } from '../../../test/pages.ts'
import { type Procurement, startProcurement } from './start.ts'

const PASSWORD = 'Kiddie-Ride-4821'
const NEW_PASSWORD = 'Brave-Horse-1177'

async function freePorts(): Promise<{ accounts: number; sales: number; shop: number }> {
  const probes = await Promise.all(
    [0, 1, 2].map(async () => {
      const probe = createServer().listen(0, '127.0.0.1')
      await new Promise((done) => probe.once('listening', done))
      return probe
    }),
  )
  const [accounts = 0, sales = 0, shop = 0] = probes.map((probe) => {
    const address = probe.address()
    probe.close()
    return typeof address === 'object' && address ? address.port : 0
  })
  return { accounts, sales, shop }
}

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
}, 300_000)
afterAll(() => browser?.close())

describe.each(testDatabases())('the film | $name', (database) => {
  let folder: string
  let smtp: SmtpSink
  let project: Procurement
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doorward-film-'))
    smtp = await startSmtpSink()
    const env = {
      DATABASE_URL: await database.url(),
      SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
      DOORWARD_SECRET: 'only for tests: everybody may know this secret',
    }
    project = await startProcurement({ ports: await freePorts(), folder, env })
  }, 120_000)

  afterAll(async () => {
    await project?.close()
    await smtp?.close()
    await database.close()
    await rm(folder, { recursive: true })
  })

  beforeEach(async () => {
    context = await browser.newContext()
    page = await context.newPage()
    page.setDefaultTimeout(15_000)
  })
  afterEach(() => context.close())

  const fill = (label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value)
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const click = (name: string) => page.getByRole('link', { name, exact: true }).click()
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor()
  const status = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor()

  /** The link of the newest mail to somebody, once that many have come. */
  const mailedLink = async (to: string, count: number): Promise<string> => {
    const mails = () => smtp.mails.filter((mail) => JSON.stringify(mail.to).includes(to))
    await expect.poll(() => mails().length, { timeout: 15_000 }).toBe(count)
    return /http:\S+/.exec(mails().at(-1)?.text ?? '')?.[0] ?? ''
  }

  const signIn = async (email: string, password: string) => {
    await page.goto(project.shop)
    await fill('E-mail address', email)
    await fill('Password', password)
    await press('Sign in')
  }

  const registerAndVerify = async (email: string, role: string) => {
    await page.goto(project.shop)
    await click('Create an account')
    await fill('First name', 'Maya')
    await fill('Last name', 'Santoso')
    await page.getByLabel('You are a').selectOption(role)
    await fill('E-mail address', email)
    await fill('Password', PASSWORD)
    await press('Create account')
    await status('We have sent a mail to')
    const link = await mailedLink(email, 1)
    expect(link).toMatch(new RegExp(`^${project.shop}/activate/`))
    await page.goto(link)
    await press('Activate account')
    await status('Your account is active.')
    // the token is out of the address bar, and so out of histories and Referer headers
    expect(page.url()).toBe(`${project.shop}/activate`)
  }

  it('1: registers, opens the mail, verifies', async () => {
    await signIn('buyer@example.com', PASSWORD)
    await page.getByRole('alert').filter({ hasText: 'wrong' }).waitFor()
    await registerAndVerify('buyer@example.com', 'buyer')
  })

  it('2: signs in, adds a sale as a buyer, sees it in the list, signs out', async () => {
    await signIn('buyer@example.com', PASSWORD)
    await heading('Sales')
    await page.getByText('There are no sales yet.').waitFor()
    await fill('Item', 'Carousel horse')
    await fill('Quantity', '0')
    await fill('Price', '1500000.5')
    await press('Add')
    await page.getByText('Ensure this value is greater than or equal to 1.').waitFor()
    await fill('Quantity', '2')
    await press('Add')
    await page.getByRole('cell', { name: '1500000.50' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.reload()
    await page.getByRole('cell', { name: 'Carousel horse' }).waitFor()
    await click('Maya (buyer)')
    await heading('Your account')
    await press('Sign out')
    await heading('Sign in')
    await page.goBack()
    expect(page.url()).toBe(`${project.shop}/`)
    await heading('Sign in')
  })

  it('3: forgets the password, opens the mail, sets a new one, signs in with it alone', async () => {
    await page.goto(project.shop)
    await click('Forgot your password?')
    await fill('E-mail address', 'buyer@example.com')
    await press('Send me a link')
    await status('If buyer@example.com has an account')
    // the mails before: activation, and that the account is ready
    await page.goto(await mailedLink('buyer@example.com', 3))
    await fill('New password', NEW_PASSWORD)
    await press('Set the new password')
    await status('The new password is set.')
    await click('Sign in')
    await fill('E-mail address', 'buyer@example.com')
    await fill('Password', PASSWORD)
    await press('Sign in')
    await page.getByRole('alert').filter({ hasText: 'wrong' }).waitFor()
    await fill('Password', NEW_PASSWORD)
    await press('Sign in')
    await page.getByRole('cell', { name: 'Carousel horse' }).waitFor()
  })

  it('a guest sees the own list and cannot add to it', async () => {
    await registerAndVerify('guest@example.com', 'guest')
    await click('Sign in')
    await fill('E-mail address', 'guest@example.com')
    await fill('Password', PASSWORD)
    await press('Sign in')
    await page.getByText('There are no sales yet.').waitFor()
    await page.getByText('Only buyers can add a sale.').waitFor()
  })

  it('who is signed out elsewhere is out here at the next call to the sales', async () => {
    await signIn('buyer@example.com', NEW_PASSWORD)
    await page.getByRole('cell', { name: 'Carousel horse' }).waitFor()
    const other = await browser.newContext()
    const elsewhere = await other.newPage()
    await elsewhere.goto(project.shop)
    await elsewhere.getByLabel('E-mail address', { exact: true }).fill('buyer@example.com')
    await elsewhere.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD)
    await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click()
    await elsewhere.getByRole('link', { name: /Maya/ }).click()
    await elsewhere.getByRole('button', { name: 'Sign out on all other devices' }).click()
    await elsewhere.getByText(/signed out\./).waitFor()
    await other.close()
    await click('Maya (buyer)')
    await click('Procurement')
    await heading('Sign in')
  })
})
