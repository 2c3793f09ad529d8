import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from '../../../test/pages.ts'
import { heading, passwordField, press, settled, signIn } from './pages.ts'
import type { Scene } from './scenes.ts'
import {
  ACCOUNT_SCENES,
  ADMIN_SCENES,
  OPEN_SCENES,
  openScene,
  peopleScenes,
  SCENE_EMAIL,
  SCENE_STAFF,
} from './scenes.ts'
import type { Stage } from './stage.ts'
import { openStage, PASSWORD } from './stage.ts'

const DESKTOP = { width: 1280, height: 800 }
const PHONE = { width: 360, height: 740 }
/** Fingers need this much (WCAG 2.2, 2.5.5; Apple's guidelines), in CSS pixels. Links inside of text are exempt. */
const FINGER = 44

let stage: Stage
let tina: Page

beforeAll(async () => {
  stage = await openStage({ mailServer: false, storedKeys: true })
  await peopleScenes(stage)
})
afterAll(() => stage.close())

/** What is too small for a finger, and whether the page has to be pushed aside to be read. */
const phoneFaults = (page: Page): Promise<readonly string[]> =>
  page.evaluate((least) => {
    const small = [
      ...document.querySelectorAll<HTMLElement>('button, select, input, .button, nav a, footer a'),
    ]
      .filter((element) => element.checkVisibility() && !element.closest('.box, .tabs'))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.height < least || box.width < least))
      .map(({ element, box }) => `${element.outerHTML.slice(0, 90)} is ${box.width}×${box.height}`)
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth > clientWidth ? [...small, `${scrollWidth} px wide on ${clientWidth}`] : small
  }, FINGER)

const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

describe.each<[string, readonly Scene[], () => Promise<Page>]>([
  ['a stranger', OPEN_SCENES, () => stage.visitor({ reducedMotion: 'reduce' })],
  ['an owner', ACCOUNT_SCENES, () => visit(SCENE_EMAIL)],
  ['staff', ADMIN_SCENES, () => stage.promote(SCENE_STAFF).then(() => visit(SCENE_STAFF))],
])('the pages | for %s', (_, scenes, open) => {
  let page: Page
  beforeAll(async () => {
    page = await open()
  })
  afterAll(() => page.context().close())

  it.each(scenes)(
    '$name fits a phone and its fingers, and axe finds nothing wrong, light or dark',
    async (scene) => {
      await page.setViewportSize(PHONE)
      await openScene(scene, page, stage)
      expect(await phoneFaults(page)).toEqual([])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await axeFindings(page), colorScheme).toEqual([])
      }
      await page.setViewportSize(DESKTOP)
      expect(await isTooWide(page)).toBe(false)
      expect(await axeFindings(page), 'on a desktop').toEqual([])
    },
  )
})

/** Where a text does not fit into what holds it. What scrolls, or is only for those who hear the page, is exempt. */
const cutTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a, label, h1, h2, p, span, td, th')]
      .filter((element) => element.checkVisibility() && !element.closest('.hidden, .on-desktop, .skip'))
      .filter((element) => getComputedStyle(element).display !== 'inline')
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .map(({ outerHTML }) => outerHTML.slice(0, 90)),
  )

describe('the pages | on a small phone, in every language', () => {
  const OPEN = ['/sign-in', '/register', '/email/change/undo/MQ/x-y']
  const STAFF = ['/account/security', '/account/data', '/admin', '/admin/people', '/admin/keys']
  let stranger: Page
  let staff: Page
  beforeAll(async () => {
    stranger = await stage.visitor({ viewport: { width: 320, height: 640 } })
    await stranger.goto('/sign-in')
    await stage.promote(SCENE_STAFF)
    staff = await visit(SCENE_STAFF)
    await staff.setViewportSize({ width: 320, height: 640 })
  })
  afterAll(() => Promise.all([stranger.context().close(), staff.context().close()]))

  it.each(['de', 'en', 'es', 'fr', 'id', 'it', 'ja', 'nl', 'pt', 'zh'])(
    '%s fits: no text is cut',
    async (language) => {
      for (const [page, paths] of [
        [stranger, OPEN],
        [staff, STAFF],
      ] as const) {
        await page.locator('.top select').selectOption(language)
        await page.waitForFunction((code) => document.documentElement.lang === code, language)
        for (const path of paths) {
          await page.goto(path)
          await heading(page, /./).waitFor()
          await settled(page)
          expect(await cutTexts(page), path).toEqual([])
          expect(await isTooWide(page), path).toBe(false)
        }
      }
    },
  )
})

describe('the pages | on a small phone, with long names', () => {
  it('a name and an address without a space fit, for their owner and for staff', async () => {
    const email = `${'a'.repeat(64)}@${'d'.repeat(60)}.example.com`
    const boss = 'boss@example.com'
    await Promise.all([stage.person(email), stage.person(boss)])
    await stage.promote(boss)
    const owner = await visit(email)
    await owner.getByLabel('First name').fill('W'.repeat(200))
    await press(owner, 'Save')
    await owner.getByText('Saved.').waitFor()
    const staff = await visit(boss)
    const user = await stage.doorward.store.users.byEmail(email)
    for (const [page, paths] of [
      [owner, ['/account', '/account/security', '/account/data']],
      [staff, ['/admin/people', `/admin/people/${user?.id}`]],
    ] as const) {
      await page.setViewportSize({ width: 320, height: 640 })
      for (const path of paths) {
        await page.goto(path)
        await heading(page, /./).waitFor()
        await settled(page)
        expect(await isTooWide(page), path).toBe(false)
      }
      await page.context().close()
    }
  })
})

async function visit(email: string): Promise<Page> {
  const page = await stage.visitor({ reducedMotion: 'reduce' })
  await signIn(page, email)
  return page
}

describe('the pages | the keyboard', () => {
  beforeAll(async () => {
    tina = await visit(SCENE_EMAIL)
  })
  afterAll(() => tina.context().close())

  const focused = (page: Page) =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      const ring = getComputedStyle(element.closest('.tool') ?? element)
      return {
        name: element.textContent || element.getAttribute('name'),
        isSeen: [outlineStyle, ring.outlineStyle].includes('solid') && outlineWidth !== '0px',
      }
    })

  it('skips to the content, and shows at every stop where it is', async () => {
    const page = await stage.visitor()
    await page.goto('/sign-in')
    await heading(page, 'Welcome back').waitFor()
    await page.keyboard.press('Tab')
    expect(await focused(page)).toEqual({ name: 'Skip to the content', isSeen: true })
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toEqual({ name: 'email', isSeen: true })
    for (let stop = 0; stop < 6; stop++) {
      await page.keyboard.press('Tab')
      expect(await focused(page)).toMatchObject({ isSeen: true })
    }
    await page.context().close()
  })

  it('signs in, changes the profile and signs out without a mouse', async () => {
    const page = await stage.visitor()
    await page.goto('/sign-in')
    await page.getByLabel('Email').focus()
    await page.keyboard.type(SCENE_EMAIL)
    await page.keyboard.press('Tab')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await heading(page, 'Profile').waitFor()
    await page.getByLabel('First name').focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Tina')
    await page.keyboard.press('Enter')
    await page.getByText('Saved.').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).focus()
    await page.keyboard.press('Enter')
    await heading(page, 'Welcome back').waitFor()
    await page.context().close()
  })

  it('is led to the first field that is wrong, which says what is', async () => {
    const page = await stage.visitor()
    await page.goto('/register')
    await page.getByLabel('First name').fill('Tina')
    await page.getByLabel('First name').press('Enter')
    const field = page.getByLabel('Last name')
    await page.getByText('Fill this in.').first().waitFor()
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    const described = await field.getAttribute('aria-describedby')
    expect(await page.locator(`[id="${described}"]`).innerText()).toContain('Fill this in.')
    await page.context().close()
  })

  it('types on in a field that was wrong, though others are wrong too', async () => {
    const page = await stage.visitor()
    await page.goto('/register')
    await press(page, 'Create account')
    await page.getByText('Fill this in.').first().waitFor()
    await page.keyboard.type('Tina')
    expect(await page.getByLabel('First name').inputValue()).toBe('Tina')
    await page.context().close()
  })

  it('hears what is wrong with a field that has the focus already', async () => {
    const page = await stage.visitor()
    await page.goto('/password/reset')
    const field = page.getByLabel('Email')
    await field.fill('tina')
    await field.press('Enter')
    await page.getByRole('alert').getByText('This is not an email address.').waitFor()
    await page.context().close()
  })

  it('sees the whole of what it comes to on a phone with letters of twice the size', async () => {
    const page = await visit(SCENE_EMAIL)
    await page.setViewportSize(PHONE)
    const enlarge = () => page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
    await page.goto('/account')
    await heading(page, 'Profile').waitFor()
    await enlarge()
    for (const name of ['Profile', 'Sign-in', 'Devices', 'Activity', 'Your data']) {
      const link = page.getByRole('navigation').getByRole('link', { name, exact: true })
      while (!(await link.evaluate((element) => element === document.activeElement)))
        await page.keyboard.press('Tab')
      const box = await link.boundingBox()
      expect(box?.x, name).toBeGreaterThanOrEqual(0)
      expect((box?.x ?? 0) + (box?.width ?? 0), name).toBeLessThanOrEqual(PHONE.width)
    }
    await page.goto('/account/security')
    await heading(page, 'Sign-in').waitFor()
    await enlarge()
    const current = passwordField(page, 'Current password').first()
    await current.focus()
    await page.keyboard.press('Enter')
    const fault = await page.getByText('Fill this in.').first().boundingBox()
    expect((fault?.y ?? 0) + (fault?.height ?? 0)).toBeLessThanOrEqual(PHONE.height)
    await page.context().close()
  })

  it('closes the question about deleting by Escape, and nothing is deleted', async () => {
    await tina.goto('/account/data')
    const open = tina.getByRole('button', { name: 'Delete my account' })
    await open.press('Enter')
    await passwordField(tina, 'Current password').waitFor()
    await tina.keyboard.press('Escape')
    await tina.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await open.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  it('hears which page opened, and begins at its top', async () => {
    const page = await stage.visitor()
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Create one' }).press('Enter')
    await heading(page, 'Create your account').waitFor()
    expect(await page.title()).toBe('Create your account · Walkiddie')
    await page.getByRole('status').getByText('Create your account').waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN')
    await page.context().close()
  })
})

describe('the pages | what people ask for', () => {
  it('come in Indonesian to a browser that asks for it, and in English when switched', async () => {
    const page = await stage.visitor({ locale: 'id-ID' })
    await page.goto('/sign-in')
    await heading(page, 'Selamat datang kembali').waitFor()
    await page.getByLabel('Bahasa').selectOption('en')
    await heading(page, 'Welcome back').waitFor()
    expect(await page.getAttribute('html', 'lang')).toBe('en')
    await page.reload()
    await heading(page, 'Welcome back').waitFor()
    await page.context().close()
  })

  it('are dark by a switch, and stay so', async () => {
    const page = await stage.visitor({ colorScheme: 'light' })
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    await page.goto('/sign-in')
    const light = await background()
    await page.getByRole('button', { name: 'Look: As the system' }).click()
    await page.getByRole('button', { name: 'Look: Light' }).click()
    await page.getByRole('button', { name: 'Look: Dark' }).waitFor()
    const dark = await background()
    expect(dark).not.toBe(light)
    await page.reload()
    await heading(page, 'Welcome back').waitFor()
    expect(await background()).toBe(dark)
    await page.context().close()
  })

  it('move nothing for those who asked for that', async () => {
    const page = await stage.visitor({ reducedMotion: 'reduce' })
    await page.goto('/sign-in')
    const button = page.getByRole('button', { name: 'Sign in' })
    const duration = await button.evaluate((element) => getComputedStyle(element).transitionDuration)
    expect(Number.parseFloat(duration)).toBeLessThan(0.001)
    await page.context().close()
  })

  it('take a pasted password, show it on request, and tell password managers which is which', async () => {
    const page = await stage.visitor({ permissions: ['clipboard-read', 'clipboard-write'] })
    await page.goto('/register')
    const field = passwordField(page)
    expect(await field.getAttribute('autocomplete')).toBe('new-password')
    expect(await page.getByLabel('Email').getAttribute('autocomplete')).toBe('username')
    await page.evaluate((text) => navigator.clipboard.writeText(text), PASSWORD)
    await field.focus()
    await page.keyboard.press('Control+V')
    expect(await field.inputValue()).toBe(PASSWORD)
    expect(await field.getAttribute('type')).toBe('password')
    await page.getByRole('button', { name: 'Show the password' }).click()
    expect(await field.getAttribute('type')).toBe('text')
    await page.getByText('Very strong.').waitFor()
    await page.goto('/sign-in')
    expect(await passwordField(page).getAttribute('autocomplete')).toBe('current-password')
    await page.context().close()
  })
})
