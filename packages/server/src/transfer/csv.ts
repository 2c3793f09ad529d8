/** Comma-separated values (RFC 4180), read bit by bit and written so that nothing is lost. */

/** A cell: null where nothing stood between the commas, while `""` is an empty text. */
export type Cell = string | null

/**
 * Reads lines of cells. Line ends may be CRLF, LF or CR; the last one may be missing; blank lines are passed over. Null is
 * a quote that nobody closed: all behind it is in one cell.
 */
export async function* readCsv(chunks: AsyncIterable<string>): AsyncGenerator<readonly Cell[] | null> {
  const reader = createReader()
  for await (const chunk of chunks) {
    for (const char of chunk) {
      const line = reader.take(char)
      if (line) yield line
    }
  }
  if (reader.isQuoted()) return yield null
  const last = reader.end()
  if (last) yield last
}

function createReader() {
  let cells: Cell[] = []
  let cell: Cell = null
  let state: 'plain' | 'quoted' | 'behind quote' = 'plain'

  const endCell = (): void => {
    cells.push(cell)
    cell = null
    state = 'plain'
  }
  const endLine = (): readonly Cell[] | null => {
    endCell()
    const line = cells
    cells = []
    return line.length === 1 && line[0] === null ? null : line
  }
  return {
    take: (char: string): readonly Cell[] | null => {
      if (state === 'quoted') {
        if (char === '"') state = 'behind quote'
        else cell += char
      } else if (char === '"') {
        // a quote doubled inside of quotes, or the beginning of them
        cell = state === 'behind quote' ? `${cell}"` : (cell ?? '')
        state = 'quoted'
      } else if (char === ',') endCell()
      else if (char === '\n' || char === '\r') return endLine()
      else cell = (cell ?? '') + char
      return null
    },
    isQuoted: () => state === 'quoted',
    end: (): readonly Cell[] | null => (cells.length > 0 || cell !== null ? endLine() : null),
  }
}

/** A line of cells. Null is nothing at all; an empty text is `""`. */
export const csvLine = (cells: readonly (string | number | boolean | null)[]): string =>
  `${cells.map(written).join(',')}\r\n`

function written(value: string | number | boolean | null): string {
  if (value === null) return ''
  const text = String(value)
  return text === '' || /[",\r\n]/.test(text) || text !== text.trim()
    ? `"${text.replaceAll('"', '""')}"`
    : text
}
