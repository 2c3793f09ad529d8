/** Which of the hashes that other systems export can be checked here: what an import asks before it stores one. */
import { isAffordableArgon2 } from './argon2id.ts'
import { readDjango } from './django.ts'

/** The hash in the form in which it is stored, or why it would never let anybody in. */
export type Recognised = { readonly stored: string } | { readonly fault: string }

/**
 * Recognises a hash by its beginning. Django's formats and Argon2 (PHC) are kept as they are; plain bcrypt, as Auth0,
 * Supabase, Clerk and many others export it, gets the beginning that Django writes before it.
 */
export function recogniseHash(hash: string): Recognised {
  if (hash.startsWith('!')) return { stored: hash }
  const stored = /^\$2[aby]\$/.test(hash) ? `bcrypt$${hash}` : hash
  const isGood = stored.startsWith('$') ? isAffordableArgon2(stored) : readDjango(stored) !== null
  if (isGood) return { stored }
  const [kind = ''] = stored.split('$').filter(Boolean)
  const name =
    /^[a-z0-9_]{2,30}$/i.test(kind) && stored.includes('$') ? `\`${kind}\`` : 'of an unknown format'
  return { fault: `the password hash is ${name}, and is damaged, too costly or not supported` }
}
