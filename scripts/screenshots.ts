/**
 * Makes a picture of every web page: on a desktop and on a phone, light and dark, of a server that is filled for it.
 * `node scripts/screenshots.ts [folder]`; without a folder, into `.tmp/screenshots`.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Stage } from '../apps/portal/test/stage.ts'
import { openStage, PASSWORD } from '../apps/portal/test/stage.ts'

const folder = process.argv[2] ?? join(import.meta.dirname, '../.tmp/screenshots')
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }
const LOOKS = ['light', 'dark'] as const
const EMAIL = 'tina@example.com'

interface Scene {
  readonly name: string
  readonly open: (page: Page, stage: Stage) => Promise<unknown>
}

const at = (name: string, path: string): Scene => ({ name, open: (page) => page.goto(path) })

const OPEN: readonly Scene[] = [
  at('sign-in', '/sign-in'),
  at('register', '/register'),
  {
    name: 'register-faults',
    open: async (page) => {
      await page.goto('/register')
      await page.getByLabel('First name').fill('Tina')
      await page.getByLabel('Email').fill('tina@example')
      await page.getByLabel('Password', { exact: true }).fill('tina1234')
      await page.getByText(/^(Very weak|Weak|Fair)/).waitFor()
      await page.getByRole('button', { name: 'Create account' }).click()
      await page.getByText('Fill this in.').first().waitFor()
    },
  },
  {
    name: 'check-mail',
    open: async (page) => {
      await page.goto('/password/reset')
      await page.getByLabel('Email').fill(EMAIL)
      await page.getByRole('button', { name: 'Send the link' }).click()
      await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
    },
  },
  at('forgot', '/password/reset'),
  at('activate', '/activate/MQ/cn2r5x-abcdef'),
  {
    name: 'activate-ended',
    open: async (page) => {
      await page.goto('/activate/MQ/cn2r5x-abcdef')
      await page.getByRole('button', { name: 'Activate' }).click()
      await page.getByRole('heading', { name: /ended|already/i }).waitFor()
    },
  },
  at('reset', '/password/reset/confirm/MQ/cn2r5x-abcdef'),
  at('email-reset', '/email/reset/confirm/MQ/cn2r5x-abcdef'),
  at('missing', '/nowhere'),
  { name: 'setup', open: (page, { doorward }) => page.goto(doorward.setupUrl ?? '/setup/x') },
  {
    name: 'mailbox',
    open: async (page) => {
      await page.goto('/mailbox')
      await page.locator('.mail-row').first().click()
      await page.locator('iframe').contentFrame().locator('body').waitFor()
    },
  },
]

const INSIDE: readonly Scene[] = [
  at('account', '/account'),
  at('security', '/account/security'),
  at('devices', '/account/devices'),
  at('activity', '/account/activity'),
  at('data', '/account/data'),
  {
    name: 'delete',
    open: async (page) => {
      await page.goto('/account/data')
      await page.getByRole('button', { name: 'Delete my account' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
]

async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(EMAIL)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Profile' }).waitFor()
}

async function shoot(page: Page, stage: Stage, scenes: readonly Scene[], suffix: string): Promise<void> {
  for (const scene of scenes) {
    await scene.open(page, stage)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForFunction(() => document.querySelector('.skeleton, .spinner') === null)
    await page.screenshot({ path: join(folder, `${scene.name}-${suffix}.png`), fullPage: true })
  }
}

mkdirSync(folder, { recursive: true })
const stage = await openStage({ mailServer: false })
await stage.person(EMAIL)
for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of LOOKS) {
    const page = await stage.visitor({ viewport, colorScheme, reducedMotion: 'reduce' })
    await shoot(page, stage, OPEN, `${size}-${colorScheme}`)
    await signIn(page)
    await shoot(page, stage, INSIDE, `${size}-${colorScheme}`)
    await page.context().close()
  }
}
await stage.close()
console.log(`Wrote the pictures into ${folder}`)
