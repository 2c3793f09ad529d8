/** Step 1 of the story: register. A mail with a link follows; the next step is `activate`. */

import type { Origin } from '../domain/audit.ts'
import { normalizeEmail } from '../domain/email-address.ts'
import { fail, failField, refuse } from '../domain/errors.ts'
import { roleIssues } from '../domain/roles.ts'
import type { Secret } from '../domain/secret.ts'
import type { Profile, User } from '../domain/user.ts'
import type { Store } from '../store/store.ts'
import { checkNewPassword } from './check-new-password.ts'
import type { Deps } from './deps.ts'
import { record } from './record.ts'

type RegisterDeps = Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords' | 'commonPasswords' | 'compose'>

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
  if (tellTaken && (await deps.store.users.byEmail(input.email))) throw failField('email', 'email_taken')
  checkNewPassword(deps, {
    password: input.password,
    retyped: input.rePassword,
    path: 'password',
    about: input,
  })

  const email = normalizeEmail(input.email, settings.users.emailComparison)
  const passwordHash = await deps.passwords.hash(input.password)
  const account = { ...input, email, passwordHash }
  return deps.store.transaction(async (store) => {
    const user = await insert(deps, store, account)
    if (user) {
      await record(deps, store, { action: 'registered', user: user.id, actor: null, origin: input.origin })
      await welcome(deps, store, user)
      return user
    }
    if (tellTaken) throw fail('cannot_create_user')
    await tellOwner(deps, store, account)
    return { id: 0, email, profile: input.profile }
  })
}

type Account = Pick<User, 'email' | 'profile' | 'passwordHash' | 'locale'> & { readonly origin: Origin }

function insert(deps: RegisterDeps, store: Store, account: Account): Promise<User | null> {
  return store.users.insert({
    email: account.email,
    profile: account.profile,
    passwordHash: account.passwordHash,
    isActive: !deps.settings.registration.activationMail,
    isStaff: false,
    locale: account.locale,
    createdAt: deps.clock.now(),
  })
}

async function welcome(deps: RegisterDeps, store: Store, user: User): Promise<void> {
  const { activationMail, confirmationMail } = deps.settings.registration
  if (activationMail) await store.outbox.add(deps.compose({ kind: 'activation', user }))
  else if (confirmationMail) await store.outbox.add(deps.compose({ kind: 'confirmation', user }))
}

/**
 * Somebody registered with an address that has an account. If nobody ever proved to own the address, the newest
 * registration stands and earlier links end, so that a squatter's password does not wait there for the owner.
 */
async function tellOwner(deps: RegisterDeps, store: Store, account: Account): Promise<void> {
  const owner = await store.users.byEmail(account.email)
  if (!owner) return
  const { origin } = account
  await record(deps, store, { action: 'registration_repeated', user: owner.id, actor: null, origin })
  if (owner.isActive || owner.deactivatedAt !== null) {
    await store.outbox.add(deps.compose({ kind: 'account_exists', user: owner }))
    return
  }
  const { passwordHash, profile, locale } = account
  const renewed = await store.users.updateIfUnchanged(owner, { passwordHash, profile, locale })
  if (renewed && renewed !== 'taken') await welcome(deps, store, renewed)
}
