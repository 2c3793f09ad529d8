/** Reading, writing and comparing the rows of a table, page by page in the order of its key. */
import { createHash, type Hash } from 'node:crypto'
import { type Expression, type RawBuilder, sql } from 'kysely'
import type { Connection } from '../dialect.ts'
import type { CopyColumn, CopyTable } from './tables.ts'

/** A row, with values as a driver gives and takes them. */
export type Row = Readonly<Record<string, unknown>>

/** Rows of one page, and values of one statement: below what SQLite takes. */
const PAGE = 500
const MAX_VALUES = 30_000

/** How many rows are read and written at once. */
export const pageSize = ({ columns }: CopyTable): number =>
  Math.max(1, Math.min(PAGE, Math.floor(MAX_VALUES / columns.length)))

/** Texts are compared byte by byte in both databases, so that both have the same order. */
const keyPart = ({ dialect }: Connection, { columns }: CopyTable, name: string): RawBuilder<unknown> => {
  const isText = columns.find((column) => column.name === name)?.type === 'text'
  return isText && dialect === 'postgres' ? sql`${sql.ref(name)} collate "C"` : sql`${sql.ref(name)}`
}

const tuple = (parts: readonly Expression<unknown>[]): RawBuilder<unknown> => sql`(${sql.join(parts)})`

/** The rows behind `after` in the order of the key; from the start without it. */
export async function readPage(
  connection: Connection,
  table: CopyTable,
  after: Row | null,
): Promise<readonly Row[]> {
  const key = table.key.map((name) => keyPart(connection, table, name))
  const columns = sql.join(table.columns.map(({ name }) => sql.ref(name)))
  const behind = after
    ? sql`where ${tuple(key)} > ${tuple(table.key.map((name) => sql`${after[name]}`))}`
    : sql``
  const { rows } = await sql<Row>`
    select ${columns} from ${sql.table(table.name)} ${behind}
    order by ${sql.join(key)} limit ${sql.lit(pageSize(table))}
  `.execute(connection.db)
  return rows
}

/** The last row in the order of the key, with its key alone; null in an empty table. */
export async function lastRow(connection: Connection, table: CopyTable): Promise<Row | null> {
  const order = sql.join(table.key.map((name) => sql`${keyPart(connection, table, name)} desc`))
  const key = sql.join(table.key.map((name) => sql.ref(name)))
  const { rows } = await sql<Row>`
    select ${key} from ${sql.table(table.name)} order by ${order} limit 1
  `.execute(connection.db)
  return rows[0] ?? null
}

/** Writes rows in one statement. */
export async function writeRows(
  { db, dialect }: Connection,
  table: CopyTable,
  rows: readonly Row[],
): Promise<void> {
  const columns = sql.join(table.columns.map(({ name }) => sql.ref(name)))
  const values = rows.map((row) =>
    tuple(table.columns.map((column) => sql`${written(dialect, column, row[column.name])}`)),
  )
  await sql`insert into ${sql.table(table.name)} (${columns}) values ${sql.join(values)}`.execute(db)
}

function written(dialect: Connection['dialect'], { type }: CopyColumn, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (type === 'boolean') return dialect === 'postgres' ? Boolean(value) : Number(Boolean(value))
  return typeof value === 'object' && !(value instanceof Uint8Array) ? JSON.stringify(value) : value
}

/** How many rows there are. */
export async function countRows({ db }: Connection, { name }: Pick<CopyTable, 'name'>): Promise<number> {
  const { rows } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(name)}`.execute(db)
  return Number(rows[0]?.rows ?? 0)
}

/** A checksum (SHA-256) over all values of a table, the same in both databases if the rows are. */
export async function checksum(
  connection: Connection,
  table: CopyTable,
  onRows: (count: number) => void,
): Promise<string> {
  const hash = createHash('sha256')
  const columns = table.columns.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  for (let after: Row | null = null; ; ) {
    const page: readonly Row[] = await readPage(connection, table, after)
    for (const row of page) addRow(hash, columns, row)
    onRows(page.length)
    after = page.at(-1) ?? null
    if (page.length < pageSize(table)) return hash.digest('hex')
  }
}

function addRow(hash: Hash, columns: readonly CopyColumn[], row: Row): void {
  hash.update(JSON.stringify(columns.map(({ name, type }) => canonical(type, row[name]))))
}

function canonical(type: CopyColumn['type'], value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (type === 'boolean') return Boolean(value)
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
}
