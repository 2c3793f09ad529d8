/** Every statement that reaches a database, noted at the drivers: what a request really asks. */
import { DatabaseSync, StatementSync } from 'node:sqlite'
import pg from 'pg'
import { vi } from 'vitest'

/** The statements so far; a test empties it. */
export const statements: string[] = []

/** Notes each statement where it leaves the program; it is run all the same. `vi.restoreAllMocks` ends it. */
export function logStatements(): void {
  for (const name of ['all', 'run', 'get'] as const) {
    const run = StatementSync.prototype[name] as (...values: readonly unknown[]) => unknown
    const noting = function (this: StatementSync, ...values: unknown[]): never {
      statements.push(this.sourceSQL)
      return run.apply(this, values) as never
    }
    vi.spyOn(StatementSync.prototype, name).mockImplementation(noting)
  }
  const exec = DatabaseSync.prototype.exec
  vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql) {
    statements.push(sql)
    exec.call(this, sql)
  })
  const query = pg.Client.prototype.query as (...input: readonly unknown[]) => unknown
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...input: unknown[]) {
    const [first] = input as [string | { text: string }]
    statements.push(typeof first === 'string' ? first : first.text)
    return query.apply(this, input) as never
  })
}

/** What SQLite is asked before and after a round of reads, whoever reads in it: no look at any table. */
export const isAboutConnection = (sql: string): boolean =>
  /^(savepoint reads|release reads|pragma data_version|select total_changes\(\))$/.test(sql)

/**
 * What an instance does beside requests, which none of them waits for: looking at the list of revocations after an
 * answer and each second, listening to the other instances, and looking at the kinds of password hashes.
 */
export const isBackground = (sql: string): boolean =>
  /^(select "seq", "session_id", "expires_at" from "revocations" where "seq" >|select max\("id"\) as "lastId"|select "id", "password_hash" from "users" where|listen |select 1$)/.test(
    sql,
  )
