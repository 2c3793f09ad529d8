/** Mailed links: used twice, at once by many, for another purpose, of another person, and made up. */
import type { Attack } from './attack.ts'
import type { Target } from './target.ts'

const PASSWORD = 'Kiddie-Ride-4821'
const GUEST = { first_name: 'Gita', last_name: 'Santoso', role: 'buyer' }

interface Link {
  readonly name: string
  readonly path: string
  readonly extra: object
  /** Causes the mail; gives the parts of its link. */
  readonly obtain: (target: Target) => Promise<{ uid: string; token: string }>
}

let count = 0
const newEmail = () => {
  count += 1
  return `moved-${count}@example.com`
}

/** Somebody whose address was just changed; the links of it are in the mails. */
async function mover({ doorward, send }: Target) {
  const user = await doorward.signedUpUser()
  const to = newEmail()
  const body = { new_email: to, current_password: user.password }
  await send({ path: 'users/set_email/', body, headers: { ...user.headers } })
  return { from: user.email, to }
}

const LINKS: readonly Link[] = [
  {
    name: 'activation',
    path: 'users/activation/',
    extra: {},
    obtain: async ({ doorward }) => {
      const { email } = await doorward.register()
      return doorward.lastLink(email, 'activation')
    },
  },
  {
    name: 'password reset',
    path: 'users/reset_password_confirm/',
    extra: { new_password: 'Another-Ride-5932' },
    obtain: async ({ doorward, send }) => {
      const { email } = await doorward.signedUpUser()
      doorward.clock.advance(1)
      await send({ path: 'users/reset_password/', body: { email } })
      return doorward.lastLink(email, 'password_reset')
    },
  },
  {
    name: 'e-mail reset',
    path: 'users/reset_email_confirm/',
    extra: { new_email: 'reset-to@example.com' },
    obtain: async ({ doorward, send }) => {
      const { email } = await doorward.signedUpUser()
      await send({ path: 'users/reset_email/', body: { email } })
      return doorward.lastLink(email, 'email_reset')
    },
  },
  {
    name: 'invitation',
    path: 'users/accept_invitation/',
    extra: { new_password: 'Another-Ride-5932' },
    obtain: async ({ doorward, send }) => {
      const { headers } = await doorward.administrator()
      const email = newEmail()
      await send({ path: 'admin/users/invite/', body: { email, ...GUEST }, headers: { ...headers } })
      return doorward.lastLink(email, 'invitation')
    },
  },
  {
    name: 'e-mail change',
    path: 'users/set_email_confirm/',
    extra: {},
    obtain: async (target) => target.doorward.lastLink((await mover(target)).to, 'email_change'),
  },
  {
    name: 'e-mail undo',
    path: 'users/set_email_undo/',
    extra: {},
    obtain: async (target) => {
      const { from, to } = await mover(target)
      const link = await target.doorward.lastLink(to, 'email_change')
      await target.send({ path: 'users/set_email_confirm/', body: link })
      return target.doorward.lastLink(from, 'email_undo')
    },
  },
]

/** Each link by eight at the same moment, and once more afterwards. */
export const replayingLinks: Attack = {
  name: 'replay and race on each one-time link',
  run: async (target, notes) => {
    for (const { name, path, extra, obtain } of LINKS) {
      const body = { ...extra, ...(await obtain(target)) }
      const all = await Promise.all(Array.from({ length: 8 }, () => target.send({ path, body })))
      const good = all.filter(({ status }) => status === 204).length
      notes.tried(`${name}: ${good} of 8 at once were taken`, good !== 1)
      const again = await target.send({ path, body })
      notes.tried(`${name}: taken once more`, again.status === 204)
    }
  },
}

/** Each link where every other one belongs. */
export const confusingLinks: Attack = {
  name: 'links for another purpose, another person, changed and made up',
  run: async (target, notes) => {
    const other = await target.doorward.register({ password: PASSWORD })
    const { uid } = await target.doorward.lastLink(other.email, 'activation')
    for (const made of LINKS) {
      const link = await made.obtain(target)
      for (const { name, path, extra } of LINKS) {
        if (name === made.name) continue
        const { status } = await target.send({ path, body: { ...extra, ...link } })
        notes.tried(`${made.name} taken for ${name}`, status === 204)
      }
      const changed = `${link.token.slice(0, -1)}${link.token.endsWith('0') ? '1' : '0'}`
      const shots = { 'for another person': { ...link, uid }, changed: { ...link, token: changed } }
      for (const [how, body] of Object.entries(shots)) {
        const { status } = await target.send({ path: made.path, body: { ...made.extra, ...body } })
        notes.tried(`${made.name}, ${how}`, status === 204)
      }
    }
  },
}
