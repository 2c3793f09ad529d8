/** Texts compared byte by byte, whatever language the database sorts in: what prefixes and pages need. */
import { type RawBuilder, sql } from 'kysely'
import type { DialectName } from './dialect.ts'

/** The text so that `<` and `order by` go by bytes. SQLite does so anyway. */
export const binary = (dialect: DialectName, text: RawBuilder<unknown>): RawBuilder<string> =>
  dialect === 'postgres' ? sql<string>`${text} collate "C"` : sql<string>`${text}`

/**
 * Where the texts that begin with the prefix end: the first one that is too large. Its last character is the next one,
 * which lets PostgreSQL estimate how many there are.
 */
export function endOfPrefix(prefix: string): string {
  const last = [...prefix].at(-1) ?? ''
  const code = last.codePointAt(0) ?? 0
  // behind the last character there is none, and between those two only halves of surrogate pairs
  if (code === 0x10ffff) return prefix + last
  const next = code === 0xd7ff ? 0xe000 : code + 1
  return prefix.slice(0, prefix.length - last.length) + String.fromCodePoint(next)
}
