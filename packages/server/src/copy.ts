/** One database into another, with the keys that belong to it: for `doorward db copy`. */
import type { Settings } from './config/settings.ts'
import { type CopyProgress, type CopyReport, copyDatabase as copyRows } from './store/copy/copy-database.ts'
import { explained } from './store/database-faults.ts'
import type { Connection } from './store/dialect.ts'
import type { KeyDocumentStore } from './store/key-document-store.ts'
import { createKeyDocumentStore } from './store/key-documents.ts'
import { connect } from './store/open-store.ts'
import { keyPlaceOf } from './tokens/keys-of-settings.ts'

export type { CopyProgress, CopyReport } from './store/copy/copy-database.ts'

/** Where to, and whom to tell. */
export interface CopyTarget {
  /** `sqlite:<file>` or `postgres://…`. */
  readonly to: string
  readonly onProgress?: (progress: CopyProgress) => void
}

/**
 * Copies the configured database and its signing keys, so that with the same `DOORWARD_SECRET` every token, session
 * and mailed link stays good. The server must not run meanwhile. TypeError when that cannot be; a target that is left
 * half full is gone on with by the same call.
 */
export async function copyDatabase(
  settings: Settings,
  { to, onProgress = () => {} }: CopyTarget,
): Promise<CopyReport> {
  const source = connect(settings.database.url, settings.database)
  const from = source.unhurried?.() ?? source
  const opened = connect(to)
  const target = opened.unhurried?.() ?? opened
  const { users, database } = settings
  try {
    return await copyRows({
      ...{ from, to: target, onProgress },
      source: nameOf(database.url),
      fields: users.fields,
      prepare: () =>
        copyKeys(
          keysIn(settings, source),
          keysIn({ ...settings, database: { ...database, url: to } }, target),
        ),
    })
  } catch (error) {
    throw explained(error)
  } finally {
    await Promise.all([...new Set([source, from, opened, target])].map(({ db }) => db.destroy()))
  }
}

/** An address without what must not be written down. */
function nameOf(url: string): string {
  if (url.startsWith('sqlite:')) return url
  const { host, pathname } = new URL(url)
  return `postgres://${host}${pathname}`
}

function keysIn(settings: Settings, { db, dialect }: Connection): KeyDocumentStore | null {
  const shared = dialect === 'postgres' ? createKeyDocumentStore(db, dialect) : null
  return keyPlaceOf(settings, shared)?.documents ?? null
}

async function copyKeys(from: KeyDocumentStore | null, to: KeyDocumentStore | null): Promise<void> {
  const keys = await from?.read()
  if (!keys || !to || (await to.replace(null, keys.text))) return
  if ((await to.read())?.text === keys.text) return
  throw new TypeError('The target has other signing keys already. Delete them there, and copy again.')
}
