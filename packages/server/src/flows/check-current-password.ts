/** Is it really you? Asked by every flow that could take an account away from its owner. */
import type { Origin } from '../domain/audit.ts'
import { failField } from '../domain/errors.ts'
import type { Secret } from '../domain/secret.ts'
import type { User } from '../domain/user.ts'
import type { Deps } from './deps.ts'
import { record } from './record.ts'

/** Throws `invalid_password` under `current_password` unless it is the account's. */
export async function checkCurrentPassword(
  deps: Pick<Deps, 'store' | 'clock' | 'passwords'>,
  { user, password, origin }: { readonly user: User; readonly password: Secret; readonly origin: Origin },
): Promise<void> {
  const { ok } = await deps.passwords.verify(password, user.passwordHash)
  if (ok) return
  const action = 'current_password_refused'
  await record(deps, deps.store, { action, user: user.id, actor: user.id, origin })
  throw failField('current_password', 'invalid_password')
}
