/** Beside the story: a person (or staff) changes names, role and declared fields of an account. */
import { fail, failField, refuse } from '../domain/errors.ts'
import { roleIssues } from '../domain/roles.ts'
import type { Profile, User } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'

/**
 * Writes the given profile fields. A new role ends the account's sessions, for tokens carry it. Throws `not_found`
 * (the account went away), `role_reserved`, `invalid_choice`.
 */
export async function updateUser(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'compose' | 'revocations'>,
  input: { readonly caller: Caller; readonly target: User; readonly profile: Profile },
): Promise<User> {
  const { caller, target, profile } = input
  const newRole = profile.role !== undefined && profile.role !== target.profile.role
  if (newRole && !caller.user.isStaff) refuseOwnRole(deps, profile)

  const { updated, ended } = await deps.store.transaction(async (store) => {
    const updated = await store.users.update(target.id, { profile })
    if (!updated || updated === 'taken') throw fail('not_found')
    if (!updated.isActive && updated.deactivatedAt === null && deps.settings.registration.activationMail) {
      await store.outbox.add(deps.compose({ kind: 'activation', user: updated }))
    }
    if (!newRole || deps.settings.sessions.mode === 'stateless') return { updated, ended: [] }
    const ended = await endSessions(deps, store, { userId: target.id, reason: 'role_changed' })
    return { updated, ended }
  })
  deps.revocations.apply(ended)
  return updated
}

function refuseOwnRole(deps: Pick<Deps, 'settings'>, profile: Profile): void {
  if (!deps.settings.users.ownRoleChangeable) throw failField('role', 'role_reserved')
  refuse(roleIssues(profile, deps.settings.users))
}
