/** Every page of the portal in every state worth looking at: pictures are made of them, and axe looks at them. */
import type { Page } from 'playwright-core'
import { heading, press, settled } from './pages.ts'
import type { Stage } from './stage.ts'
import { PASSWORD } from './stage.ts'

/** Who the scenes are about, and who looks after accounts in them. */
export const SCENE_EMAIL = 'tina@example.com'
export const SCENE_STAFF = 'ada@example.com'

/** A page in a state worth looking at. */
export interface Scene {
  readonly name: string
  readonly open: (page: Page, stage: Stage) => Promise<unknown>
}

/** A page as it is when it opens. */
const at = (name: string, path: string): Scene => ({ name, open: (page) => page.goto(path) })

/** The page of a link that was never mailed, once its button is pressed. */
const ended = (name: string, path: string, button: string): Scene => ({
  name,
  open: async (page) => {
    await page.goto(`${path}/MQ/cn2r5x-abcdef`)
    await press(page, button)
    await heading(page, /ended|already|not complete/i).waitFor()
  },
})

/** What everybody can open. */
export const OPEN_SCENES: readonly Scene[] = [
  at('sign-in', '/sign-in'),
  {
    name: 'sign-in-refused',
    open: async (page) => {
      await page.goto('/sign-in')
      await page.getByLabel('Email').fill(SCENE_EMAIL)
      await page.getByLabel('Password', { exact: true }).fill('not-the-password')
      await press(page, 'Sign in')
      await page.getByRole('alert').waitFor()
    },
  },
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
  ended('activate-ended', '/activate', 'Activate'),
  at('invitation', '/invitation/MQ/cn2r5x-abcdef'),
  at('reset', '/password/reset/confirm/MQ/cn2r5x-abcdef'),
  at('email-reset', '/email/reset/confirm/MQ/cn2r5x-abcdef'),
  at('email-confirm', '/email/change/confirm/MQ/cn2r5x-abcdef'),
  ended('email-confirm-ended', '/email/change/confirm', 'Confirm this address'),
  {
    name: 'email-confirmed',
    open: async (page, stage) => {
      await page.goto(await linkToConfirm(stage))
      await press(page, 'Confirm this address')
      await heading(page, 'The address is changed').waitFor()
    },
  },
  at('email-undo', '/email/change/undo/MQ/cn2r5x-abcdef'),
  ended('email-undo-ended', '/email/change/undo', 'Undo the change'),
  {
    name: 'email-undone',
    open: async (page, stage) => {
      await page.goto(await linkToUndo(stage))
      await press(page, 'Undo the change')
      await heading(page, 'The old address is back').waitFor()
    },
  },
  at('missing', '/nowhere'),
  { name: 'setup', open: (page, { doorward }) => page.goto(doorward.setupUrl ?? '/setup/x') },
  {
    name: 'mailbox',
    open: async (page) => {
      await page.goto('/mailbox')
      await page.locator('.mail-row', { hasText: 'Password reset' }).first().click()
      await page.locator('iframe').contentFrame().locator('body').waitFor()
    },
  },
]

/** What is behind the sign-in. */
export const ACCOUNT_SCENES: readonly Scene[] = [
  at('account', '/account'),
  at('security', '/account/security'),
  {
    name: 'email-asked',
    open: async (page) => {
      await page.goto('/account/security')
      const section = page.locator('.section', { has: page.getByLabel('New email') })
      await section.getByLabel('New email').fill('tina.santoso@example.com')
      await section.getByLabel('Current password').fill(PASSWORD)
      await press(page, 'Change address')
      await section.getByText(/We have sent a link/).waitFor()
    },
  },
  at('devices', '/account/devices'),
  {
    name: 'devices-password',
    open: async (page, stage) => {
      await post(stage, 'jwt/create/', { email: SCENE_EMAIL, password: PASSWORD })
      await page.goto('/account/devices')
      await page.getByText('This device').waitFor()
      stage.advance(601)
      await press(page, 'Sign out all other devices')
      await page.getByRole('dialog').waitFor()
    },
  },
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

/** A button of the administration, and the dialog that it opens. */
const dialog = (name: string, path: string, button: string): Scene => ({
  name,
  open: async (page, stage) => {
    await page.goto(path.replace(':id', String(await idOf(stage, SCENE_EMAIL))))
    await press(page, button)
    await page.getByRole('dialog').waitFor()
  },
})

/** What is for staff. */
export const ADMIN_SCENES: readonly Scene[] = [
  {
    name: 'staff-account',
    open: (page) => page.goto('/account').then(() => toAdministration(page).waitFor()),
  },
  at('admin-overview', '/admin'),
  {
    name: 'admin-overview-table',
    open: async (page) => {
      await page.goto('/admin')
      await page.getByText('Show as a table').first().click()
    },
  },
  at('admin-people', '/admin/people'),
  at('admin-people-none', '/admin/people?search=nobody-at-all'),
  dialog('admin-invite', '/admin/people', 'Invite…'),
  dialog('admin-create', '/admin/people', 'Create…'),
  {
    name: 'admin-person',
    open: async (page, stage) => {
      await page.goto(`/admin/people/${await idOf(stage, SCENE_EMAIL)}`)
      await page.getByRole('heading', { name: 'Lately' }).waitFor()
    },
  },
  dialog('admin-switch-off', '/admin/people/:id', 'Switch off…'),
  dialog('admin-delete', '/admin/people/:id', 'Delete…'),
  at('admin-mails', '/admin/mails'),
  at('admin-audit', '/admin/audit'),
  at('admin-keys', '/admin/keys'),
  dialog('admin-rotate', '/admin/keys', 'Rotate…'),
]

/** The way from the account of somebody with staff rights to the administration. */
export const toAdministration = (page: Page) =>
  page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Administration' })

/**
 * Makes the people whom the scenes need, and a mail that was given up. Nobody has staff rights yet: the page that sets
 * up is gone once somebody has.
 */
export async function peopleScenes(stage: Stage): Promise<void> {
  for (const email of [SCENE_EMAIL, SCENE_STAFF, 'budi@example.com']) await stage.person(email)
  const { store, compose } = stage.doorward.deps
  const user = await store.users.byEmail('budi@example.com')
  if (!user) throw new TypeError('budi is gone')
  // in one transaction, so that no worker gets between
  await store.transaction(async ({ outbox }) => {
    await outbox.add(compose({ kind: 'password_reset', user }))
    const [queued] = await outbox.page({ to: user.email, state: 'queued', limit: 1 })
    await outbox.failed(queued?.id ?? 0, '550 5.1.1 no such user', null)
  })
}

/** Opens a page and waits until nothing loads any more. */
export async function openScene(scene: Scene, page: Page, stage: Stage): Promise<void> {
  await scene.open(page, stage)
  await heading(page, /./).waitFor()
  await settled(page)
}

async function idOf(stage: Stage, email: string): Promise<number> {
  const user = await stage.doorward.store.users.byEmail(email)
  if (!user) throw new TypeError(`nobody has the address ${email}`)
  return user.id
}

let movers = 0

/** Somebody new wants another address: the link that was mailed there. */
async function linkToConfirm(stage: Stage, email = `mover-${++movers}@example.com`): Promise<string> {
  await stage.person(email)
  const { access } = await post(stage, 'jwt/create/', { email, password: PASSWORD })
  const change = { new_email: `new-${email}`, current_password: PASSWORD }
  await post(stage, 'users/set_email/', change, { authorization: `Bearer ${access}` })
  return linkTo(stage, `new-${email}`)
}

/** Somebody new has another address: the link that was mailed to the old one. */
async function linkToUndo(stage: Stage): Promise<string> {
  const email = `mover-${++movers}@example.com`
  const [token, uid] = (await linkToConfirm(stage, email)).split('/').toReversed()
  await post(stage, 'users/set_email_confirm/', { uid, token })
  return linkTo(stage, email)
}

async function post(stage: Stage, path: string, body: object, headers: object = {}) {
  const answer = await stage.doorward.fetch(
    new Request(`${stage.url}${stage.doorward.settings.api.authPath}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  )
  const text = await answer.text()
  if (!answer.ok) throw new TypeError(`${path} was refused: ${text}`)
  return text === '' ? {} : JSON.parse(text)
}

async function linkTo(stage: Stage, to: string): Promise<string> {
  const [mail] = await stage.doorward.store.outbox.list({ to, limit: 1 })
  return /https?:\/\/\S+\/email\/change\/\S+/.exec(mail?.text ?? '')?.[0] ?? ''
}
