/** Step 1 of the story: register. A mail with a link follows; the next step is `activate`. */

import type { Origin } from '../domain/audit.ts'
import { normalizeEmail } from '../domain/email-address.ts'
import { fail, refuse } from '../domain/errors.ts'
import { roleIssues } from '../domain/roles.ts'
import type { Secret } from '../domain/secret.ts'
import type { NewUser, Profile, User } from '../domain/user.ts'
import { accountState } from '../domain/user.ts'
import type { MailKind } from '../mail/kinds.ts'
import type { Store, UserChanges } from '../store/store.ts'
import { checkNewEmail } from './check-new-email.ts'
import { checkNewPassword } from './check-new-password.ts'
import type { Deps } from './deps.ts'
import { record } from './record.ts'

type RegisterDeps = Pick<
  Deps,
  'store' | 'clock' | 'settings' | 'passwords' | 'commonPasswords' | 'breachedPasswords' | 'compose'
>

/** What a person gives to get an account. */
export interface Registration {
  readonly email: string
  readonly profile: Profile
  readonly password: Secret
  readonly rePassword: Secret | undefined
  /** Language of the mails, or null for the site's. */
  readonly locale: string | null
  readonly origin: Origin
}

/**
 * Makes an account and queues its first mail in the same transaction. In the secure default a taken address gets
 * the same answer after the same work, and its owner is told by mail (OWASP ASVS 5.0, V6.3.8).
 *
 * Throws `registration_closed`, `email_taken`, `role_reserved`, the password policy's codes,
 * `password_mismatch`, `cannot_create_user`.
 */
export async function register(
  deps: RegisterDeps,
  input: Registration,
): Promise<Pick<User, 'id' | 'email' | 'profile'>> {
  const { settings } = deps
  const tellTaken = settings.registration.tellTakenAddress
  if (!settings.registration.open) throw fail('registration_closed')
  refuse(roleIssues(input.profile, settings.users))
  if (tellTaken) await checkNewEmail(deps, input.email, 'email')
  await checkNewPassword(deps, {
    password: input.password,
    retyped: input.rePassword,
    path: 'password',
    about: input,
  })

  const email = normalizeEmail(input.email, settings.users.emailComparison)
  const passwordHash = await deps.passwords.hash(input.password)
  const account = { ...input, email, passwordHash }
  return deps.store.transaction(async (store) => {
    const owner = await store.users.byEmail(email)
    const inserted = await store.users.insertAlike(newUser(deps, account), owner === null)
    if (tellTaken && !inserted) throw fail('cannot_create_user')
    // on PostgreSQL somebody may have taken it in this moment
    const known = inserted ? null : (owner ?? (await store.users.byEmail(email)))
    await greet(deps, store, account, { inserted, known })
    return inserted ?? { id: 0, email, profile: input.profile }
  })
}

type Account = Pick<User, 'email' | 'profile' | 'passwordHash' | 'locale'> & { readonly origin: Origin }

const newUser = (
  { settings, clock }: RegisterDeps,
  { email, profile, passwordHash, locale }: Account,
): NewUser => ({
  ...{ email, profile, passwordHash, locale },
  isActive: !settings.registration.activationMail,
  isStaff: false,
  createdAt: clock.now(),
})

/**
 * Mails whoever owns the address: the newcomer a link, or the owner of an account that somebody tried. What is written
 * is as much either way, so that the time it takes tells nobody who has an account.
 *
 * Where nobody ever proved to own the address, the newest registration stands and earlier links end, so that a
 * squatter's password does not wait there for the owner.
 */
async function greet(
  deps: RegisterDeps,
  store: Store,
  account: Account,
  { inserted, known }: { readonly inserted: User | null; readonly known: User | null },
): Promise<void> {
  const owner = inserted ?? known
  if (!owner) return
  const isInvited = accountState(owner) === 'invited'
  const isProven = !inserted && (isInvited || owner.isActive || owner.deactivatedAt !== null)
  const { passwordHash, profile, locale, origin } = account
  // what an account has that is proven stays, by a statement that looks the same
  const changes = isProven ? sameAs(owner, profile) : { passwordHash, profile, locale }
  const user = await store.users.updateIfUnchanged(owner, changes)
  if (!user || user === 'taken') return
  const action = inserted ? 'registered' : 'registration_repeated'
  await record(deps, store, { action, user: user.id, actor: null, origin })
  // whoever staff invited chooses the password by that link, or a stranger's would wait there with rights of staff's giving
  const toKnown = isInvited ? 'invitation' : 'account_exists'
  const kind = isProven ? toKnown : firstMail(deps)
  if (kind) await store.outbox.add(deps.compose({ kind, user }))
}

const sameAs = (owner: User, profile: Profile): UserChanges => ({
  passwordHash: owner.passwordHash,
  profile: Object.fromEntries(Object.keys(profile).map((name) => [name, owner.profile[name] ?? null])),
  locale: owner.locale,
})

function firstMail({ settings }: Pick<Deps, 'settings'>): MailKind | null {
  const { activationMail, confirmationMail } = settings.registration
  if (activationMail) return 'activation'
  return confirmationMail ? 'confirmation' : null
}
