/** The page for security reviews is complete and leads somewhere; whether its proofs hold, each run says (`proofs.ts`). */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PAGE, readRows } from './proofs.ts'

const root = resolve(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const page = read(PAGE)

const ROWS = readRows(page)

/** How many requirements of levels 1 and 2 the chapters of ASVS 5.0.0 have. */
const IN_FULL = { 6: 35, 7: 18, 8: 7, 9: 7, 11: 14, 13: 13, 16: 16 }

describe(PAGE, () => {
  it('has one row for every requirement of levels 1 and 2', () => {
    for (const [chapter, count] of Object.entries(IN_FULL)) {
      const own = ROWS.filter(({ id, level }) => id.startsWith(`${chapter}.`) && level !== '3')
      expect(own, chapter).toHaveLength(count)
    }
    expect(new Set(ROWS.map(({ id }) => id)).size).toBe(ROWS.length)
  })

  it.each(ROWS.map((row) => [row.id, row] as const))(
    '%s says what it is, why, and which tests prove it',
    (_, row) => {
      expect(row.state).toMatch(/^(met\b|not applicable: \S|open: \S)/)
      expect(row.proofs.length > 0).toBe(row.state.startsWith('met'))
      for (const { file, title } of row.proofs) {
        expect(existsSync(join(root, file)), file).toBe(true)
        expect(title, file).not.toBe('')
      }
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
