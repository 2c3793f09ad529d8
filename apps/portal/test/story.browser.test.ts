import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../packages/server/src/testing/databases.ts'
import { fillRegistration, fillSignIn, heading, passwordField, press, signIn } from './pages.ts'
import type { Stage } from './stage.ts'
import { openStage } from './stage.ts'

const EMAIL = 'tina@example.com'
const NEW_PASSWORD = 'Carousel-Horse-9137'

describe.each(testDatabases())(
  'the pages | the story, from the first click to the end, on $name',
  (database) => {
    let stage: Stage
    let page: Page

    beforeAll(async () => {
      stage = await openStage({ database: await database.url() })
      page = await stage.visitor()
    })
    afterAll(async () => {
      await stage.close()
      await database.close()
    })

    it('registers: the form, the mail, and a press of its button makes the account active', async () => {
      await page.goto('/')
      await page.getByRole('link', { name: 'Create one' }).click()
      await heading(page, 'Create your account').waitFor()
      await fillRegistration(page, EMAIL)
      await press(page, 'Create account')
      await heading(page, 'Check your mail').waitFor()
      expect(await page.getByRole('main').innerText()).toContain(EMAIL)

      const link = await stage.mailedLink(EMAIL)
      expect(link.startsWith(`${stage.url}/activate/`)).toBe(true)
      await page.goto(link)
      await heading(page, 'Activate your account').waitFor()
      expect(page.url()).toBe(`${stage.url}/activate`)
      expect((await stage.doorward.store.users.byEmail(EMAIL))?.isActive).toBe(false)
      await press(page, 'Activate')
      await heading(page, 'Your account is active').waitFor()
      expect((await stage.doorward.store.users.byEmail(EMAIL))?.isActive).toBe(true)
    })

    it('signs in, stays signed in over a reload, and signs out', async () => {
      await page.getByRole('link', { name: 'Sign in' }).click()
      await fillSignIn(page, EMAIL)
      await heading(page, 'Profile').waitFor()
      expect(await page.getByLabel('First name').inputValue()).toBe('Tina')

      await page.reload()
      await heading(page, 'Profile').waitFor()
      const kept = await page.evaluate(
        () => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie,
      )
      expect(kept).not.toMatch(/eyJ|refresh/)
      await press(page, 'Sign out')
      await heading(page, 'Welcome back').waitFor()
      await page.getByRole('status').getByText('You are signed out.').waitFor()
      await page.goto('/account')
      await heading(page, 'Welcome back').waitFor()
    })

    it('resets the password: asks for the mail, chooses a new one, and only that one signs in', async () => {
      await page.getByRole('link', { name: 'Forgot your password?' }).click()
      await page.getByLabel('Email').fill(EMAIL)
      await press(page, 'Send the link')
      await heading(page, 'Check your mail').waitFor()
      const mails = stage.sink.mails.length
      expect(mails).toBeGreaterThan(0)

      await page.goto(await resetLink(stage))
      await heading(page, 'Choose a new password').waitFor()
      expect(page.url()).toBe(`${stage.url}/password/reset/confirm`)
      await passwordField(page, 'New password').fill(NEW_PASSWORD)
      await press(page, 'Set the password')
      await heading(page, 'The new password is set').waitFor()

      await page.getByRole('link', { name: 'Sign in' }).click()
      await fillSignIn(page, EMAIL)
      await page.getByRole('alert').getByText('Address or password is wrong').waitFor()
      await passwordField(page).fill(NEW_PASSWORD)
      await press(page, 'Sign in')
      await heading(page, 'Profile').waitFor()
    })
  },
)

async function resetLink(stage: Stage): Promise<string> {
  for (let count = 1; ; count++) {
    const link = await stage.mailedLink(EMAIL, count)
    if (link.includes('/password/reset/')) return link
  }
}

describe('the pages | of a server that wants its tokens elsewhere', () => {
  it('send them there', async () => {
    const api = { headerName: 'x-access-token', headerTypes: ['Bearer'] }
    const stage = await openStage({ config: { api } })
    const page = await stage.visitor()
    await stage.person(EMAIL)
    await signIn(page, EMAIL)
    await page.reload()
    await heading(page, 'Profile').waitFor()
    await stage.close()
  })
})
