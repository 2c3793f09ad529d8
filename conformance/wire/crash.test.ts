/** A crash between an answer and its mail: the account is there, and the mail arrives once after the restart. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../packages/server/src/testing/databases.ts'
import { startSmtpSink } from '../../packages/server/src/testing/smtp-sink.ts'

const main = resolve(import.meta.dirname, '../../apps/doorward/src/main.ts')

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => probe.once('listening', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

async function start(folder: string, env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const server = spawn(process.execPath, [main, 'start'], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'silent', ...env },
  })
  const ready = () =>
    fetch(`http://127.0.0.1:${env.PORT}/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
  await expect.poll(ready, { timeout: 15_000 }).toBe(true)
  return server
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  server.kill(signal)
  await new Promise((done) => server.once('exit', done))
}

for (const database of testDatabases()) {
  describe.concurrent(`kill -9 | ${database.name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'doorward-crash-'))
    afterAll(async () => {
      await database.close()
      rmSync(folder, { recursive: true })
    })

    it('between the answer to a registration and its mail loses neither, and mails once', async () => {
      const sink = await startSmtpSink()
      const port = await freePort()
      const env = {
        PORT: String(port),
        DATABASE_URL: await database.url(),
        SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
        DOORWARD_SECRET: 'a secret of this test, long enough for it',
      }
      sink.network = 'hangs'
      const first = await start(folder, env)
      const answer = await fetch(`http://127.0.0.1:${port}/auth/users/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          email: 'tina@example.com',
          first_name: 'Tina',
          last_name: 'Santoso',
          role: 'buyer',
          password: 'Kiddie-Ride-4821',
        }),
      })
      expect(answer.status).toBe(201)
      await end(first, 'SIGKILL')
      expect(sink.mails).toHaveLength(0)

      sink.network = 'fine'
      const second = await start(folder, env)
      // whoever held the mail when it was killed has it for a minute; then another process takes it over
      await expect.poll(() => sink.mails.length, { timeout: 75_000, interval: 250 }).toBe(1)
      await new Promise((done) => setTimeout(done, 1500))
      expect(sink.mails.map((mail) => mail.subject)).toEqual(['Account activation on Doorward'])
      await end(second, 'SIGTERM')
      await sink.close()
    }, 110_000)
  })
}
