/** Files that commands write: nobody takes a part for the whole, whatever ends the command. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { writeNewFile } from '../src/new-file.ts'

const MODULE = resolve(import.meta.dirname, '../src/new-file.ts')

async function* parts(...texts: readonly (string | Error)[]): AsyncGenerator<string> {
  for (const text of texts) {
    if (text instanceof Error) throw text
    yield text
  }
}

describe('a file that a command writes', () => {
  let folder = mkdtempSync(join(tmpdir(), 'doorward-new-file-'))
  afterEach(() => {
    rmSync(folder, { recursive: true })
    folder = mkdtempSync(join(tmpdir(), 'doorward-new-file-'))
  })

  it('is there when all of it is written, for its owner alone; what a killed run left does not matter', async () => {
    const path = join(folder, 'all.csv')
    writeFileSync(`${path}.part`, 'left by a run that was killed', { mode: 0o644 })
    await writeNewFile(path, parts('one,', 'two'))
    expect(readdirSync(folder)).toEqual(['all.csv'])
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['one,two', 0o600])
    await expect(writeNewFile(path, parts('three'))).rejects.toThrow('exists already')
    expect(readFileSync(path, 'utf8')).toBe('one,two')
  })

  it('is not there when an error ends it half-way', async () => {
    const broken = writeNewFile(join(folder, 'cut.csv'), parts('one,', new TypeError('the database is gone')))
    await expect(broken).rejects.toThrow('the database is gone')
    expect(readdirSync(folder)).toEqual([])
  })

  it.runIf(process.platform !== 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'is not there when %s ends it half-way',
    async (signal) => {
      const script = `
        import { writeNewFile } from ${JSON.stringify(MODULE)}
        async function* parts() {
          yield 'a part'
          console.log('half-way')
          await new Promise((done) => setTimeout(done, 60_000))
        }
        await writeNewFile('ended.csv', parts())`
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: folder })
      await once(child.stdout, 'data')
      expect(readdirSync(folder)).toEqual(['ended.csv.part'])
      child.kill(signal)
      expect(await once(child, 'close')).toEqual([null, signal])
      expect(readdirSync(folder)).toEqual([])
    },
  )
})
