/** The page for security reviews says what is proven and where; whoever follows it must find it. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const page = read('docs/reference/asvs.md')

interface Row {
  readonly id: string
  readonly level: string
  readonly state: string
  readonly file: string
  /** How the sentence of the test begins; empty: the whole file is the proof. */
  readonly title: string
}

const ROWS: readonly Row[] = page.split('\n').flatMap((line): Row[] => {
  const [, id, level, , state, proof] =
    /^\| ([\d.]+) \| ([123]) \| (.+?) \| (.+?) \| (.*?) ?\|$/.exec(line) ?? []
  if (id === undefined || level === undefined || state === undefined) return []
  const [file = '', title = ''] = (proof ?? '').replaceAll('`', '').split(' › ', 2)
  return [{ id, level, state, file: file.trim(), title }]
})

/** Sentences of tests that run: `it(…)` and `it.each(…)(…)`, never skipped or planned ones. */
function sentencesOf(file: string): readonly string[] {
  const source = read(file).replaceAll("\\'", '’')
  return [...source.matchAll(/\bit(?:\.each\([\s\S]*?\))?\(\s*(?:'([^']*)'|"([^"]*)"|`([^`]*)`)/g)].map(
    ([, single, double, template]) => single ?? double ?? template ?? '',
  )
}

/** How many requirements of levels 1 and 2 the chapters of ASVS 5.0.0 have. */
const IN_FULL = { 6: 35, 7: 18, 8: 7, 9: 7, 11: 14, 13: 13, 16: 16 }

describe('docs/reference/asvs.md', () => {
  it('has one row for every requirement of levels 1 and 2', () => {
    for (const [chapter, count] of Object.entries(IN_FULL)) {
      const own = ROWS.filter(({ id, level }) => id.startsWith(`${chapter}.`) && level !== '3')
      expect(own, chapter).toHaveLength(count)
    }
    expect(new Set(ROWS.map(({ id }) => id)).size).toBe(ROWS.length)
  })

  it.each(ROWS.map((row) => [row.id, row] as const))(
    '%s says what it is, why, and where it is proven',
    (_, row) => {
      expect(row.state).toMatch(/^(met\b|not applicable: \S|open: \S)/)
      if (!row.state.startsWith('met') || row.file === '') return
      expect(existsSync(join(root, row.file)), row.file).toBe(true)
      if (row.title === '') return
      const found = sentencesOf(row.file).filter((sentence) => sentence.startsWith(row.title))
      expect(found, `${row.file} › ${row.title}`).not.toEqual([])
    },
  )

  it('the documents that it leads to exist', () => {
    const anchor = (heading: string) => heading.toLowerCase().replaceAll(' ', '-')
    for (const [, target = ''] of page.matchAll(/\]\(([^)]+\.md(?:#[\w-]+)?)\)/g)) {
      const [path = '', section] = target.split('#')
      const text = read(join('docs/reference', path))
      const anchors = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading))
      if (section !== undefined) expect(anchors, target).toContain(section)
    }
  })

  it('counts its own rows right', () => {
    const [, all, met, not, open] =
      /^(\d+) requirements: (\d+) met, (\d+) not applicable, (\d+) open\.$/m.exec(page) ?? []
    const count = (state: string) => ROWS.filter((row) => row.state.startsWith(state)).length
    expect([all, met, not, open].map(Number)).toEqual([
      ROWS.length,
      count('met'),
      count('not applicable'),
      count('open'),
    ])
  })
})
