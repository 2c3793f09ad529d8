/** What of a database tells whether an installation is well: for `doorward doctor`. */
import { sql } from 'kysely'
import type { Connection } from './dialect.ts'
import { readBacklog } from './outbox-backlog.ts'
import type { OutboxBacklog } from './store.ts'

/** Its clock and its outbox. */
export interface Vitals {
  /** The time of the database's machine, in milliseconds since 1970. */
  readonly clock: number
  readonly outbox: OutboxBacklog
}

/** Reads them. The database must be up to date. */
export async function readVitals({ db, dialect }: Connection, now: number): Promise<Vitals> {
  const time =
    dialect === 'sqlite'
      ? sql<{ clock: number }>`select cast(unixepoch('subsec') * 1000 as integer) as clock`
      : sql<{ clock: number }>`select (extract(epoch from clock_timestamp()) * 1000)::bigint as clock`
  const { rows } = await time.execute(db)
  return { clock: rows[0]?.clock ?? now, outbox: await readBacklog(db, now) }
}
