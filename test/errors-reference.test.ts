/** The catalogue of errors in the docs is the table in the code. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorsReference } from '../scripts/generate-errors-reference.ts'

describe('the catalogue of errors | docs/reference/errors.md', () => {
  it('is current (else: node scripts/generate-errors-reference.ts)', () => {
    const page = readFileSync(resolve(import.meta.dirname, '../docs/reference/errors.md'), 'utf8')
    expect(page).toBe(errorsReference())
  })
})
