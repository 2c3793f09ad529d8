/** The fault script that takes seconds runs with the other tests; the others are run by hand, see docs/reference/reliability.md. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

describe('a clock that jumps an hour ahead and behind', () => {
  it('signs nobody out, and gives no token a longer life', { timeout: 90_000 }, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'clock.ts')])
    expect(stdout).toMatch(/\d+ promises were kept, 0 broken/)
    expect(stdout).not.toContain('✗')
  })
})
