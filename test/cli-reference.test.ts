/** The page about the command line is what the commands say of themselves. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cliReference } from '../scripts/generate-cli-reference.ts'

describe('the command line | docs/reference/cli.md', () => {
  it('is current (else: node scripts/generate-cli-reference.ts)', async () => {
    const page = readFileSync(resolve(import.meta.dirname, '../docs/reference/cli.md'), 'utf8')
    expect(page).toBe(await cliReference())
  })
})
