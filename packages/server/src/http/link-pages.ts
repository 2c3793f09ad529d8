/**
 * The pages behind mailed links, for projects whose front end is this server. Opening a link changes nothing, for
 * mail scanners open links too; only the button does (peers of ours lose tokens to scanners). No script is needed.
 */
import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Origin } from '../domain/audit.ts'
import type { Issue } from '../domain/errors.ts'
import { DoorwardError, sentence } from '../domain/errors.ts'
import type { LinkInput } from '../flows/activate.ts'
import { activate } from '../flows/activate.ts'
import type { Deps } from '../flows/deps.ts'
import { resetEmail } from '../flows/reset-email.ts'
import { resetPassword } from '../flows/reset-password.ts'
import { readBody } from './body.ts'
import { originOf } from './client-address.ts'
import type { Markup } from './pages.ts'
import { answerPage, faultList, pageFrame } from './pages.ts'
import { parseInput } from './parse-input.ts'
import type { Schemas } from './schemas.ts'
import { exchangeOf } from './web-exchange.ts'

/** A page of a link: what it asks, what its button does, and what is said afterwards. */
interface LinkPage {
  /** The path of the setting, with `{uid}` and `{token}`. */
  readonly path: string
  readonly title: string
  readonly form: Markup
  readonly done: string
  act(link: LinkInput & { readonly origin: Origin }, body: unknown): Promise<void>
}

const HINTS: Partial<Record<Issue['code'], string>> = {
  invalid_uid: 'This link is not complete. Copy it from the mail once more.',
  invalid_link_token: 'This link was used before, or is too old. Ask for a new one.',
  stale_token: 'This account is active already. You can sign in.',
}

/** Adds the pages, unless the front end of the project is somewhere else. */
export function linkPages(app: Hono, deps: Deps & { readonly schemas: Schemas }): void {
  const { server } = deps.settings
  if (server.frontendUrl !== `${server.publicUrl}/`) return
  for (const page of [activation(deps), passwordReset(deps), emailReset(deps)]) {
    const path = `/${page.path.replace('{uid}', ':uid').replace('{token}', ':token')}`
    app.get(path, (c) => answerPage(c, pageFrame(page.title, page.form)))
    app.post(path, (c) => answer(c, page, deps))
  }
}

async function answer(c: Context, page: LinkPage, { settings }: Deps): Promise<Response> {
  try {
    const origin = originOf(exchangeOf(c), settings)
    const link = { uid: c.req.param('uid') ?? '', token: c.req.param('token') ?? '', origin }
    await page.act(link, await readBody(c.req.raw, settings.server.bodyLimit))
    return answerPage(c, pageFrame(page.title, html`<p>${page.done}</p>`))
  } catch (error) {
    if (!(error instanceof DoorwardError)) throw error
    const faults = error.issues.map((one) => HINTS[one.code] ?? sentence(one, settings.api.messages))
    return answerPage(c, pageFrame(page.title, html`${faultList(faults)}${page.form}`), 400)
  }
}

const activation = (deps: Deps): LinkPage => ({
  path: deps.settings.links.activation,
  title: 'Activate your account',
  form: html`<p>One press, and your account at ${deps.settings.server.siteName} is ready.</p>
<form method="post"><button>Activate</button></form>`,
  done: 'Your account is active. You can sign in now.',
  act: (link) => activate(deps, link),
})

const passwordReset = (deps: Deps & { readonly schemas: Schemas }): LinkPage => ({
  path: deps.settings.links.passwordReset,
  title: 'Choose a new password',
  form: html`<form method="post">
<label>New password<input name="new_password" type="password" autocomplete="new-password" required></label>
<label>Once more<input name="re_new_password" type="password" autocomplete="new-password" required></label>
<button>Set the password</button></form>
<p class="quiet">Afterwards you are signed out everywhere and sign in with the new password.</p>`,
  done: 'The new password is set. You can sign in with it now.',
  act: async (link, body) => {
    const input = await parseInput(deps.schemas.resetPasswordForm, body)
    await resetPassword(deps, {
      ...link,
      newPassword: input.new_password,
      reNewPassword: input.re_new_password,
    })
  },
})

const emailReset = (deps: Deps & { readonly schemas: Schemas }): LinkPage => ({
  path: deps.settings.links.emailReset,
  title: 'Change your e-mail address',
  form: html`<form method="post">
<label>New e-mail address<input name="new_email" type="email" autocomplete="email" required></label>
<button>Change the address</button></form>`,
  done: 'The address is changed. Sign in with it from now on.',
  act: async (link, body) => {
    const input = await parseInput(deps.schemas.resetEmail, body)
    await resetEmail(deps, { ...link, newEmail: input.new_email, reNewEmail: undefined })
  },
})
