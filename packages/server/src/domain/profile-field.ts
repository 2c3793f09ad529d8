/** Which fields an account's profile has, beside the address: the tutorial's three and what a project declares. */

/** Who may write a field: the person (at registration and later), only at registration, or staff alone. */
export type FieldWriter = 'self' | 'registration' | 'staff'

/** A declared field. It becomes a real column, appears in register, me and OpenAPI, and is validated. */
export interface ProfileField {
  readonly type: 'text' | 'integer' | 'boolean' | 'date'
  /** Whether registration must give it. Default false. */
  readonly required?: boolean
  /** Longest text, in characters. Default 255. */
  readonly maxLength?: number
  /** The values that are allowed. */
  readonly choices?: readonly string[]
  /** Who may write it. Default `self`. */
  readonly writableBy?: FieldWriter
  /** What it means, for the API's documentation. */
  readonly description?: string
}

/** All profile fields by name, in the order in which they are shown. */
export type ProfileFields = Readonly<Record<string, ProfileField>>

/** Column names that a declared field cannot take. */
export const RESERVED_FIELD_NAMES: ReadonlySet<string> = new Set([
  'id',
  'email',
  'password',
  're_password',
  'password_hash',
  'is_active',
  'is_staff',
  'is_superuser',
  'locale',
  'last_login',
  'created_at',
  'deactivated_at',
  'deactivation_reason',
  'invited_at',
  'account_state',
  'has_password',
  'first_name',
  'last_name',
  'role',
  'current_password',
])

const BUILT_IN: ProfileFields = {
  first_name: { type: 'text', maxLength: 255 },
  last_name: { type: 'text', maxLength: 255 },
  role: {
    type: 'text',
    maxLength: 30,
    description: 'Free text unless the project declares roles.',
  },
}

/** The fields that every account has; a project only says which of them people must give. */
export const BUILT_IN_FIELDS: readonly string[] = Object.keys(BUILT_IN)

/** Which fields the accounts of a project have. */
export interface FieldPolicy {
  readonly fields: ProfileFields
  /** Which of the built-in ones registration must give. */
  readonly requiredFields: readonly string[]
}

/** The tutorial's three fields and the declared ones, in the order in which they are shown. */
export function profileFields({ fields, requiredFields }: FieldPolicy): ProfileFields {
  const builtIn = Object.entries(BUILT_IN).map(([name, field]) => [
    name,
    { ...field, required: requiredFields.includes(name) },
  ])
  return { ...Object.fromEntries(builtIn), ...fields }
}
