/** Clients that send a request a byte at a time (slowloris) hold neither the server nor others up. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const main = resolve(import.meta.dirname, '../../apps/doorward/src/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'doorward-slow-'))
const CLIENTS = 50
let server: ChildProcess
let port = 0

beforeAll(async () => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  port = typeof address === 'object' && address ? address.port : 0
  probe.close()
  const env = { PATH: process.env.PATH ?? '', PORT: String(port), LOG_LEVEL: 'silent' }
  server = spawn(process.execPath, [main, 'start'], { cwd: folder, env })
  while ((await health()) !== 200) await new Promise((done) => setTimeout(done, 100))
})

afterAll(async () => {
  server.kill('SIGTERM')
  await once(server, 'exit')
  rmSync(folder, { recursive: true })
})

const health = () =>
  fetch(`http://127.0.0.1:${port}/health`).then(
    ({ status }) => status,
    () => 0,
  )

/** Sends a byte of the text each half second until the server hangs up. */
async function dribble(text: string): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  let sent = 0
  const tick = setInterval(() => socket.write(text[sent++ % text.length] ?? 'x'), 500)
  await new Promise((hungUp) => socket.on('close', hungUp))
  clearInterval(tick)
}

describe('slow clients', () => {
  it('are hung up on, and meanwhile everybody else is served', async () => {
    let open = CLIENTS
    const clients = Array.from({ length: CLIENTS }, async () => {
      await dribble(`GET /auth/users/me/ HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(1000)}`)
      open -= 1
    })
    expect(await health()).toBe(200)
    expect(open).toBe(CLIENTS)
    await Promise.all(clients)
    expect(await health()).toBe(200)
  }, 60_000)
})
