/** A key may have leaked: staff have it forgotten at once, and every access token that it signed is refused. */
import { fail } from '../domain/errors.ts'
import type { KeyInfo } from '../tokens/key-file.ts'
import { KeyFileError } from '../tokens/key-file.ts'
import type { Deps } from './deps.ts'
import { proveIdentity } from './prove-identity.ts'
import { record } from './record.ts'
import type { KeyChange } from './rotate-keys.ts'

/** Retires a key. Throws `keys_not_stored`, `not_found`, `key_in_use`, and what `proveIdentity` throws. */
export async function retireKey(
  deps: Pick<Deps, 'store' | 'clock' | 'settings' | 'passwords' | 'signingKeys'>,
  input: KeyChange & { readonly kid: string },
): Promise<readonly KeyInfo[]> {
  const { caller, kid, origin } = input
  await proveIdentity(deps, input)
  if (!deps.signingKeys) throw fail('keys_not_stored')
  await deps.signingKeys.retire(kid).catch((error: unknown) => {
    const code = error instanceof KeyFileError ? error.code : null
    if (code === 'unknown_key') throw fail('not_found')
    if (code === 'key_in_use') throw fail('key_in_use')
    throw error
  })
  const actor = caller?.user.id ?? null
  await record(deps, deps.store, { action: 'key_retired', user: null, actor, origin, details: { kid } })
  return deps.signingKeys.list()
}
