/**
 * Rows that were read by a key, for as long as nothing in the database has changed: asking SQLite whether something has
 * takes a tenth of what reading a row takes, and is asked once for all the reads of a round. Nothing is ever told from
 * memory that reading would not tell as well.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { CompiledQuery } from 'kysely'

/** The rows. */
export interface KnownRows {
  /** To be called in a new snapshot, before anything is found: forgets all rows if any may be another one by now. */
  look(): void
  find<R>(query: CompiledQuery<R>, values: readonly unknown[]): readonly R[] | undefined
  keep<R>(query: CompiledQuery<R>, values: readonly unknown[], rows: readonly R[]): void
}

/** How many keys are kept for each query: some hundred kilobytes. */
const MAX_KEYS = 1000

/** Makes the memory of a connection. */
export function createKnownRows(database: DatabaseSync): KnownRows {
  // what others have committed (https://sqlite.org/pragma.html#pragma_data_version), and what this connection has
  // written, kept or not; a table that is made or altered here alters no row that was read
  const versions = ['pragma data_version', 'select total_changes()'].map((sql) => database.prepare(sql))
  for (const version of versions) version.setReturnArrays(true)
  const byQuery = new Map<CompiledQuery, Map<unknown, readonly unknown[]>>()
  let seen = ''
  return {
    look: () => {
      const now = versions.map((version) => version.get()).join()
      if (now === seen) return
      byQuery.clear()
      seen = now
    },
    find: <R>(query: CompiledQuery<R>, values: readonly unknown[]) =>
      values.length === 1 ? (byQuery.get(query)?.get(values[0]) as readonly R[] | undefined) : undefined,
    keep: (query, values, rows) => {
      if (values.length !== 1) return
      const byKey = byQuery.get(query)
      if (byKey === undefined || byKey.size >= MAX_KEYS) byQuery.set(query, new Map([[values[0], rows]]))
      else byKey.set(values[0], rows)
    },
  }
}
