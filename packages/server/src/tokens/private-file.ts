/** Files with secrets in them: readable by their owner alone, and never half written. */
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** How long to wait for another process that changes the same file, in milliseconds. */
const LOCK_PATIENCE = 3000
const LOCK_PAUSE = 20

/**
 * Replaces the file in one step that survives a power cut: a draft beside it (mode 600), fsync, rename, fsync of
 * the directory. Throws what `node:fs` throws; the file is then as before.
 */
export function writePrivateFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    writeDraft(draft, text)
    renameSync(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
  // Windows has no handles of directories
  if (process.platform !== 'win32') syncDirectory(dirname(path))
}

function writeDraft(draft: string, text: string): void {
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function syncDirectory(dir: string): void {
  const handle = openSync(dir, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Makes the directory of a file, mode 700, unless it is there. */
export function makePrivateDirectory(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
}

/** What changes whenever a file is replaced; null if there is none. One `stat`. */
export function fileStamp(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.ino}:${found.size}:${found.mtimeNs}` : null
}

/**
 * Runs `work` while no other process does so for the same path, waiting up to three seconds for its turn; returns
 * null if the turn does not come, and `<path>.lock` was left by a process that crashed.
 */
export function withFileLock<T>(path: string, work: () => T): { readonly result: T } | null {
  const lock = lockPath(path)
  for (let waited = 0; !acquire(lock); waited += LOCK_PAUSE) {
    if (waited >= LOCK_PATIENCE) return null
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_PAUSE)
  }
  try {
    return { result: work() }
  } finally {
    rmSync(lock, { force: true })
  }
}

/** The file that exists while somebody changes `path`. */
export const lockPath = (path: string): string => `${path}.lock`

function acquire(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx', 0o600))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
