/**
 * Making the first administrator in the browser, by a one-time link that only whoever sees the terminal knows. The
 * link is random, lives in memory for half an hour, and means nothing once anybody has staff rights.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { DoorwardError, sentence } from '../domain/errors.ts'
import { checkNewPassword } from '../flows/check-new-password.ts'
import { createSuperuser } from '../flows/create-superuser.ts'
import type { Deps } from '../flows/deps.ts'
import { readBody } from './body.ts'
import { originOf } from './client-address.ts'
import * as fields from './fields.ts'
import type { Markup } from './pages.ts'
import { answerPage, faultList, notFoundPage, pageFrame } from './pages.ts'
import { parseInput } from './parse-input.ts'
import { exchangeOf } from './web-exchange.ts'

/** The link, while it is good. */
export interface Setup {
  /** Null once there is an administrator. */
  readonly url: string | null
  /** Whether the link with this token can be used now. */
  isOpen(token: string): Promise<boolean>
}

const LIFETIME = 30 * 60_000

/** Makes the link if nobody has staff rights yet. */
export async function createSetup(deps: Pick<Deps, 'store' | 'clock' | 'settings'>): Promise<Setup> {
  const needed = !(await deps.store.users.hasStaff())
  const token = randomBytes(24).toString('base64url')
  const endsAt = deps.clock.now() + LIFETIME
  return {
    url: needed ? `${deps.settings.server.publicUrl}/setup/${token}` : null,
    isOpen: async (given) => {
      const same = given.length === token.length && timingSafeEqual(Buffer.from(given), Buffer.from(token))
      return needed && same && deps.clock.now() < endsAt && !(await deps.store.users.hasStaff())
    },
  }
}

/** Adds the page and what its form posts to. Both are gone once there is an administrator. */
export function setupPages(app: Hono, deps: Deps & { readonly setup: Setup }): void {
  const path = '/setup/:token'
  app.get(path, async (c) =>
    (await deps.setup.isOpen(c.req.param('token')))
      ? answerPage(c, form(deps.settings.server.siteName, []))
      : notFoundPage(c),
  )
  app.post(path, async (c) => {
    if (!(await deps.setup.isOpen(c.req.param('token')))) return notFoundPage(c)
    try {
      const email = await makeAdministrator(deps, c)
      return answerPage(c, finished(email))
    } catch (error) {
      if (!(error instanceof DoorwardError)) throw error
      const faults = error.issues.map((one) => `${one.path ?? 'form'}: ${sentence(one)}`)
      return answerPage(c, form(deps.settings.server.siteName, faults), 400)
    }
  })
}

const SCHEMA = z.object({
  email: fields.text({ email: true, max: 255 }),
  first_name: fields.text({ max: 255 }),
  last_name: fields.text({ max: 255 }),
  password: fields.password({ trim: false }),
})

async function makeAdministrator(deps: Deps, c: Context): Promise<string> {
  const input = await parseInput(SCHEMA, await readBody(c.req.raw, deps.settings.server.bodyLimit))
  const { email, password } = input
  const profile = { first_name: input.first_name, last_name: input.last_name, role: 'admin' }
  checkNewPassword(deps, { password, retyped: undefined, path: 'password', about: { email, profile } })
  const origin = originOf(exchangeOf(c), deps.settings)
  return (await createSuperuser(deps, { email, profile, password, origin })).email
}

const form = (siteName: string, faults: readonly string[]): Markup =>
  pageFrame(
    `The first administrator of ${siteName}`,
    html`${faultList(faults)}
<form method="post">
<label>E-mail<input name="email" type="email" autocomplete="username" required></label>
<label>First name<input name="first_name" autocomplete="given-name" required></label>
<label>Last name<input name="last_name" autocomplete="family-name" required></label>
<label>Password<input name="password" type="password" autocomplete="new-password" minlength="8" required></label>
<button>Make the administrator</button>
</form>`,
  )

const finished = (email: string): Markup =>
  pageFrame(
    'Done',
    html`<p>${email} has staff rights now and can sign in. This page is gone from here on.</p>`,
  )
