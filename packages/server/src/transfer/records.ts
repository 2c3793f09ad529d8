/**
 * From a row of whatever system to an account, and back. Systems name the same things differently; the names that are
 * known stand in one table. What an export of Doorward holds comes back exactly as it was.
 */

import type { EmailComparison } from '../domain/email-address.ts'
import { isEmailAddress, normalizeEmail } from '../domain/email-address.ts'
import type { ProfileField, ProfileFields } from '../domain/profile-field.ts'
import type { FieldValue, User } from '../domain/user.ts'
import { recogniseHash } from '../passwords/recognise.ts'
import type { SourceRecord } from './rows.ts'

/** An account as it will be stored; without an id it gets the next one. */
export type ImportedUser = Omit<User, 'id'> & { readonly id: number | null }

/** What became of a row. */
export type Reading =
  | { readonly user: ImportedUser }
  | { readonly fault: string }
  /** The row is about something else, as many of a `dumpdata` are. */
  | { readonly other: string }

/** What reading depends on. */
export interface ReadingOptions {
  /** All profile fields, the built-in ones included. */
  readonly fields: ProfileFields
  readonly comparison: EmailComparison
  /** Whether accounts get new ids instead of those in the file. */
  readonly newIds: boolean
  /** Milliseconds since 1970, for what the file does not say. */
  readonly now: number
}

/** Names under which systems export a thing; the first one that is there counts. */
const NAMES = {
  id: ['id', 'user_id'],
  email: ['email', 'email_address', 'primary_email_address'],
  password: ['password', 'password_hash', 'passwordHash', 'encrypted_password', 'password_digest'],
  first_name: ['first_name', 'given_name', 'firstName'],
  last_name: ['last_name', 'family_name', 'lastName'],
  active: ['is_active', 'active'],
  verified: ['email_verified', 'emailVerified', 'email_confirmed_at'],
  disabled: ['disabled', 'blocked', 'banned'],
  staff: ['is_staff'],
  locale: ['locale'],
  last_login: ['last_login', 'last_sign_in_at', 'lastSignedInAt'],
  created_at: ['created_at', 'date_joined', 'createdAt'],
  deactivated_at: ['deactivated_at'],
  deactivation_reason: ['deactivation_reason'],
  invited_at: ['invited_at'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Names that are understood beside the project's fields; others are passed over, and reported. */
export const KNOWN_NAMES: ReadonlySet<string> = new Set(Object.values(NAMES).flat())

/** Django's `{model, pk, fields}` as the flat record that everybody else writes. */
export function flatten(record: SourceRecord): SourceRecord {
  const { model, pk, fields } = record
  if (typeof model !== 'string' || typeof fields !== 'object' || fields === null) return record
  return { id: pk, ...fields }
}

/** Reads a row. */
export function readUser(source: SourceRecord, options: ReadingOptions): Reading {
  const record = flatten(source)
  const email = textOf(find(record, NAMES.email))
  if (email === null && typeof source.model === 'string') return { other: source.model }
  if (email === null || !isEmailAddress(email.trim())) return { fault: 'there is no valid e-mail address' }
  const password = textOf(find(record, NAMES.password))
  const recognised = recogniseHash(password === null || password === '' ? UNUSABLE : password)
  if ('fault' in recognised) return recognised
  try {
    const user = {
      ...stateOf(record, options),
      id: options.newIds ? null : idOf(find(record, NAMES.id)),
      email: normalizeEmail(email.trim(), options.comparison),
      passwordHash: recognised.stored,
      profile: profileOf(record, options.fields),
    }
    const texts = [user.passwordHash, user.locale, user.deactivationReason, ...Object.values(user.profile)]
    if (texts.some((text) => String(text).includes('\0'))) return { fault: 'a text holds a null character' }
    return { user }
  } catch (error) {
    if (error instanceof TypeError) return { fault: error.message }
    throw error
  }
}

/** Nobody knows a password of this account; a reset link sets one. */
const UNUSABLE = '!imported without a password'

function stateOf(record: SourceRecord, { now }: ReadingOptions) {
  const told = find(record, NAMES.active) ?? find(record, NAMES.verified)
  const isDisabled = truthOf(find(record, NAMES.disabled) ?? false)
  const deactivatedAt = timeOf(record, NAMES.deactivated_at)
  return {
    // who is in another system's list and is not said to wait for something has an account there
    isActive: !isDisabled && truthOf(told ?? true),
    isStaff: truthOf(find(record, NAMES.staff) ?? false),
    locale: textOf(find(record, NAMES.locale)),
    lastLogin: timeOf(record, NAMES.last_login),
    createdAt: timeOf(record, NAMES.created_at) ?? now,
    deactivatedAt: deactivatedAt ?? (isDisabled || isSwitchedOff(record) ? now : null),
    deactivationReason: textOf(find(record, NAMES.deactivation_reason)),
    invitedAt: timeOf(record, NAMES.invited_at),
  }
}

/**
 * `is_active: false` of another system: nothing tells an account that staff switched off from one that was never
 * activated, so it stays off. Our own exports tell: they name the time, and leave it empty for those who wait.
 */
const isSwitchedOff = (record: SourceRecord): boolean =>
  !Object.hasOwn(record, 'deactivated_at') && !truthOf(find(record, NAMES.active) ?? true)

function profileOf(record: SourceRecord, fields: ProfileFields): Readonly<Record<string, FieldValue>> {
  const entries = Object.entries(fields).map(([name, field]) => {
    const names: readonly string[] = name === 'first_name' || name === 'last_name' ? NAMES[name] : [name]
    const value = find(record, names)
    const isBuiltIn = name === 'first_name' || name === 'last_name' || name === 'role'
    return [name, value === null ? (isBuiltIn ? '' : null) : fieldValue(name, field, value)] as const
  })
  return Object.fromEntries(entries)
}

function fieldValue(name: string, { type, maxLength = 255 }: ProfileField, value: unknown): FieldValue {
  if (type === 'boolean') return truthOf(value)
  const text = textOf(value) ?? ''
  if (type === 'integer') {
    if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(Number(text)))
      throw new TypeError(`\`${name}\` is no whole number`)
    return Number(text)
  }
  if (type === 'date' && !isDay(text)) throw new TypeError(`\`${name}\` is no day`)
  if ([...text].length > maxLength) throw new TypeError(`\`${name}\` is longer than ${maxLength} characters`)
  return text
}

/** PostgreSQL would refuse the thirtieth of February only when half of the file is stored. */
function isDay(text: string): boolean {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

const find = (record: SourceRecord, names: readonly string[]): unknown => {
  const name = names.find((one) => record[one] !== undefined && record[one] !== null)
  return name === undefined ? null : record[name]
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null

/** Yes, no, or a time at which something was so. */
const truthOf = (value: unknown): boolean =>
  !(value === false || value === 0 || /^(?:false|f|no|n|0|)$/i.test(String(value)))

function idOf(value: unknown): number | null {
  const id = Number(textOf(value) ?? '')
  // ids of other kinds, such as UUIDs, are not ours
  return Number.isSafeInteger(id) && id > 0 ? id : null
}

/** ISO 8601, as most write it and without a zone UTC, or milliseconds since 1970, as Firebase does. */
function timeOf(record: SourceRecord, names: readonly string[]): number | null {
  const text = textOf(find(record, names))
  if (text === null || text === '') return null
  if (/^\d{11,14}$/.test(text)) return Number(text)
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(text)
  const time = Date.parse(hasZone ? text : `${text.replace(' ', 'T')}Z`)
  if (Number.isNaN(time)) throw new TypeError(`\`${names[0]}\` is no time`)
  return time
}

/** An account as a row of an export, in the order in which it is written. */
export function userRecord(user: User, { withPassword }: { readonly withPassword: boolean }) {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  const record: Record<string, FieldValue> = {
    id: user.id,
    email: user.email,
    ...(withPassword && { password: user.passwordHash }),
    ...user.profile,
    is_active: user.isActive,
    is_staff: user.isStaff,
    locale: user.locale,
    last_login: time(user.lastLogin),
    created_at: time(user.createdAt),
    deactivated_at: time(user.deactivatedAt),
    deactivation_reason: user.deactivationReason,
    invited_at: time(user.invitedAt),
  }
  return record
}
