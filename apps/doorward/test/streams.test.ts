/** What commands read from and write to: files, pipes, and terminals. */
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from './run.ts'

describe('the streams of a command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doorward-streams-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  beforeAll(async () => {
    const addresses = Array.from({ length: 3000 }, (_, i) => `person${i}@example.com`)
    writeFileSync(join(folder, 'people.csv'), `email\n${addresses.join('\n')}\n`)
    const imported = await run(['import', 'people.csv'], { folder })
    expect(imported.code, imported.err).toBe(0)
  })

  it.each([['export'], ['audit', 'export'], ['users', 'list', '--limit', '3000'], ['openapi']])(
    'a reader that has seen enough, as `head` does, ends it without a word: %s',
    async (...args) => {
      expect(await run(args, { folder, stdout: 'closed' })).toEqual({ code: 1, out: '', err: '' })
    },
  )

  it.runIf(process.platform === 'linux')('a full disk is told in one line', async () => {
    const full = openSync('/dev/full', 'w')
    const { code, err } = await run(['export'], { folder, stdout: full })
    closeSync(full)
    expect([code, err]).toEqual([1, 'ENOSPC: no space left on device, write\n'])
  })

  it('an export to standard output ends where standard error is a terminal, too', async () => {
    const env = { NODE_OPTIONS: '--import data:text/javascript,process.stderr.isTTY=true' }
    const exported = await run(['export'], { folder, env })
    expect([exported.code, exported.out.split('\n').length]).toEqual([0, 3001])
  }, 20_000)
})
