/** `kill -9` in the middle of `doorward db copy`: nobody takes the part for the whole, and the same command makes the rest. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { fill } from '../scale/fill.ts'

const MAIN = resolve(import.meta.dirname, '../../apps/doorward/src/main.ts')
const ACCOUNTS = 8000
const folder = mkdtempSync(join(tmpdir(), 'doorward-copy-'))
const [source, target] = ['source.db', 'target.db'].map((name) => `sqlite:${join(folder, name)}`) as [
  string,
  string,
]

afterAll(() => rmSync(folder, { recursive: true }))

function start(database: string, ...args: readonly string[]) {
  const env = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: database,
    DOORWARD_SECRET: 'only for tests: everybody may know it',
  }
  return spawn(process.execPath, [MAIN, ...args], { cwd: folder, env })
}

async function run(database: string, ...args: readonly string[]) {
  const child = start(database, ...args)
  const [exit, out, err] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
  return { code: exit[0] as number | null, out, err }
}

/** How many rows of a table are in the target, as somebody sees them who only looks. */
function rowsIn(table: string): number {
  const file = target.slice('sqlite:'.length)
  if (!existsSync(file)) return 0
  const onlooker = new DatabaseSync(file, { readOnly: true, timeout: 5000 })
  try {
    return Number(onlooker.prepare(`select count(*) as rows from ${table}`).get()?.rows)
  } catch {
    return 0
  } finally {
    onlooker.close()
  }
}

/** Kills a copy as soon as there are rows in a table. */
async function killAt(table: string): Promise<void> {
  const copy = start(source, 'db', 'copy', '--to', target)
  const exit = once(copy, 'close')
  while (rowsIn(table) === 0 && copy.exitCode === null) await new Promise((done) => setTimeout(done, 2))
  copy.kill('SIGKILL')
  expect((await exit)[1]).toBe('SIGKILL')
}

describe('kill -9 of a copy', () => {
  it('leaves what no command works on, and the same copy goes on where it stopped', async () => {
    await fill(source, ACCOUNTS)
    for (const table of ['copy_state', 'users', 'sessions']) {
      await killAt(table)
      for (const command of [['users', 'list'], ['migrate'], ['keys', 'rotate'], ['start']]) {
        const { code, err } = await run(target, ...command)
        expect([code, err], command.join(' ')).toEqual([
          1,
          expect.stringContaining(
            'Run the same `doorward db copy` once more, which goes on where it stopped',
          ),
        ])
      }
    }
    expect((await run(target, 'doctor')).out).toContain('Run the same `doorward db copy` once more')
    const { code, out } = await run(source, 'db', 'copy', '--to', target)
    expect([code, out]).toEqual([0, expect.stringContaining('Copied the rest; both sides are the same')])
    expect(rowsIn('users')).toBe(ACCOUNTS)
    expect((await run(target, 'users', 'list')).code).toBe(0)
  }, 240_000)
})
