/**
 * Copies everything from one database to another one, of the same kind or not: from the one machine that a project
 * began on to PostgreSQL, and back. Rows are written in the order of their keys, so an interrupted copy goes on where
 * it stopped; at the end every table of both sides is counted and compared.
 */
import { sql } from 'kysely'
import type { ProfileFields } from '../../domain/profile-field.ts'
import type { Connection } from '../dialect.ts'
import { migrateUp, migrationStatus, syncProfileColumns } from '../migrate.ts'
import { markCopy, refuseUnfinishedCopy, unfinishedCopyOf, unmarkCopy } from './copy-mark.ts'
import { checksum, countRows, lastRow, pageSize, type Row, readPage, writeRows } from './rows.ts'
import { type CopyTable, lastId, listTables, setLastId, tablesThere } from './tables.ts'

/** How far a copy is. */
export interface CopyProgress {
  readonly step: 'copying' | 'comparing'
  readonly table: string
  /** Rows done and to do in this step, of all tables. */
  readonly done: number
  readonly total: number
}

/** What was copied. */
export interface CopyReport {
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly sha256: string }[]
  /** Whether the rest of an interrupted copy was made. */
  readonly resumed: boolean
}

/** From where to where, and whom to tell. */
export interface CopyInput {
  readonly from: Connection
  readonly to: Connection
  /** What the source is called, without a password: only the rest of a copy from there is made up for. */
  readonly source: string
  readonly fields: ProfileFields
  /** Called when the target has its tables, before a row is written. What it refuses is refused. */
  readonly prepare: () => Promise<void>
  readonly onProgress: (progress: CopyProgress) => void
}

/**
 * Makes the copy. Nobody can write to the source meanwhile, nor may to the target. TypeError when the source is not up
 * to date, the target is the source or holds something else, or the two differ at the end.
 */
export async function copyDatabase(input: CopyInput): Promise<CopyReport> {
  const { from, to } = input
  await refuseUnfinishedCopy(from)
  const pending = (await migrationStatus(from)).filter(({ state }) => state !== 'applied')
  if (pending.length > 0) {
    throw new TypeError(
      'The source is not at the version of this program. Run `doorward migrate` on it first.',
    )
  }
  const tables = await listTables(from)
  const resumed = await checkTarget(input, tables)
  if (!resumed) await markCopy(to, input.source)
  try {
    await refuseSource(input)
    await prepareTarget(input, tables)
  } catch (error) {
    // there is no row in it yet: it is what it was
    if (!resumed) await unmarkCopy(to)
    throw error
  }
  const report = await whileUnwritten(from, tables, async (held) => {
    await copyAll({ ...input, from: held }, tables)
    return compareAll({ ...input, from: held }, tables)
  })
  await unmarkCopy(to)
  return { tables: report, resumed }
}

async function prepareTarget(
  { to, fields, prepare }: CopyInput,
  tables: readonly CopyTable[],
): Promise<void> {
  await migrateUp(to)
  await prepare()
  await syncProfileColumns(to, fields)
  await addFormerFields(to, tables)
}

/** Whatever the two addresses look like: where the mark is seen from the source, both lead to the same database. */
async function refuseSource({ from }: CopyInput): Promise<void> {
  if ((await unfinishedCopyOf(from)) === null) return
  throw new TypeError('The target is the source itself. Name another, empty database.')
}

/**
 * Keeps everybody from writing to a database: what a server acknowledged meanwhile would be missing in the copy. Whoever
 * tries waits for as long as anywhere and is then refused. SQLite's transactions begin with that lock.
 */
function whileUnwritten<T>(
  connection: Connection,
  tables: readonly CopyTable[],
  work: (held: Connection) => Promise<T>,
): Promise<T> {
  return connection.db.transaction().execute(async (db) => {
    if (connection.dialect === 'postgres') {
      await sql`lock table ${sql.join(tables.map(({ name }) => sql.table(name)))} in share mode`.execute(db)
    }
    return work({ ...connection, db })
  })
}

/** Columns of fields that were declared once: what they hold is copied, too. */
async function addFormerFields(to: Connection, tables: readonly CopyTable[]): Promise<void> {
  const columnsOf = (all: readonly CopyTable[]) => all.find(({ name }) => name === 'users')?.columns ?? []
  const known = new Set(columnsOf(await listTables(to)).map(({ name }) => name))
  const fields: Record<string, ProfileFields[string]> = {}
  for (const { name, type } of columnsOf(tables)) {
    if (!known.has(name) && type !== 'other') fields[name] = { type }
  }
  await syncProfileColumns(to, fields)
}

/**
 * Whether the target holds a part of this copy. A target that holds anything else is refused before it is changed: it
 * may be somebody's database, named by mistake.
 */
async function checkTarget({ to, source }: CopyInput, tables: readonly CopyTable[]): Promise<boolean> {
  const begun = await unfinishedCopyOf(to)
  if (begun === source) return true
  if (begun !== null) {
    throw new TypeError(`The target holds a part of another copy, of ${begun}. Empty it first.`)
  }
  const there = new Set((await tablesThere(to)).map(({ name }) => name))
  for (const table of tables) {
    if (!there.has(table.name) || (await countRows(to, table)) === 0) continue
    throw new TypeError(`The target is not empty: there are rows in ${table.name}. Name an empty database.`)
  }
  return false
}

async function copyAll({ from, to, onProgress }: CopyInput, tables: readonly CopyTable[]): Promise<void> {
  let total = 0
  for (const table of tables) total += await countRows(from, table)
  let done = 0
  for (const table of tables) {
    done += await countRows(to, table)
    let after: Row | null = await lastRow(to, table)
    for (;;) {
      onProgress({ step: 'copying', table: table.name, done, total })
      const page = await readPage(from, table, after)
      if (page.length > 0) await writeRows(to, table, page)
      done += page.length
      after = page.at(-1) ?? null
      if (page.length < pageSize(table)) break
    }
    if (table.counter !== null) await setLastId(to, table, await lastId(from, table))
  }
}

async function compareAll(
  { from, to, onProgress }: CopyInput,
  tables: readonly CopyTable[],
): Promise<CopyReport['tables']> {
  let total = 0
  for (const table of tables) total += 2 * (await countRows(from, table))
  let done = 0
  const report: CopyReport['tables'][number][] = []
  for (const table of tables) {
    const { name } = table
    const onRows = (count: number) => {
      done += count
      onProgress({ step: 'comparing', table: name, done, total })
    }
    const [ours, theirs] = [await checksum(from, table, onRows), await checksum(to, table, onRows)]
    const rows = await countRows(to, table)
    if (ours !== theirs || rows !== (await countRows(from, table))) {
      throw new TypeError(
        `The table ${name} differs after the copy. Somebody wrote to one of the sides: stop the server, empty the target, and copy again.`,
      )
    }
    report.push({ name, rows, sha256: ours })
  }
  return report
}
