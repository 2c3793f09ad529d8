/** Staff make an account for somebody, who chooses the password by a mailed link. The next step is `acceptInvitation`. */
import type { Origin } from '../domain/audit.ts'
import { failField, refuse } from '../domain/errors.ts'
import { givenProfileIssues } from '../domain/roles.ts'
import type { Secret } from '../domain/secret.ts'
import type { Profile, User } from '../domain/user.ts'
import type { Caller, Deps } from './deps.ts'
import { newAddress } from './new-address.ts'
import { proveIdentity } from './prove-identity.ts'
import { record } from './record.ts'
import { unusablePassword } from './unusable-password.ts'

/** What staff say of an account to be. */
export interface NewAccount {
  readonly caller: Caller | null
  readonly email: string
  readonly profile: Profile
  readonly isStaff: boolean
  /** Language of the mails, or null for the site's. */
  readonly locale: string | null
  /** The caller's own; needed for staff rights when the sign-in is not recent. */
  readonly currentPassword: Secret | undefined
  readonly origin: Origin
}

/** Giving staff rights is proven again. Throws what `proveIdentity` throws. */
export async function proveForStaffRights(
  deps: Parameters<typeof proveIdentity>[0],
  input: Pick<NewAccount, 'caller' | 'isStaff' | 'currentPassword' | 'origin'>,
): Promise<void> {
  if (input.isStaff) await proveIdentity(deps, input)
}

/**
 * Makes an account without a password and mails its owner the link; registration may be closed. Until the link is
 * used, the account is inactive, and neither activation nor reset links open it. Throws `invalid_email`,
 * `email_taken`, `max_length`, `invalid_choice` (role), and what `proveIdentity` throws when the account gets staff rights.
 */
export async function inviteUser(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords' | 'compose'>,
  input: NewAccount,
): Promise<User> {
  const { caller, email, profile, isStaff, locale, origin } = input
  await proveForStaffRights(deps, input)
  refuse(givenProfileIssues(profile, deps.settings.users))

  const now = deps.clock.now()
  return deps.store.transaction(async (store) => {
    const user = await store.users.insert({
      email: newAddress(deps, email),
      profile,
      passwordHash: unusablePassword(),
      isActive: false,
      isStaff,
      locale,
      createdAt: now,
      invitedAt: now,
    })
    if (!user) throw failField('email', 'email_taken')
    await store.outbox.add(deps.compose({ kind: 'invitation', user }))
    const details = { staff: isStaff }
    await record(deps, store, {
      action: 'invited',
      user: user.id,
      actor: caller?.user.id ?? null,
      origin,
      details,
    })
    return user
  })
}
