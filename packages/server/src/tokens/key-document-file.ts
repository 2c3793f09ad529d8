/** The document of the signing keys as a file beside the database: the place where one machine keeps it. */
import { readFileSync } from 'node:fs'
import type { KeyDocumentStore } from '../store/key-document-store.ts'
import { KeyFileError } from './key-file.ts'
import { fileStamp, lockPath, makePrivateDirectory, withFileLock, writePrivateFile } from './private-file.ts'

/** The file at a path; it and its directory need not be there. Throws `KeyFileError`: `inaccessible`, `busy`. */
export const keyDocumentFile = (path: string): KeyDocumentStore => ({
  version: async () => attempt(path, 'read', () => fileStamp(path)),
  read: async () =>
    attempt(path, 'read', () => {
      // before reading: what is written in between is then read once more, instead of never
      const version = fileStamp(path)
      return version === null ? null : { version, text: readFileSync(path, 'utf8') }
    }),
  replace: async (seen, text) =>
    locked(path, () => {
      // another process may have been faster, while this one waited for its turn
      if (fileStamp(path) !== seen) return false
      writePrivateFile(path, text)
      return true
    }),
})

function locked<T>(path: string, work: () => T): T {
  const turn = attempt(path, 'written', () => {
    makePrivateDirectory(path)
    return withFileLock(path, work)
  })
  if (turn) return turn.result
  const advice = `If no other process is changing the keys, delete ${lockPath(path)}.`
  throw new KeyFileError('busy', `${path} is being changed by another process. ${advice}`)
}

/** Runs a step on the file system; what fails there becomes `inaccessible`. */
function attempt<T>(path: string, done: 'read' | 'written', step: () => T): T {
  try {
    return step()
  } catch (cause) {
    if (!isSystemError(cause)) throw cause
    const advice = 'Its directory has to belong to the user that runs this.'
    throw new KeyFileError('inaccessible', `${path} cannot be ${done} (${cause.code}). ${advice}`, { cause })
  }
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error
