/** Reads the list of common passwords that `domain/password-policy.ts` refuses. Source and licence: the NOTICE beside it. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const FILE = new URL('./common-passwords.txt.gz', import.meta.url)

let list: ReadonlySet<string> | undefined

/**
 * Django's list of common passwords, in lower case. Read at the first call (a few milliseconds) and then kept,
 * because only registration and password changes need it, not a service that merely checks tokens.
 */
export function commonPasswords(): ReadonlySet<string> {
  list ??= new Set(gunzipSync(readFileSync(FILE)).toString('utf8').split('\n'))
  return list
}
