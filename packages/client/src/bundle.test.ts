/** What the client costs a page, and whether its types say what the API is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'
import { clientTypes } from '../../../scripts/client-types.ts'

const LIMIT = 6 * 1024

/** The module as a page gets it. */
async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      lib: { entry: join(import.meta.dirname, 'index.ts'), formats: ['es'] },
    },
  })
  const [result] = [output].flat() as { output: { code?: string }[] }[]
  return result?.output.map(({ code = '' }) => code).join('') ?? ''
}

describe('the client | what it weighs', () => {
  it('is less than 6 kB gzipped and imports nothing', async () => {
    const code = await bundle()
    expect(code).toContain('createClient')
    expect(code).not.toMatch(/\bimport\b/)
    expect(gzipSync(code).length).toBeLessThan(LIMIT)
  }, 120_000)
})

describe('the client | its types', () => {
  it('are those of the API as it is (scripts/generate-client-types.ts)', () => {
    expect(readFileSync(join(import.meta.dirname, 'generated/wire.ts'), 'utf8')).toBe(clientTypes())
  })
})
