/** What migrations write differently for the two databases. */
import type { CreateTableBuilder, Kysely } from 'kysely'
import type { DialectName } from '../dialect.ts'

/** Begins a table whose key counts up from 1 and never comes back, even when its row is deleted. */
export function countedTable<Key extends string>(
  db: Kysely<unknown>,
  dialect: DialectName,
  table: string,
  key: Key,
): CreateTableBuilder<string, Key> {
  const begun = db.schema.createTable(table)
  return dialect === 'sqlite'
    ? begun.addColumn(key, 'integer', (column) => column.primaryKey().autoIncrement())
    : begun.addColumn(key, 'bigint', (column) => column.generatedByDefaultAsIdentity().primaryKey())
}
