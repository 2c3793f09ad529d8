/** Which roles a person may take or give, and what staff may write into a profile. Staff rights are `is_staff`, never a role. */
import type { Issue } from './errors.ts'
import { issue } from './errors.ts'
import type { FieldPolicy } from './profile-field.ts'
import { profileFields } from './profile-field.ts'
import type { Profile } from './user.ts'

/** The part of the settings that decides. */
export interface RolePolicy {
  readonly roles: readonly string[]
  readonly rolesAtRegistration: readonly string[]
  readonly reservedRoles: readonly string[]
}

/** What is wrong with the role that a person asks for at registration, or takes later. */
export function roleIssues(profile: Profile, policy: RolePolicy): readonly Issue[] {
  const role = profile.role
  if (typeof role !== 'string' || role === '') return []
  const reserved = policy.reservedRoles.some((name) => name.toLowerCase() === role.toLowerCase())
  const allowed = policy.rolesAtRegistration.length === 0 || policy.rolesAtRegistration.includes(role)
  const unknown = unknownRoleIssues(profile, policy)
  if (unknown.length > 0) return unknown
  return reserved || !allowed ? [issue('role', 'role_reserved')] : []
}

/**
 * What is wrong with a profile that staff give: texts that are too long, and a role that there is not. The API has
 * looked at the texts, the command line has not.
 */
export function givenProfileIssues(
  profile: Profile,
  policy: FieldPolicy & Pick<RolePolicy, 'roles'>,
): readonly Issue[] {
  const tooLong = Object.entries(profileFields(policy)).flatMap(([name, { maxLength: max = 255 }]) => {
    const text = profile[name]
    return typeof text === 'string' && [...text].length > max ? [issue(name, 'max_length', { max })] : []
  })
  return tooLong.length > 0 ? tooLong : unknownRoleIssues(profile, policy)
}

function unknownRoleIssues(profile: Profile, { roles }: Pick<RolePolicy, 'roles'>): readonly Issue[] {
  const role = profile.role
  if (typeof role !== 'string' || role === '' || roles.length === 0 || roles.includes(role)) return []
  return [issue('role', 'invalid_choice', { value: role })]
}

/** The role of an administrator who is not asked for one: `admin`, or none where the project declares roles without it. */
export const administratorRole = ({ roles }: Pick<RolePolicy, 'roles'>): string =>
  roles.length === 0 || roles.includes('admin') ? 'admin' : ''
