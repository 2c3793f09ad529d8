/** Who is calling, for handlers behind `requireUser` in the frameworks whose requests are open objects. */
import type { Verified } from './verifier.ts'

/** A request that `requireUser` let pass. */
export interface Guarded {
  readonly user: Verified
}

/** The person that `requireUser` let pass. TypeError if it does not stand before this handler. */
export function userOf(request: object): Verified {
  if (!('user' in request) || request.user === undefined) {
    throw new TypeError('userOf: put requireUser before this handler')
  }
  return request.user as Verified
}
