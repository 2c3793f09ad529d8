/** The tables of a database as a copy sees them: columns, keys, who refers to whom, and where their ids stand. */
import { type RawBuilder, sql, type TableMetadata } from 'kysely'
import type { Connection } from '../dialect.ts'
import { currentSchema } from '../migrate.ts'

/** A table. */
export interface CopyTable {
  readonly name: string
  readonly columns: readonly CopyColumn[]
  /** The columns of its primary key, in order. */
  readonly key: readonly string[]
  /** The column that counts up by itself, if there is one. */
  readonly counter: string | null
}

/** A column. */
export interface CopyColumn {
  readonly name: string
  /** What it holds, whatever the database calls it. */
  readonly type: 'text' | 'integer' | 'boolean' | 'date' | 'other'
}

/** Made by Kysely or by a copy, kept for one process, or copied in another way. */
const NOT_COPIED: ReadonlySet<string> = new Set(['copy_state', 'signing_keys', 'throttles'])

/** What the database says of the tables that are there, whoever made them. */
export async function tablesThere(connection: Connection): Promise<readonly TableMetadata[]> {
  const { db, dialect } = connection
  const schema = dialect === 'postgres' ? (connection.schema ?? (await currentSchema(db))) : undefined
  const tables = await db.introspection.getTables()
  return tables.filter((table) => !table.isView && table.schema === schema)
}

/** The tables to copy: each one behind those that it refers to. */
export async function listTables(connection: Connection): Promise<readonly CopyTable[]> {
  const tables: CopyTable[] = []
  for (const { name, columns } of await tablesThere(connection)) {
    if (NOT_COPIED.has(name)) continue
    tables.push({
      name,
      columns: columns.map((column) => ({ name: column.name, type: typeOf(column.dataType) })),
      key: await keyOf(connection, name),
      counter: columns.find(({ isAutoIncrementing }) => isAutoIncrementing)?.name ?? null,
    })
  }
  return inOrder(connection, tables)
}

function typeOf(dataType: string): CopyColumn['type'] {
  const name = dataType.toLowerCase()
  if (/^(text|varchar|character)/.test(name)) return 'text'
  if (/^(big|small)?int|^integer/.test(name)) return 'integer'
  if (/^bool/.test(name)) return 'boolean'
  return name === 'date' ? 'date' : 'other'
}

async function keyOf({ db, dialect }: Connection, table: string): Promise<readonly string[]> {
  const query: RawBuilder<{ name: string }> =
    dialect === 'sqlite'
      ? sql`select name from pragma_table_info(${table}) where pk > 0 order by pk`
      : sql`
          select a.attname as name from pg_index i
          join unnest(i.indkey) with ordinality as k(attnum, place) on true
          join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
          where i.indrelid = ${table}::regclass and i.indisprimary order by k.place`
  const { rows } = await query.execute(db)
  if (rows.length === 0) throw new TypeError(`the table ${table} has no primary key, so it cannot be copied`)
  return rows.map(({ name }) => name)
}

async function inOrder(connection: Connection, tables: readonly CopyTable[]): Promise<readonly CopyTable[]> {
  const waiting = new Map(tables.map((table) => [table.name, table]))
  const ordered: CopyTable[] = []
  const place = async (table: CopyTable): Promise<void> => {
    if (!waiting.delete(table.name)) return
    for (const name of await referencesOf(connection, table.name)) {
      const other = waiting.get(name)
      if (other) await place(other)
    }
    ordered.push(table)
  }
  for (const table of tables) await place(table)
  return ordered
}

async function referencesOf({ db, dialect }: Connection, table: string): Promise<readonly string[]> {
  const query: RawBuilder<{ name: string }> =
    dialect === 'sqlite'
      ? sql`select "table" as name from pragma_foreign_key_list(${table})`
      : sql`
          select c.relname as name from pg_constraint f join pg_class c on c.oid = f.confrelid
          where f.conrelid = ${table}::regclass and f.contype = 'f'`
  const { rows } = await query.execute(db)
  return rows.map(({ name }) => name)
}

/** The last id that a table gave away, also to a row that is gone; 0 if none. */
export async function lastId({ db, dialect }: Connection, table: CopyTable): Promise<number> {
  const query: RawBuilder<{ last: number | null }> =
    dialect === 'sqlite'
      ? sql`select seq as last from sqlite_sequence where name = ${table.name}`
      : sql`select pg_sequence_last_value(pg_get_serial_sequence(${table.name}, ${table.counter})) as last`
  const { rows } = await query.execute(db)
  return Number(rows[0]?.last ?? 0)
}

/** Lets a table go on counting behind `last`. */
export async function setLastId({ db, dialect }: Connection, table: CopyTable, last: number): Promise<void> {
  if (last === 0) return
  if (dialect === 'postgres') {
    const sequence = sql`pg_get_serial_sequence(${table.name}, ${table.counter})`
    await sql`select setval(${sequence}::regclass, ${last}::bigint)`.execute(db)
    return
  }
  await sql`delete from sqlite_sequence where name = ${table.name}`.execute(db)
  await sql`insert into sqlite_sequence (name, seq) values (${table.name}, ${last})`.execute(db)
}
