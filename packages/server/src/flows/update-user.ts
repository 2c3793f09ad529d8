/** Beside the story: a person (or staff) changes names, role and declared fields of an account. */
import type { Origin } from '../domain/audit.ts'
import { fail, failField, refuse } from '../domain/errors.ts'
import { roleIssues } from '../domain/roles.ts'
import type { Profile, User } from '../domain/user.ts'
import { accountState } from '../domain/user.ts'
import type { Store } from '../store/store.ts'
import type { Caller, Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { record } from './record.ts'

/** Whose profile, and what of it changes. */
export interface UserUpdate {
  readonly caller: Caller
  readonly target: User
  readonly profile: Profile
  readonly origin: Origin
}

/**
 * Writes the given profile fields. A new role ends the account's sessions, for tokens carry it. Throws `not_found`
 * (the account went away), `role_reserved`, `invalid_choice`.
 */
export async function updateUser(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'compose' | 'revocations'>,
  input: UserUpdate,
): Promise<User> {
  const { caller, target, profile } = input
  const newRole = profile.role !== undefined && profile.role !== target.profile.role
  if (newRole && !caller.user.isStaff) refuseOwnRole(deps, profile)

  const { updated, ended } = await deps.store.transaction(async (store) => {
    const updated = await store.users.update(target.id, { profile })
    if (!updated || updated === 'taken') throw fail('not_found')
    await recordUpdate(deps, store, input)
    if (accountState(updated) === 'pending' && deps.settings.registration.activationMail) {
      await store.outbox.add(deps.compose({ kind: 'activation', user: updated }))
    }
    if (!newRole || deps.settings.sessions.mode === 'stateless') return { updated, ended: [] }
    const ended = await endSessions(deps, store, { userId: target.id, reason: 'role_changed' })
    return { updated, ended }
  })
  deps.revocations.apply(ended)
  return updated
}

/** Records what of a profile changed; what was given as it is already is no change. */
export async function recordUpdate(
  deps: Pick<Deps, 'clock'>,
  store: Store,
  { caller, target, profile, origin }: Omit<UserUpdate, 'caller'> & { readonly caller: Caller | null },
): Promise<void> {
  const changed = Object.keys(profile).filter((name) => profile[name] !== target.profile[name])
  const what = { user: target.id, actor: caller?.user.id ?? null, origin }
  if (changed.includes('role')) {
    const details = { before: target.profile.role ?? null, after: profile.role ?? null }
    await record(deps, store, { ...what, action: 'role_changed', details })
  }
  const fields = changed.filter((name) => name !== 'role').join(', ')
  if (fields !== '') await record(deps, store, { ...what, action: 'profile_changed', details: { fields } })
}

function refuseOwnRole(deps: Pick<Deps, 'settings'>, profile: Profile): void {
  if (!deps.settings.users.ownRoleChangeable) throw failField('role', 'role_reserved')
  refuse(roleIssues(profile, deps.settings.users))
}
