/** A run with a failed test is a failed run: what finds the databases must not end the process in its own way. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'doorward-exit-'))
afterAll(() => rmSync(folder, { recursive: true }))

const exitCodeOf = (test: string): number | null => {
  const globalSetup = [join(import.meta.dirname, 'global-setup.ts')]
  const config = { test: { globals: true, include: ['one.test.js'], globalSetup } }
  writeFileSync(join(folder, 'vitest.config.js'), `export default ${JSON.stringify(config)}`)
  writeFileSync(join(folder, 'one.test.js'), test)
  const vitest = join(import.meta.dirname, '../node_modules/vitest/vitest.mjs')
  return spawnSync(process.execPath, [vitest, 'run', '--root', folder]).status
}

it('a test that fails makes the run fail, and one that passes does not', () => {
  expect(exitCodeOf("it('fails', () => expect(1).toBe(2))")).toBe(1)
  expect(exitCodeOf("it('passes', () => expect(1).toBe(1))")).toBe(0)
})
