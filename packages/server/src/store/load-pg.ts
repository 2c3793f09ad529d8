/** `pg`, loaded when a PostgreSQL is opened: a server on SQLite starts sooner and smaller without it. */
import { createRequire } from 'node:module'
import type pg from 'pg'

let loaded: typeof pg | undefined

/** The package. It is required and not imported, for opening a database does not wait. */
export function loadPg(): typeof pg {
  loaded ??= createRequire(import.meta.url)('pg') as typeof pg
  return loaded
}
