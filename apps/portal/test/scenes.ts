/** Every page of the portal in every state worth looking at: pictures are made of them, and axe looks at them. */
import type { Page } from 'playwright-core'
import { heading } from './pages.ts'
import type { Stage } from './stage.ts'

/** Who the scenes are about; the account must be there. */
export const SCENE_EMAIL = 'tina@example.com'

/** A page in a state worth looking at. */
export interface Scene {
  readonly name: string
  readonly open: (page: Page, stage: Stage) => Promise<unknown>
}

/** A page as it is when it opens. */
const at = (name: string, path: string): Scene => ({ name, open: (page) => page.goto(path) })

/** What everybody can open. */
export const OPEN_SCENES: readonly Scene[] = [
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
      await page.getByLabel('Email').fill(SCENE_EMAIL)
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

/** What is behind the sign-in. */
export const ACCOUNT_SCENES: readonly Scene[] = [
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

/** Opens a page and waits until nothing loads any more. */
export async function openScene(scene: Scene, page: Page, stage: Stage): Promise<void> {
  await scene.open(page, stage)
  await heading(page, /./).waitFor()
  await page.waitForFunction(() => document.querySelector('.skeleton, .spinner') === null)
}
