/** What a start leaves behind is given back. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const MODULE = join(import.meta.dirname, '../src/release-memory.ts')

/** Allocates as a start does, releases, and prints MB of room for young objects before and after. */
const PROGRAM = `
  import { getHeapSpaceStatistics } from 'node:v8'
  import { releaseMemory } from '${MODULE}'
  const young = () => getHeapSpaceStatistics()
    .find(({ space_name }) => space_name === 'new_space').physical_space_size / 1048576
  globalThis.kept = Array.from({ length: 300_000 }, (_, i) => ({ i }))
  const before = young()
  await releaseMemory()
  console.log(JSON.stringify([before, young()]))
`
const run = (...options: readonly string[]) =>
  spawnSync(process.execPath, [...options, '--input-type=module', '--eval', PROGRAM], { encoding: 'utf8' })

describe('the memory of a start', () => {
  it('is given back: there is room for few young objects again', () => {
    const [before, after] = JSON.parse(run().stdout)
    expect(before).toBeGreaterThan(4)
    expect(after).toBeLessThan(before / 2)
  })

  it('stays where a program may not ask for it', () => {
    const { status, stderr } = run('--permission', '--allow-fs-read=*')
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })
})
