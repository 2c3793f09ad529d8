/** Staff change an account: its profile, its address, its language, and whether it has staff rights. */
import type { Origin } from '../domain/audit.ts'
import { normalizeEmail } from '../domain/email-address.ts'
import { fail, failField, refuse } from '../domain/errors.ts'
import { givenProfileIssues } from '../domain/roles.ts'
import type { Secret } from '../domain/secret.ts'
import type { Profile, User } from '../domain/user.ts'
import { accountState } from '../domain/user.ts'
import type { Store, UserChanges } from '../store/store.ts'
import type { Caller, Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { keepAdministrator, refuseOwnAccount } from './keep-administrator.ts'
import { proveIdentity } from './prove-identity.ts'
import { record } from './record.ts'
import { undoingOf } from './start-email-change.ts'
import { recordUpdate } from './update-user.ts'

type UpdateDeps = Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords' | 'compose' | 'revocations'>

/** Whose account, and what of it changes; what is undefined stays. */
export interface AccountUpdate {
  readonly caller: Caller | null
  readonly target: User
  readonly profile: Profile
  readonly email: string | undefined
  readonly isStaff: boolean | undefined
  readonly locale: string | null | undefined
  /** The caller's own; needed for address and staff rights when the sign-in is not recent. */
  readonly currentPassword: Secret | undefined
  readonly origin: Origin
}

/**
 * Writes the changes. A new role, address or less rights end the account's sessions, and both addresses are told of a
 * new one. Throws `not_found`, `email_taken`, `max_length`, `invalid_choice` (role), `own_account`, `last_administrator`,
 * `account_not_activated`, and what `proveIdentity` throws.
 */
export async function updateAccount(deps: UpdateDeps, input: AccountUpdate): Promise<User> {
  const { caller, target, profile } = input
  const changes = changesOf(deps, input)
  if (changes.email !== undefined || changes.isStaff !== undefined) await proveIdentity(deps, input)
  refuse(givenProfileIssues(profile, deps.settings.users))
  if (changes.isStaff === false) refuseOwnAccount(caller, target)
  // nobody has proven yet to own its address
  if (changes.isStaff && accountState(target) === 'pending') throw fail('account_not_activated')

  const { updated, ended } = await deps.store.transaction(async (store) => {
    if (changes.isStaff === false) await keepAdministrator(deps, store, target)
    const updated = await store.users.update(target.id, changes)
    if (updated === 'taken') throw failField('email', 'email_taken')
    if (!updated) throw fail('not_found')
    await recordChanges(deps, store, input, changes)
    if (changes.email !== undefined) await tellAddresses(deps, store, target, updated)
    return { updated, ended: await endOutdated(deps, store, target, changes) }
  })
  deps.revocations.apply(ended)
  return updated
}

/** What is given as it is already is no change. */
function changesOf({ settings }: UpdateDeps, input: AccountUpdate): UserChanges {
  const { target, profile, isStaff, locale } = input
  const email = input.email && normalizeEmail(input.email, settings.users.emailComparison)
  return {
    profile,
    ...(email !== undefined && email !== target.email && { email }),
    ...(isStaff !== undefined && isStaff !== target.isStaff && { isStaff }),
    ...(locale !== undefined && { locale }),
  }
}

async function recordChanges(
  deps: UpdateDeps,
  store: Store,
  input: AccountUpdate,
  { email, isStaff }: UserChanges,
): Promise<void> {
  const { caller, target, origin } = input
  const what = { user: target.id, actor: caller?.user.id ?? null, origin }
  await recordUpdate(deps, store, input)
  if (email !== undefined) await record(deps, store, { ...what, action: 'email_changed' })
  if (isStaff !== undefined) {
    await record(deps, store, { ...what, action: isStaff ? 'staff_rights_given' : 'staff_rights_taken' })
  }
}

/** Links hang on the address, so one that waits for its link gets a new one. */
async function tellAddresses(deps: UpdateDeps, store: Store, before: User, user: User): Promise<void> {
  const { mails, registration } = deps.settings
  const state = accountState(user)
  if (state === 'invited') return store.outbox.add(deps.compose({ kind: 'invitation', user }))
  if (state === 'pending') {
    if (registration.activationMail) await store.outbox.add(deps.compose({ kind: 'activation', user }))
    return
  }
  if (mails.emailChanged) await store.outbox.add(deps.compose({ kind: 'email_changed', user }))
  if (mails.emailChangedToOldAddress) {
    const now = deps.clock.now()
    const addresses = { oldEmail: before.email, newEmail: user.email }
    const times = { requestedAt: now, confirmedAt: now }
    const change = await store.emailChanges.add({ userId: user.id, ...addresses, ...times, sessionId: null })
    const old = { to: before.email, subject: undoingOf(change) }
    await store.outbox.add(deps.compose({ kind: 'email_changed_notice', user, ...old }))
  }
}

/** Tokens carry the role, and whoever holds the old mailbox or the old rights is not to go on. */
async function endOutdated(deps: UpdateDeps, store: Store, target: User, changes: UserChanges) {
  const { email, isStaff, profile } = changes
  const newRole = profile?.role !== undefined && profile.role !== target.profile.role
  const reason = email !== undefined ? 'email_changed' : newRole ? 'role_changed' : 'staff_rights_taken'
  const outdated = email !== undefined || newRole || isStaff === false
  if (!outdated || deps.settings.sessions.mode === 'stateless') return []
  return endSessions(deps, store, { userId: target.id, reason })
}
