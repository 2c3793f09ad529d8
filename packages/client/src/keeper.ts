/** Keeps the session of this device: in memory for this tab, in the storage for the next and for other tabs. */
import type { Clock } from './clock.ts'
import type { Session } from './session.ts'
import { readSession, writeSession } from './session.ts'
import type { SessionStorage } from './storage.ts'

/** The one session there is. */
export interface Keeper {
  /** The session as this tab knows it. */
  current(): Session | null
  /** Looks at the storage again: another tab may have renewed, replaced or ended the session. */
  load(): Promise<Session | null>
  keep(session: Session): Promise<void>
  drop(): Promise<void>
}

/** Makes the keeper. `inCookie`: the storage only says that there is a session, access tokens stay in this tab. */
export function createKeeper(storage: SessionStorage, clock: Clock, inCookie: boolean): Keeper {
  let current: Session | null = null
  let changes = 0
  const change = async (session: Session | null) => {
    changes += 1
    current = session
    await storage.write(session && writeSession(session, inCookie))
  }
  return {
    current: () => current,
    load: async () => {
      const before = changes
      const stored = readSession(await storage.read(), clock)
      const isSame = stored?.id === current?.id && (inCookie || stored?.access === current?.access)
      // what this tab received itself has an end on the monotonic clock, which is the better one
      if (!isSame && changes === before) current = stored
      return current
    },
    keep: change,
    drop: () => change(null),
  }
}
