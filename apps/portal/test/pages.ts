/** What people do in the pages, in words that tests share. */
import type { Page } from 'playwright-core'
import { PASSWORD } from './stage.ts'

/** The title on a page. */
export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

/** Presses a button. */
export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** The field for a password. */
export const passwordField = (page: Page, name = 'Password') => page.getByLabel(name, { exact: true })

/** Waits until nothing loads any more; what is behind a dialog waits for that. */
export const settled = (page: Page) =>
  page.waitForFunction(() => {
    const front = document.querySelector('dialog[open]') ?? document
    return front.querySelector('.skeleton, .spinner') === null
  })

/** Fills in the form of the sign-in page and sends it. */
export async function fillSignIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await passwordField(page).fill(password)
  await press(page, 'Sign in')
}

/** Signs in and waits for the account. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in')
  await fillSignIn(page, email)
  await heading(page, 'Profile').waitFor()
}

/** Fills in the form of the registration. */
export async function fillRegistration(page: Page, email: string): Promise<void> {
  await page.getByLabel('First name').fill('Tina')
  await page.getByLabel('Last name').fill('Santoso')
  await page.getByLabel('Role').fill('buyer')
  await page.getByLabel('Email').fill(email)
  await passwordField(page).fill(PASSWORD)
}
