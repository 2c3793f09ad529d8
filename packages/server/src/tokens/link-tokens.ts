/**
 * The tokens in mailed links. Shape and lifetime are Django's (`<time in base 36>-<mac>`), but each purpose has a
 * key of its own, so that a link mailed for one purpose opens nothing else.
 *
 * The mac covers address, password hash and last sign-in: changing any of these ends every link at once, which is
 * also what makes a link good for one time only.
 */
import { isUtf8 } from 'node:buffer'
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Settings } from '../config/settings.ts'
import type { Clock } from '../domain/clock.ts'
import { seconds } from '../domain/clock.ts'
import { pythonInteger } from '../domain/python-number.ts'
import type { Secret } from '../domain/secret.ts'
import type { CredentialState } from '../store/store.ts'
import { deriveKey } from './seal.ts'

/** What a mailed link does. */
export type LinkPurpose =
  | 'activation'
  | 'invitation'
  | 'password_reset'
  | 'email_reset'
  | 'email_change'
  | 'email_undo'

/** The two parts of a mailed link. */
export interface LinkParts {
  readonly uid: string
  readonly token: string
}

/** Maker and checker of link tokens. */
export interface LinkTokens {
  make(purpose: LinkPurpose, user: CredentialState): LinkParts
  /** Whether the token was made for this purpose, for this account as it is now, and not too long ago. */
  check(purpose: LinkPurpose, user: CredentialState, token: string): boolean
}

/** Django counts link times from 2001-01-01, in seconds. */
const EPOCH_2001 = 978_307_200
const TOKEN_FORM = /^([0-9a-z]{1,13})-([0-9a-f]{32})$/

/** How long the links of each purpose are good, in seconds. */
export const linkLifetimes = ({ links }: Pick<Settings, 'links'>): Readonly<Record<LinkPurpose, number>> => ({
  activation: links.activationLifetime,
  invitation: links.invitationLifetime,
  password_reset: links.resetLifetime,
  email_reset: links.resetLifetime,
  email_change: links.activationLifetime,
  email_undo: links.undoLifetime,
})

/** Makes link tokens from the secrets (the first makes, all check) and the lifetime of each purpose, in seconds. */
export function createLinkTokens(deps: {
  secrets: readonly Secret[]
  clock: Clock
  lifetimes: Readonly<Record<LinkPurpose, number>>
}): LinkTokens {
  const keysOf = (purpose: LinkPurpose) => deps.secrets.map((secret) => deriveKey(secret, `link:${purpose}`))
  const keys = {
    activation: keysOf('activation'),
    invitation: keysOf('invitation'),
    password_reset: keysOf('password_reset'),
    email_reset: keysOf('email_reset'),
    email_change: keysOf('email_change'),
    email_undo: keysOf('email_undo'),
  }
  return {
    make: (purpose, user) => {
      const time = seconds(deps.clock) - EPOCH_2001
      const [key] = keys[purpose]
      if (!key) throw new TypeError('createLinkTokens needs at least one secret')
      return { uid: encodeUid(user.id), token: `${time.toString(36)}-${mac(key, user, time)}` }
    },
    check: (purpose, user, token) => {
      const [, time36 = '', given = ''] = TOKEN_FORM.exec(token) ?? []
      const time = Number.parseInt(time36, 36)
      if (given === '' || time.toString(36) !== time36) return false
      const matches = keys[purpose].some((key) => equal(mac(key, user, time), given))
      return matches && seconds(deps.clock) - EPOCH_2001 - time <= deps.lifetimes[purpose]
    },
  }
}

function mac(key: Buffer, user: CredentialState, time: number): string {
  const state = JSON.stringify([user.id, user.passwordHash, user.lastLogin, time, user.email])
  return createHmac('sha256', key).update(state).digest('hex').slice(0, 32)
}

const equal = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** The `uid` of a link: base64url of the decimal id. */
const encodeUid = (id: number): string => Buffer.from(String(id)).toString('base64url')

/**
 * The id in a `uid`, or null. As lenient as Python's decoder, for mail programs like to add something: padding is
 * optional, foreign characters are passed over, and the number is what `int()` takes.
 */
export function decodeUid(uid: string): number | null {
  const padded = uid + '='.repeat(Buffer.byteLength(uid) % 4)
  const data = padded.replace(/[^A-Za-z0-9_+/-]/g, '')
  const missing = (4 - (data.length % 4)) % 4
  if (missing === 3 || padded.split('=').length - 1 < missing) return null
  const bytes = Buffer.from(data, 'base64url')
  const id = isUtf8(bytes) ? pythonInteger(bytes.toString()) : null
  return id !== null && id > 0 ? id : null
}
