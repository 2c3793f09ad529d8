/** Backups of a running installation: for `doorward backup`. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { secretDirectory } from './config/first-secret.ts'
import type { Settings } from './config/settings.ts'
import { backupSqlite } from './store/backup.ts'
import { writePrivateFile } from './tokens/private-file.ts'

/** The files that were written. */
export interface Backup {
  readonly database: string
  /** The sealed signing keys; null where there are none in a file. */
  readonly keys: string | null
}

/**
 * Writes the database to `file` and the signing keys, sealed as they are, to `file.keys.json`. Needs no server to stop.
 * TypeError for PostgreSQL, which has its own tools, and for a file that is there already.
 */
export function backup(settings: Settings, file: string): Backup {
  const source = /^sqlite:(?!:)(.+)$/.exec(settings.database.url)?.[1]
  if (source === undefined) {
    throw new TypeError(
      'This database is not a file. For PostgreSQL use `pg_dump`; see docs/guides/backup.md.',
    )
  }
  const keys = join(secretDirectory(settings), 'keys.json')
  const target = existsSync(keys) ? `${file}.keys.json` : null
  backupSqlite(source, file)
  if (target !== null) writePrivateFile(target, readFileSync(keys, 'utf8'))
  return { database: file, keys: target }
}
