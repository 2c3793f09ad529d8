/** The front end that docs/guides/front-end.md begins with, as it is written there: in a real browser, over a real server. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../test/browser.ts'
import { servePages } from '../../../test/pages.ts'
import { type Listening, type ServedDoorward, serveDoorward } from '../../../test/serve.ts'

const PASSWORD = 'Kiddie-Ride-4821'
const EMAIL = 'tina@example.com'
const FILE = join(import.meta.dirname, '../fixture/guide.tsx')

let browser: Browser
let pages: Listening
let doorward: ServedDoorward
let page: Page

beforeAll(async () => {
  pages = await servePages(FILE)
  doorward = await serveDoorward({}, pages.url)
  browser = await launchBrowser()
  page = await browser.newPage()
  page.setDefaultTimeout(10_000)
  const written = 'http://127.0.0.1:8000'
  await page.route(`${written}/**`, (route) =>
    route.continue({ url: route.request().url().replace(written, doorward.url) }),
  )
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await pages?.close()
  await doorward?.close()
})

const fill = (label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value)
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const follow = (name: string) => page.getByRole('link', { name, exact: true }).click()
const status = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor()

async function signIn(password: string): Promise<void> {
  await fill('E-mail address', EMAIL)
  await fill('Password', password)
  await press('Sign in')
  await page.getByRole('heading', { name: 'Hello Tina' }).waitFor()
}

describe('docs/guides/front-end.md | a React app, from nothing', () => {
  it('is what is tried here', () => {
    const guide = readFileSync(join(import.meta.dirname, '../../../docs/guides/front-end.md'), 'utf8')
    expect(guide).toContain(`\`\`\`tsx\n${readFileSync(FILE, 'utf8')}\`\`\``)
  })

  it('registers, activates, signs in, resets the password; no token of a link stays in the address', async () => {
    await page.goto(`${pages.url}/`)
    await follow('Create an account')
    await fill('First name', 'Tina')
    await fill('Last name', 'Santoso')
    await fill('E-mail address', EMAIL)
    await fill('Password', PASSWORD)
    await press('Create account')
    await status(`We have sent a mail to ${EMAIL}.`)
    const activation = await doorward.lastLink(EMAIL, 'activation')
    await page.goto(`${pages.url}/activate/${activation.uid}/${activation.token}`)
    expect(page.url()).toBe(`${pages.url}/activate`)
    await press('Activate account')
    await status('Your account is active.')
    await follow('Go on')
    await signIn(PASSWORD)
    await press('Sign out')

    await follow('Forgot your password?')
    await fill('E-mail address', EMAIL)
    await press('Send me a link')
    await status(`If ${EMAIL} has an account`)
    const reset = await doorward.lastLink(EMAIL, 'password_reset')
    await page.goto(`${pages.url}/password/reset/confirm/${reset.uid}/${reset.token}`)
    expect(page.url()).toBe(`${pages.url}/password/reset/confirm`)
    await fill('New password', 'Brave-Horse-1177')
    await press('Set the new password')
    await status('The new password is set.')
    await follow('Go on')
    await signIn('Brave-Horse-1177')
  }, 60_000)
})
