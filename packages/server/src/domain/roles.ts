/** Which roles a person may take or give. Staff rights are `is_staff`, never a role. */
import type { Issue } from './errors.ts'
import { issue } from './errors.ts'
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

/** What is wrong with a role that staff give: they may give any that there is. */
export function unknownRoleIssues(profile: Profile, { roles }: Pick<RolePolicy, 'roles'>): readonly Issue[] {
  const role = profile.role
  if (typeof role !== 'string' || role === '' || roles.length === 0 || roles.includes(role)) return []
  return [issue('role', 'invalid_choice', { value: role })]
}
