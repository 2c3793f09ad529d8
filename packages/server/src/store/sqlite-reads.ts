/**
 * Reads that come in the same round of the event loop share one snapshot: taking and giving back SQLite's locks takes
 * longer than finding a row by its key. A round ends before anything else is heard, so nobody who asks later sees less
 * than somebody who asked before; and before this process writes, so that its own writes are always seen.
 */
import type { DatabaseSync } from 'node:sqlite'

/** The snapshot of a round. */
export interface ReadRound {
  /** Called before a read: takes the snapshot if nobody has. */
  join(): void
  /** Gives it back, now and not only at the end of the round. */
  end(): void
}

/** Makes it for a connection; `look` is called in each new snapshot, and no snapshot is taken where it throws. */
export function createReadRound(database: DatabaseSync, look: () => void): ReadRound {
  // a savepoint outside of a transaction is one (https://sqlite.org/lang_savepoint.html)
  const begin = database.prepare('savepoint reads')
  const release = database.prepare('release reads')
  let isOpen = false
  const end = () => {
    if (!isOpen) return
    isOpen = false
    // after some faults SQLite has ended it already, and a database may be closed in the middle of a round
    if (database.isOpen && database.isTransaction) release.run()
  }
  return {
    join: () => {
      if (isOpen) return
      begin.run()
      isOpen = true
      try {
        look()
      } catch (error) {
        end()
        throw error
      }
      setImmediate(end)
    },
    end,
  }
}
