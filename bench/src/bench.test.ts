import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { median, summarize } from './measurement.ts'
import { runProgram } from './program.ts'
import type { RowResult } from './row.ts'

describe('the benchmark | a short run', () => {
  it('starts Doorward and its peers, drives them without a failed request, and writes table, figures and picture', async () => {
    const out = await mkdtemp(join(tmpdir(), 'bench-test-'))
    const main = join(import.meta.dirname, 'main.ts')
    const args = [
      '--quick',
      '--rounds',
      '1',
      '--seconds',
      '1',
      '--connections',
      '4',
      '--only',
      'c',
      '--out',
      out,
    ]
    // without the reference: whether its packages are there says nothing about us
    const output = await runProgram(process.execPath, [main, ...args], { env: { REFERENCE_DIR: out } })
    expect(output).toContain('(c) Refresh with rotation, durable: answers/s')
    const { rows } = JSON.parse(await readFile(join(out, 'quick.json'), 'utf8')) as { rows: RowResult[] }
    const systems = rows[0]?.systems ?? []
    expect(systems.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Doorward, SQLite', 'better-auth']),
    )
    for (const { median: rate, failed } of systems) {
      expect(rate).toBeGreaterThan(0)
      expect(failed).toBe(0)
    }
    expect(await readFile(join(out, 'quick.svg'), 'utf8')).toMatch(/^<svg /)
    await rm(out, { recursive: true })
  }, 120_000)
})

describe('the benchmark | several rounds', () => {
  it('are one number: the one in the middle', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    const { lowest, highest, failed } = summarize('x', [
      { perSecond: 5, failed: 1 },
      { perSecond: 7, failed: 0 },
    ])
    expect([lowest, highest, failed]).toEqual([5, 7, 1])
  })
})
