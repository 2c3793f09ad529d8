/** The rows of a file of accounts, one after the other, however long the file is: CSV, JSON lines, or a JSON list. */
import { type Cell, readCsv } from './csv.ts'

/** What stands in a row, by name. */
export type SourceRecord = Readonly<Record<string, unknown>>

/** A row and its number, from 1 on; without a record it could not be read, and why is in `fault`. */
export type SourceRow = { readonly row: number } & (
  | { readonly record: SourceRecord }
  | { readonly record: null; readonly fault: string }
)

/** How a file is written. */
export type FileFormat = 'csv' | 'jsonl' | 'json'

/** Django's `dumpdata` and most others write a list; Firebase an object with the list in it. */
const LIST = /^\s*(?:\[|\{\s*"users"\s*:\s*\[)/

/** The format, told by how the file begins. */
export function formatOf(text: string): FileFormat {
  if (LIST.test(text)) return 'json'
  return /^\s*\{/.test(text) ? 'jsonl' : 'csv'
}

/** Reads the rows. TypeError for a table that names a column twice. */
export async function* readRows(
  chunks: AsyncIterable<string>,
  format: FileFormat,
): AsyncGenerator<SourceRow> {
  let row = 0
  if (format === 'csv') {
    let head: readonly string[] | undefined
    for await (const cells of readCsv(chunks)) {
      if (head === undefined) head = columnsOf(cells ?? [])
      else {
        row += 1
        yield { row, ...tableRow(head, cells) }
      }
    }
    return
  }
  for await (const text of format === 'jsonl' ? lines(chunks) : items(chunks)) {
    row += 1
    yield { row, ...parsed(text) }
  }
}

type Content = { readonly record: SourceRecord } | { readonly record: null; readonly fault: string }

const UNREADABLE = { record: null, fault: 'it cannot be read' }

function columnsOf(head: readonly Cell[]): readonly string[] {
  const names = head.map((name, i) => name ?? `column ${i + 1}`)
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice === undefined) return names
  throw new TypeError(`The first line of the table names the column ${twice} twice. Name each column once.`)
}

/** Fewer or more cells than columns are a line that was cut off, or a comma in a text without quotes. */
function tableRow(names: readonly string[], cells: readonly Cell[] | null): Content {
  if (cells === null) return UNREADABLE
  if (cells.length !== names.length)
    return { record: null, fault: `it has ${cells.length} cells, and the first line names ${names.length}` }
  return { record: Object.fromEntries(names.map((name, i) => [name, cells[i]])) }
}

function parsed(text: string): Content {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { record: value as SourceRecord }
      : { record: null, fault: 'it is no object' }
  } catch {
    return UNREADABLE
  }
}

async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split(/[\r\n]/)
    rest = parts.pop() ?? ''
    for (const part of parts) if (part.trim() !== '') yield part
  }
  if (rest.trim() !== '') yield rest
}

/** The texts of the items of a list, and last what stands where a list that was cut off does not go on. */
async function* items(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  const scanner = createScanner()
  let head = ''
  let beginning: string | undefined
  for await (const chunk of chunks) {
    if (beginning !== undefined) yield* scanner.scan(chunk)
    else {
      head += chunk
      beginning = LIST.exec(head)?.[0]
      if (beginning !== undefined) yield* scanner.scan(head.slice(beginning.length))
    }
  }
  yield* scanner.rest()
  // an object may hold more than its list, but behind a list there is nothing: another one would be passed over
  if (scanner.isFollowed() && !beginning?.includes('{')) yield ''
}

/** Finds where items end, across chunks. Only brackets, commas and quotes are looked at; the rest is JSON.parse's. */
function createScanner() {
  let depth = 0
  let isText = false
  let isEscaped = false
  let isOver = false
  let isFollowed = false
  let pending = ''
  const endItem = (text: string): readonly string[] => {
    const item = pending + text
    pending = ''
    return item.trim() === '' ? [] : [item]
  }
  return {
    *scan(chunk: string): Generator<string> {
      let start = 0
      for (let i = 0; i < chunk.length && !isOver; i += 1) {
        const char = chunk[i]
        if (isText) {
          if (isEscaped) isEscaped = false
          else if (char === '\\') isEscaped = true
          else if (char === '"') isText = false
        } else if (char === '"') isText = true
        else if (char === '{' || char === '[') depth += 1
        else if (char === '}' || char === ']') {
          isOver = depth === 0
          depth -= 1
        }
        if (isOver || (char === ',' && depth === 0 && !isText)) {
          yield* endItem(chunk.slice(start, i))
          start = i + 1
        }
      }
      if (isOver) isFollowed ||= chunk.slice(start).trim() !== ''
      else pending += chunk.slice(start)
    },
    /** Whether something stands behind the list. */
    isFollowed: () => isFollowed,
    /** What is left of a list that nobody closed, and where it does not go on; nothing when it is complete. */
    rest: (): readonly string[] => {
      if (isOver) return []
      const isWhole = depth === 0 && !isText && pending.trim() !== ''
      return isWhole ? [pending, ''] : [pending]
    },
  }
}
