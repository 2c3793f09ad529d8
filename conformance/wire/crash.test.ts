/** A crash between an answer and its mail: the account is there, and the mail arrives once after the restart. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../packages/server/src/testing/databases.ts'
import { startSmtpSink } from '../../packages/server/src/testing/smtp-sink.ts'
import { startServer } from '../server-process.ts'

for (const database of testDatabases()) {
  describe(`kill -9 | ${database.name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'doorward-crash-'))
    afterAll(async () => {
      await database.close()
      rmSync(folder, { recursive: true })
    })

    it('between the answer to a registration and its mail loses neither, and mails once', async () => {
      const sink = await startSmtpSink()
      const env = {
        LOG_LEVEL: 'silent',
        DATABASE_URL: await database.url(),
        SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
        DOORWARD_SECRET: 'a secret of this test, long enough for it',
      }
      sink.network = 'hangs'
      const first = await startServer(folder, env)
      const answer = await fetch(`${first.url}/auth/users/`, {
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
      await first.end('SIGKILL')
      expect(sink.mails).toHaveLength(0)

      sink.network = 'fine'
      const second = await startServer(folder, env)
      // whoever held the mail when it was killed has it for a minute; then another process takes it over
      await expect.poll(() => sink.mails.length, { timeout: 75_000, interval: 250 }).toBe(1)
      await new Promise((done) => setTimeout(done, 1500))
      expect(sink.mails.map((mail) => mail.subject)).toEqual(['Account activation on Doorward'])
      await second.end('SIGTERM')
      await sink.close()
    }, 200_000)
  })
}
