/** The profile as columns of `users`: the tutorial's three, then what the project declares. */
import type { ProfileField, ProfileFields } from '../domain/profile-field.ts'
import type { FieldValue, Profile } from '../domain/user.ts'

/** A profile field that is stored. */
export interface ProfileColumn {
  readonly name: string
  readonly type: ProfileField['type']
}

const BUILT_IN: ProfileFields = {
  first_name: { type: 'text' },
  last_name: { type: 'text' },
  role: { type: 'text' },
}

/** The columns in the order in which they are shown. */
export const profileColumns = (fields: ProfileFields): readonly ProfileColumn[] =>
  Object.entries({ ...BUILT_IN, ...fields }).map(([name, { type }]) => ({ name, type }))

const READ: Readonly<Record<ProfileField['type'], (value: unknown) => FieldValue>> = {
  text: String,
  integer: Number,
  boolean: Boolean,
  date: String,
}

/** The profile in a row of `users`, with the types that JavaScript knows. */
export function readProfile(
  columns: readonly ProfileColumn[],
  row: Readonly<Record<string, unknown>>,
): Profile {
  const profile: Record<string, FieldValue> = {}
  for (const { name, type } of columns) {
    const value = row[name] ?? null
    profile[name] = value === null ? null : READ[type](value)
  }
  return profile
}

/** Throws TypeError for a field that is not declared: it would be lost silently. */
export function checkProfile(columns: readonly ProfileColumn[], profile: Profile): Profile {
  for (const name of Object.keys(profile)) {
    if (!columns.some((column) => column.name === name)) {
      throw new TypeError(`profile field \`${name}\` is not declared in \`users.fields\``)
    }
  }
  return profile
}
