/** What the client costs a page, and whether its types say what the API is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { clientTypes } from '../../../scripts/client-types.ts'
import { bundle } from '../../../test/bundle.ts'

const LIMIT = 6 * 1024

describe('the client | what it weighs', () => {
  it('is less than 6 kB gzipped and imports nothing', async () => {
    const code = await bundle(join(import.meta.dirname, 'index.ts'))
    expect(code).toContain('createClient')
    expect(code).not.toMatch(/\bimport\b/)
    expect(gzipSync(code).length).toBeLessThan(LIMIT)
  }, 120_000)

  it('is what its page says', async () => {
    const { length } = gzipSync(await bundle(join(import.meta.dirname, 'index.ts')))
    const page = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
    expect(page).toContain(`${(length / 1000).toFixed(1)} kB gzipped`)
  }, 120_000)
})

describe('the administration | what it weighs', () => {
  it('is not in the client, and less than 1.5 kB by itself', async () => {
    expect(await bundle(join(import.meta.dirname, 'index.ts'))).not.toContain('admin/')
    const code = await bundle(join(import.meta.dirname, 'admin.ts'))
    expect(gzipSync(code).length).toBeLessThan(1536)
  }, 120_000)
})

describe('the client | its types', () => {
  it('are those of the API as it is (scripts/generate-client-types.ts)', () => {
    expect(readFileSync(join(import.meta.dirname, 'generated/wire.ts'), 'utf8')).toBe(clientTypes())
  })
})
