/** The rows of a file of accounts, one after the other, however long the file is: CSV, JSON lines, or a JSON list. */
import { readCsv } from './csv.ts'

/** What stands in a row, by name. */
export type SourceRecord = Readonly<Record<string, unknown>>

/** A row and its number, from 1 on; without a record it could not be read. */
export interface SourceRow {
  readonly row: number
  readonly record: SourceRecord | null
}

/** How a file is written. */
export type FileFormat = 'csv' | 'jsonl' | 'json'

/** Django's `dumpdata` and most others write a list; Firebase an object with the list in it. */
const LIST = /^\s*(?:\[|\{\s*"users"\s*:\s*\[)/

/** The format, told by how the file begins. */
export function formatOf(text: string): FileFormat {
  if (LIST.test(text)) return 'json'
  return /^\s*\{/.test(text) ? 'jsonl' : 'csv'
}

/** Reads the rows. */
export async function* readRows(
  chunks: AsyncIterable<string>,
  format: FileFormat,
): AsyncGenerator<SourceRow> {
  let row = 0
  if (format === 'csv') {
    let head: readonly (string | null)[] | undefined
    for await (const cells of readCsv(chunks)) {
      if (head === undefined) head = cells ?? []
      else {
        row += 1
        const names = head
        const record = cells?.map((cell, i) => [names[i] ?? `column ${i + 1}`, cell])
        yield { row, record: record ? Object.fromEntries(record) : null }
      }
    }
    return
  }
  for await (const text of format === 'jsonl' ? lines(chunks) : items(chunks)) {
    row += 1
    yield { row, record: parsed(text) }
  }
}

function parsed(text: string): SourceRecord | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as SourceRecord)
      : null
  } catch {
    return null
  }
}

async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) if (part.trim() !== '') yield part
  }
  if (rest.trim() !== '') yield rest
}

/** The texts of the objects in a list, and last what stands where a list that was cut off does not go on. */
async function* items(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  const scanner = createScanner()
  let head = ''
  let hasBegun = false
  for await (const chunk of chunks) {
    if (hasBegun) yield* scanner.scan(chunk)
    else {
      head += chunk
      const beginning = LIST.exec(head)
      hasBegun = beginning !== null
      if (beginning) yield* scanner.scan(head.slice(beginning[0].length))
    }
  }
  const rest = scanner.rest()
  if (rest !== null) yield rest
}

/** Finds where objects begin and end, across chunks. Only brackets and quotes are looked at; the rest is JSON.parse's. */
function createScanner() {
  let depth = 0
  let isText = false
  let isEscaped = false
  let isOver = false
  let pending = ''
  return {
    *scan(chunk: string): Generator<string> {
      let start = 0
      for (let i = 0; i < chunk.length && !isOver; i += 1) {
        const char = chunk[i]
        if (isText) {
          if (isEscaped) isEscaped = false
          else if (char === '\\') isEscaped = true
          else if (char === '"') isText = false
        } else if (char === '"') isText = depth > 0
        else if (char === '{' || char === '[') {
          if (depth === 0) start = i
          depth += 1
        } else if (char === '}' || char === ']') {
          isOver = depth === 0
          depth -= 1
          if (depth === 0) {
            yield pending + chunk.slice(start, i + 1)
            pending = ''
          }
        }
      }
      if (depth > 0) pending += chunk.slice(start)
    },
    /** What is left of a list that nobody closed; null when it is complete. */
    rest: () => (isOver ? null : pending),
  }
}
