/** The list of what is recorded in the docs is the table in the code. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { auditReference } from '../scripts/generate-audit-reference.ts'

describe('what the audit log records | docs/reference/audit.md', () => {
  it('is current (else: node scripts/generate-audit-reference.ts)', () => {
    const page = readFileSync(resolve(import.meta.dirname, '../docs/reference/audit.md'), 'utf8')
    expect(page).toBe(auditReference())
  })
})
