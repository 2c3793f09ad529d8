/**
 * Making the first administrator in the browser, by a one-time link that only whoever sees the terminal knows. The
 * link is random, lives in memory for half an hour, and means nothing once anybody has staff rights.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { fail } from '../domain/errors.ts'
import { administratorRole } from '../domain/roles.ts'
import { publicUser } from '../domain/user.ts'
import { createSuperuser } from '../flows/create-superuser.ts'
import type { Deps } from '../flows/deps.ts'
import type { Resource } from './endpoint.ts'
import * as fields from './fields.ts'

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
      const [one, other] = [Buffer.from(given), Buffer.from(token)]
      const same = one.length === other.length && timingSafeEqual(one, other)
      return needed && same && deps.clock.now() < endsAt && !(await deps.store.users.hasStaff())
    },
  }
}

const SCHEMA = z.object({
  email: fields.text({ email: true, max: 255 }),
  first_name: fields.text({ max: 255 }),
  last_name: fields.text({ max: 255 }),
  password: fields.password({ trim: false }),
})

/** What the page behind the link posts to. Like the page, it is gone once there is an administrator. */
export const setupResource = (deps: Deps & { readonly setup: Setup }): Resource => ({
  path: 'setup/:token/',
  heedsCredentials: false,
  otherMethods: 'anyone',
  operations: {
    POST: {
      id: 'setUp',
      summary: 'Make the first administrator',
      tag: 'Staff',
      permission: 'anyone',
      input: SCHEMA,
      success: { status: 201, description: 'There is an administrator now.' },
      errors: ['not_found', 'required', 'password_too_common', 'overloaded'],
      handle: async (request) => {
        if (!(await deps.setup.isOpen(request.params.token ?? ''))) throw fail('not_found')
        const input = await request.read(SCHEMA)
        const { email, password } = input
        const role = administratorRole(deps.settings.users)
        const profile = { first_name: input.first_name, last_name: input.last_name, role }
        const { origin } = request
        const user = await createSuperuser(deps, { email, profile, password, origin, onlyFirst: true })
        return { status: 201, body: publicUser(user) }
      },
    },
  },
})
