/** A copy of an SQLite database as it is at one moment, while others go on reading and writing it. */
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { asStoreError, explained } from './database-faults.ts'

/**
 * Writes the backup: whole or not at all, for its owner alone. TypeError when the source is not there or cannot be
 * read, the target is, or what was written is damaged.
 */
export function backupSqlite(source: string, target: string): void {
  if (!existsSync(source)) throw new TypeError(`There is no database at ${source}.`)
  if (existsSync(target)) throw new TypeError(`${target} is there already. Name a file that is not.`)
  const draft = `${target}.part`
  rmSync(draft, { force: true })
  // the file is made first, so that nobody else can ever read it; SQLite fills one that is empty
  closeSync(openSync(draft, 'wx', 0o600))
  try {
    copyInto(source, draft)
    check(draft)
    writeThrough(draft)
    renameSync(draft, target)
    chmodSync(target, 0o600)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** One reading transaction: in WAL mode it keeps nobody from writing. */
function copyInto(source: string, target: string): void {
  const database = new DatabaseSync(source, { readOnly: true, timeout: 10_000 })
  try {
    database.prepare('vacuum into ?').run(target)
  } catch (error) {
    throw explained(asStoreError(error))
  } finally {
    database.close()
  }
}

function check(path: string): void {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    const { integrity_check: result } = database.prepare('pragma integrity_check').get() ?? {}
    if (result !== 'ok') throw new TypeError(`The backup is damaged: ${result}. Look at the disk.`)
  } finally {
    database.close()
  }
}

function writeThrough(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
