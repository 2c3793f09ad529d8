/**
 * A run with a failed test is a failed run: what finds the databases must not end the process in its own way. And so
 * is one in which a test that a proof hangs on did not run.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { PAGE } from './proofs.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorward-exit-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs Vitest in a folder with these files in it, with a global set-up of this folder. */
function run(setup: string, files: Record<string, string>, ...args: string[]) {
  const config = {
    test: { globals: true, include: ['*.test.js'], globalSetup: [join(import.meta.dirname, setup)] },
  }
  const all = { ...files, 'vitest.config.js': `export default ${JSON.stringify(config)}` }
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const vitest = join(import.meta.dirname, '../node_modules/vitest/vitest.mjs')
  const child = spawnSync(process.execPath, [vitest, 'run', '--root', folder, ...args], { encoding: 'utf8' })
  return { code: child.status, output: child.stdout + child.stderr }
}

describe('a run', () => {
  it('fails with a test that fails, and not with one that passes', () => {
    const runOf = (test: string) => run('global-setup.ts', { 'one.test.js': test })
    expect(runOf("it('fails', () => expect(1).toBe(2))").code).toBe(1)
    expect(runOf("it('passes', () => expect(1).toBe(1))").code).toBe(0)
  })
})

describe('a run | the proofs that it is to give', () => {
  const OTHER = "it('passes too', () => {})"
  const page = (title: string) =>
    `| 6.1.1 | 1 | Subject | met | \`one.test.js › ${title}\`, \`two.test.js › passes too\` |`
  const prove = (test: string, title: string, ...args: string[]) =>
    run('proofs.ts', { 'one.test.js': test, 'two.test.js': OTHER, [PAGE]: page(title) }, ...args)

  it('are those that ran and passed, by their whole title or by how several begin', () => {
    expect(prove("it('is so', () => {})", 'is so')).toMatchObject({
      code: 0,
      output: expect.stringContaining('2 ran and passed\n'),
    })
    expect(prove("it.each([1, 2])('is so: %i', () => {})", 'is so: …').code).toBe(0)
  })

  it.each([
    ['has another title', "it('is so now', () => {})", 'is so', 'not there'],
    ['is skipped', "it.skip('is so', () => {}); it('runs', () => {})", 'is so', 'skipped'],
    [
      'is one of several of which another fails',
      "it.each([1, 2])('is so: %i', (n) => expect(n).toBe(1))",
      'is so: …',
      'failed',
    ],
  ])('fail it when one %s', (_, test, title, why) => {
    expect(prove(test, title)).toMatchObject({
      code: 1,
      output: expect.stringContaining(`6.1.1: one.test.js › ${title}: ${why}`),
    })
  })

  it('are those of its own files alone, when it is a part of the whole', () => {
    const part = prove("it('is so now', () => {})", 'is so', 'two')
    expect(part).toMatchObject({
      code: 0,
      output: expect.stringContaining('1 ran and passed; those in other files'),
    })
    expect(prove("it('is so now', () => {})", 'is so', 'one').code).toBe(1)
  })
})
