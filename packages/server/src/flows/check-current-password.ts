/** Is it really you? Asked by every flow that could take an account away from its owner. */
import { failField } from '../domain/errors.ts'
import type { Secret } from '../domain/secret.ts'
import type { User } from '../domain/user.ts'
import type { Deps } from './deps.ts'

/** Throws `invalid_password` under `current_password` unless it is the account's. */
export async function checkCurrentPassword(
  deps: Pick<Deps, 'passwords'>,
  { user, password }: { readonly user: User; readonly password: Secret },
): Promise<void> {
  const { ok } = await deps.passwords.verify(password, user.passwordHash)
  if (!ok) throw failField('current_password', 'invalid_password')
}
