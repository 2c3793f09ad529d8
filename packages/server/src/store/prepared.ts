/**
 * Queries of the hot paths: built and compiled once for a database, then run with other values. Building one takes
 * Kysely longer than it takes the database to answer.
 */
import type { CompiledQuery, Kysely } from 'kysely'
import type { Awaitable } from '../domain/awaitable.ts'
import type { Database } from './schema.ts'

/** Runs a compiled query with these values: at once where the database is in this process and nothing is in the way. */
export type Run = <R>(query: CompiledQuery<R>, values: readonly unknown[]) => Awaitable<readonly R[]>

/** The way that every database and every transaction has. */
export const runBy =
  (db: Kysely<Database>): Run =>
  async (query, parameters) =>
    (await db.executeQuery<never>({ ...query, parameters })).rows

/** Stands for a value that is only known when the query runs. */
class Placeholder {
  readonly position: number

  constructor(position: number) {
    this.position = position
  }
}

/** A placeholder for the value at a position, of whatever type the query wants there. */
export type Value = <T>(position: number) => T

const placeholder: Value = (position) => new Placeholder(position) as never

/** Something that Kysely can compile. */
interface Compilable<R> {
  compile(): CompiledQuery<R>
}

/**
 * Prepares a query: `build` is called at its first run in a database, and never again. Queries are known by their
 * names, for a transaction has the same ones.
 */
export type Prepared = <R>(
  name: string,
  build: (value: Value) => Compilable<R>,
) => (...values: readonly unknown[]) => Awaitable<readonly R[]>

/** Prepares queries that are run in one way, and compiled once for all that share `compiled`. */
export function createPrepared(run: Run, compiled: Map<string, CompiledQuery>): Prepared {
  return <R>(name: string, build: (value: Value) => Compilable<R>) =>
    (...values) => {
      let query = compiled.get(name) as CompiledQuery<R> | undefined
      if (!query) {
        query = build(placeholder).compile()
        compiled.set(name, query)
      }
      const parameters = query.parameters.map((one) =>
        one instanceof Placeholder ? values[one.position] : one,
      )
      return run(query, parameters)
    }
}
