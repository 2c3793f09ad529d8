/**
 * Group commit for SQLite. Making a commit durable takes far longer than anything else a write does, and SQLite has
 * one writer at a time. So those who want to write at the same moment share one transaction, each in a savepoint, and
 * one wait for the disk. Nobody hears of success before that commit; whoever is alone has a transaction alone.
 */
import type { DatabaseSync } from 'node:sqlite'
import { DoorwardError, issue } from '../domain/errors.ts'
import { asStoreError } from './database-faults.ts'
import { whenFree } from './sqlite-lock.ts'

/** A transaction whose turn has come. */
export interface Turn {
  /** Resolves when everything is on the disk. */
  commit(): Promise<void>
  /** Undoes everything. */
  rollback(): void
}

/** Those who write to a database. */
export interface Writers {
  /** Runs one statement, and resolves when what it did is on the disk. */
  statement<T>(run: () => T): Promise<T>
  /** Resolves when it is this transaction's turn; until its end, nobody else writes. */
  begin(): Promise<Turn>
  /** Resolves when nothing is left that was done but not committed; null if that is so already. */
  pending(): Promise<void> | null
  /** Resolves when nobody writes and nobody waits to. */
  idle(): Promise<void>
}

/** Runs it when no other process holds the lock, and no reader of this one an old snapshot. */
type Patiently = <T>(run: () => T) => Promise<T>

/** Somebody who waits to write. */
interface Writer {
  readonly kind: 'statement' | 'transaction'
  /** Does it, in the transaction of a group or alone; keeps what went wrong to itself until it is settled. */
  run(isInGroup: boolean): void | Promise<void>
  /** Whether what it did is to be kept. */
  isKept(): boolean
  /** Tells whoever asked: it is on the disk, or why it is not. */
  settle(failure?: { readonly error: unknown }): void
}

/** Makes the queue of those who write; `endReads` gives back what readers hold, before each try to write. */
export function createWriters(database: DatabaseSync, endReads: () => void): Writers {
  const patiently: Patiently = (run) =>
    whenFree(() => {
      endReads()
      return run()
    })
  let waiting: Writer[] = []
  let working: Promise<void> | null = null
  let group: Promise<void> | null = null

  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      // whoever asks in the same round of the event loop comes along
      await new Promise((resolve) => {
        setImmediate(resolve)
        // what they read right after they have written: a snapshot of theirs must not outlive the round either
        setImmediate(endReads)
      })
      const writers = waiting
      waiting = []
      const [only] = writers
      if (only?.kind === 'statement' && writers.length === 1) await runStatement(only)
      else {
        const { promise: done, resolve } = Promise.withResolvers<void>()
        // until its turn nothing is half done, and another process may hold the lock for seconds
        const begin = () => {
          // `begin` alone would take the write lock at the first write, when it is too late to wait for it
          database.exec('begin immediate')
          group = done
        }
        waiting = [...(await runGroup(database, writers, () => patiently(begin))), ...waiting]
        group = null
        resolve()
      }
    }
    working = null
  }
  const add = (writer: Writer): void => {
    waiting.push(writer)
    working ??= work()
  }
  return {
    statement: (run) =>
      new Promise((resolve, reject) => add(statementWriter(run, patiently, { resolve, reject }))),
    begin: () => new Promise((resolve, reject) => add(transactionWriter({ resolve, reject }))),
    pending: () => group,
    idle: async () => {
      while (working) await working
    },
  }
}

/** Alone, a statement is its own transaction. */
async function runStatement(writer: Writer): Promise<void> {
  await writer.run(false)
  writer.settle()
}

/** Runs writers in one transaction. Returns those whose turn did not come because SQLite gave the transaction up. */
async function runGroup(
  database: DatabaseSync,
  writers: readonly Writer[],
  begin: () => Promise<void>,
): Promise<readonly Writer[]> {
  const isShared = writers.length > 1
  const tell = (done: readonly Writer[], failure?: { error: unknown }) => {
    for (const writer of done) writer.settle(failure)
  }
  try {
    await begin()
    for (const [i, writer] of writers.entries()) {
      const isApart = isShared && writer.kind === 'transaction'
      if (isApart) database.exec('savepoint writer')
      await writer.run(true)
      // after some faults, a full disk for example, SQLite has rolled everything back, also what others had done
      if (!database.isTransaction) {
        tell(writers.slice(0, i + 1), { error: LOST })
        return writers.slice(i + 1)
      }
      if (isApart) database.exec(writer.isKept() ? 'release writer' : 'rollback to writer; release writer')
    }
    const end = isShared || writers[0]?.isKept() ? 'commit' : 'rollback'
    await whenFree(() => database.exec(end))
    tell(writers)
  } catch (error) {
    if (database.isTransaction) database.exec('rollback')
    tell(writers, { error })
  }
  return []
}

/** What the others are told whose writes went with somebody else's fault. The log has the fault itself. */
const LOST = new DoorwardError([issue(null, 'unavailable', { seconds: 1 })])

interface Asked<T> {
  readonly resolve: (value: T) => void
  readonly reject: (error: unknown) => void
}

function statementWriter<T>(run: () => T, patiently: Patiently, asked: Asked<T>): Writer {
  let outcome: { readonly value: T } | undefined
  let fault: { readonly error: unknown } | undefined
  return {
    kind: 'statement',
    run: async (isInGroup) => {
      try {
        outcome = { value: isInGroup ? run() : await patiently(run) }
      } catch (error) {
        fault = { error: asStoreError(error) }
      }
    },
    isKept: () => true,
    settle: (failure) => {
      const why = fault ?? failure
      if (why || !outcome) asked.reject(why?.error)
      else asked.resolve(outcome.value)
    },
  }
}

function transactionWriter(asked: Asked<Turn>): Writer {
  let isKept = false
  let settled: Asked<void> = asked as unknown as Asked<void>
  return {
    kind: 'transaction',
    run: () =>
      new Promise<void>((end) => {
        const commit = () => {
          isKept = true
          end()
          return new Promise<void>((resolve, reject) => {
            settled = { resolve, reject }
          })
        }
        settled = { resolve: () => {}, reject: () => {} }
        asked.resolve({ commit, rollback: end })
      }),
    isKept: () => isKept,
    settle: (failure) => (failure ? settled.reject(failure.error) : settled.resolve()),
  }
}
