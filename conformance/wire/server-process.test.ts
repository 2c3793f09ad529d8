/** The process that the tests of crashes start: none is left behind. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startServer } from '../server-process.ts'

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

it('a server that does not become ready in time is ended', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'doorward-process-'))
  const file = join(folder, 'pid')
  // it writes down its process id, and never goes on from there
  const script = `import { writeFileSync } from 'node:fs'
    writeFileSync(${JSON.stringify(file)}, String(process.pid))
    await new Promise((done) => setTimeout(done, 60_000))`
  const hangs = `--import data:text/javascript,${encodeURIComponent(script)}`
  await expect(startServer(folder, { NODE_OPTIONS: hangs }, 5000)).rejects.toThrow()
  expect(existsSync(file)).toBe(true)
  await expect.poll(() => isRunning(Number(readFileSync(file, 'utf8')))).toBe(false)
  rmSync(folder, { recursive: true })
}, 20_000)
