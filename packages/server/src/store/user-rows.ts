/** How accounts lie in the table `users`: which columns are read, and how a row becomes a `User`. */
import type { DynamicModule, DynamicReferenceBuilder, Selectable } from 'kysely'
import type { User } from '../domain/user.ts'
import { type ProfileColumn, readProfile } from './profile-columns.ts'
import type { Database, UsersTable } from './schema.ts'

const COLUMNS = [
  'id',
  'email',
  'password_hash',
  'is_active',
  'is_staff',
  'locale',
  'last_login',
  'created_at',
  'deactivated_at',
  'deactivation_reason',
  'invited_at',
] as const

/** What a query for accounts selects: the fixed columns and those of the profile. */
export type UserSelection = readonly ((typeof COLUMNS)[number] | DynamicReferenceBuilder<never>)[]

/** The columns to read for an account. */
export const userSelection = (
  dynamic: DynamicModule<Database>,
  columns: readonly ProfileColumn[],
): UserSelection => [...COLUMNS, ...columns.map(({ name }) => dynamic.ref<never>(name))]

/** The columns of an account that every project has. */
export type UserRow = Pick<Selectable<UsersTable>, (typeof COLUMNS)[number]>

/** The account in a row. */
export const readUser = (columns: readonly ProfileColumn[], row: UserRow): User => ({
  id: row.id,
  email: row.email,
  profile: readProfile(columns, row as Readonly<Record<string, unknown>>),
  passwordHash: row.password_hash,
  isActive: Boolean(row.is_active),
  isStaff: Boolean(row.is_staff),
  locale: row.locale,
  lastLogin: row.last_login,
  createdAt: row.created_at,
  deactivatedAt: row.deactivated_at,
  deactivationReason: row.deactivation_reason,
  invitedAt: row.invited_at,
})
