/** README's story is run as it is written: a newcomer who pastes it must get what it says. */
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'doorward-readme-'))
let port: number
let server: ReturnType<typeof spawn>

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => probe.once('listening', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

beforeAll(async () => {
  port = await freePort()
  const env = { PATH: process.env.PATH ?? '', PORT: String(port), LOG_LEVEL: 'warn' }
  server = spawn(process.execPath, [join(root, 'apps/doorward/src/main.ts'), 'start'], { cwd: folder, env })
  for (let attempt = 0; attempt < 100; attempt++) {
    const answers = await fetch(`http://127.0.0.1:${port}/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answers) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new TypeError('the server did not start')
})

afterAll(async () => {
  server.kill('SIGTERM')
  await new Promise((done) => server.once('exit', done))
  rmSync(folder, { recursive: true })
})

describe('README | the story, pasted in order into one shell', () => {
  it('registers, activates, signs in, calls, refreshes, asks for a reset and resets', async () => {
    const story = readFileSync(join(root, 'README.md'), 'utf8').split('## The story, step by step')[1] ?? ''
    const section = story.split('\n## ')[0] ?? ''
    const steps = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code = '']) => code)
    expect(steps).toHaveLength(7)
    const script = steps.map((step, index) => `echo "== ${index + 1}"\n${step}`).join('\necho\n')
    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      script.replaceAll('127.0.0.1:8000', `127.0.0.1:${port}`),
    ])
    const said = stdout.split(/== \d\n/).slice(1)
    expect(said[0]).toContain('"email":"tina@example.com"')
    expect(said[1]).toContain('204')
    expect(said[2]).toContain('"access":"')
    expect(said[3]).toContain('"first_name":"Tina"')
    expect(said[4]).toContain('"refresh":"')
    expect(said[5]).toContain('204')
    expect(said[6]).toMatch(/204[\s\S]*"access":"/)
  })
})
