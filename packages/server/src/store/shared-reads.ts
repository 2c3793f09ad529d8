/**
 * Reads by key that come in the same round of the event loop share one question to the database: where it is another
 * process, asking and being answered takes several times longer than finding a row. The question is asked after
 * everybody of the round has come, so nobody sees less than if each had asked alone.
 */

import type { Awaitable } from '../domain/awaitable.ts'

/** Finds the row of a key, or gives undefined; `ask` is called once for a round, with each key once. */
export function createSharedRead<K, R>(
  ask: (keys: readonly K[]) => Awaitable<readonly R[]>,
  keyOf: (row: R) => K,
): (key: K) => Promise<R | undefined> {
  let round: { readonly keys: Set<K>; readonly rows: Promise<ReadonlyMap<K, R>> } | null = null

  const begin = () => {
    const keys = new Set<K>()
    const closed = new Promise<void>((resolve) => setImmediate(resolve))
    const rows = closed.then(async () => {
      round = null
      return new Map((await ask([...keys])).map((row) => [keyOf(row), row]))
    })
    return { keys, rows }
  }
  return async (key) => {
    round ??= begin()
    round.keys.add(key)
    return (await round.rows).get(key)
  }
}
