/** Staff have tokens signed with a new key. Nobody is signed out: the former one goes on checking what it signed. */
import type { Origin } from '../domain/audit.ts'
import { fail } from '../domain/errors.ts'
import type { Secret } from '../domain/secret.ts'
import type { KeyInfo } from '../tokens/key-file.ts'
import type { Caller, Deps } from './deps.ts'
import { proveIdentity } from './prove-identity.ts'
import { record } from './record.ts'

/** Who asks for a change of keys, and how that is proven. */
export interface KeyChange {
  /** Null for the command line. */
  readonly caller: Caller | null
  readonly currentPassword: Secret | undefined
  readonly origin: Origin
}

/** Rotates. Throws `keys_not_stored`, and what `proveIdentity` throws. */
export async function rotateKeys(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords' | 'signingKeys'>,
  input: KeyChange,
): Promise<readonly KeyInfo[]> {
  await proveIdentity(deps, input)
  if (!deps.signingKeys) throw fail('keys_not_stored')
  const { kid } = await deps.signingKeys.rotate()
  const what = { user: null, actor: input.caller?.user.id ?? null, origin: input.origin }
  await record(deps, deps.store, { ...what, action: 'key_rotated', details: { kid } })
  return deps.signingKeys.list()
}
