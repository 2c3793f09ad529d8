/** What every route of the staff API gets, and what they share. */
import { pythonInteger } from '../../../domain/python-number.ts'
import type { User } from '../../../domain/user.ts'
import { accountState, hasUsablePassword } from '../../../domain/user.ts'
import { findUser } from '../../../flows/find-user.ts'
import type { Forms, Views } from '../../admin-schemas.ts'
import type { ApiRequest, Operation } from '../../endpoint.ts'
import { callerOf } from '../../endpoint.ts'
import type { RouteContext } from '../context.ts'

/** Flows' dependencies, and the bodies of the staff API. */
export interface AdminContext extends RouteContext {
  readonly forms: Forms
  readonly views: Views
}

/** An operation of the staff API: who may call it, and where it is documented, go without saying. */
export const staffOperation = (operation: Omit<Operation, 'tag' | 'permission'>): Operation => ({
  ...operation,
  tag: 'Administration',
  permission: 'staff',
})

/** Who asks, whom it is about, and from where. Throws `not_found`. */
export async function work(context: AdminContext, request: ApiRequest) {
  const caller = callerOf(request)
  const target = await findUser(context, { caller, id: request.params.id ?? '', action: 'update' })
  return { caller, target, origin: request.origin }
}

/** The id in the path, or 0, which nothing has. */
export const idOf = (request: ApiRequest): number => pythonInteger(request.params.id ?? '') ?? 0

/** A moment as the wire shows it. */
export const time = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** A moment that may not have come. */
export const timeOrNull = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : time(milliseconds)

/** An account as staff see it: everything but the password's hash. */
export const accountView = (user: User) => ({
  ...user.profile,
  id: user.id,
  email: user.email,
  is_active: user.isActive,
  is_staff: user.isStaff,
  account_state: accountState(user),
  has_password: hasUsablePassword(user),
  locale: user.locale,
  created_at: time(user.createdAt),
  last_login: timeOrNull(user.lastLogin),
  invited_at: timeOrNull(user.invitedAt),
  deactivated_at: timeOrNull(user.deactivatedAt),
  deactivation_reason: user.deactivationReason,
})
