/** Has the account been used on this device before? A hint by which its owner notices somebody else, never a proof. */
import type { Origin } from '../domain/audit.ts'
import { describeDevice } from '../domain/device.ts'
import { regionOf } from '../domain/network.ts'
import type { User } from '../domain/user.ts'
import type { Store } from '../store/store.ts'

/** Sessions that are looked at, the newest first. */
const MOST_SESSIONS = 50

/**
 * Whether none of the account's sessions so far, also of those that ended, came from such a browser in such a
 * network. The first sign-in of all is none from a new device.
 */
export async function isNewDevice(
  store: Pick<Store, 'sessions'>,
  { user, origin }: { readonly user: Pick<User, 'id'>; readonly origin: Origin },
): Promise<boolean> {
  const places = await store.sessions.placesOf(user.id, MOST_SESSIONS)
  const here = placeOf(origin)
  return places.length > 0 && places.every((place) => placeOf(place) !== here)
}

const placeOf = ({ userAgent, address }: Pick<Origin, 'userAgent' | 'address'>): string =>
  `${describeDevice(userAgent)} ${regionOf(address)}`
