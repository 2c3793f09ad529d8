/** SIGTERM, as every roll-out sends it: what was begun is finished, and nothing new is begun. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SmtpSink, startSmtpSink } from '../../packages/server/src/testing/smtp-sink.ts'
import type { ServerProcess } from '../server-process.ts'
import { startServer } from '../server-process.ts'

const ACCOUNT = { first_name: 'Tina', last_name: 'Santoso', role: 'buyer', password: 'Kiddie-Ride-4821' }

describe('a graceful stop', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doorward-stop-'))
  let sink: SmtpSink
  let server: ServerProcess

  beforeAll(async () => {
    sink = await startSmtpSink()
    server = await startServer(folder, {
      SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
      DOORWARD_SECRET: 'a secret of this test, long enough for it',
      LOG_LEVEL: 'debug',
    })
  })
  afterAll(async () => {
    if (server.child.exitCode === null) server.child.kill('SIGKILL')
    await sink.close()
    rmSync(folder, { recursive: true })
  })

  const body = (email: string) => JSON.stringify({ ...ACCOUNT, email })
  const isStopping = () => expect.poll(() => server.output(), { timeout: 10_000 }).toContain('stopping:')

  /** A registration whose body is only sent when the test says so. */
  async function slowRegistration(email: string): Promise<{ finish: () => Promise<string> }> {
    const text = body(email)
    const socket: Socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    await once(socket, 'connect')
    const head = [
      'POST /auth/users/ HTTP/1.1',
      'Host: 127.0.0.1',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(text)}`,
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n${text.slice(0, 5)}`)
    return {
      finish: async () => {
        let answer = ''
        socket.on('data', (chunk) => {
          answer += chunk
        })
        socket.write(text.slice(5))
        await once(socket, 'close')
        return answer
      },
    }
  }

  it('answers requests in flight, finishes the mail in flight, takes nothing new, and exits with 0', async () => {
    sink.delay = 1500
    const first = await fetch(`${server.url}/auth/users/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body('first@example.com'),
    })
    expect(first.status).toBe(201)
    await expect.poll(() => sink.sessions.length, { timeout: 10_000 }).toBe(1)
    const slow = await slowRegistration('slow@example.com')
    // the server must have seen the request before it is told to stop
    await fetch(`${server.url}/health`)
    const exit = server.end('SIGTERM')
    await isStopping()

    await expect(fetch(`${server.url}/health`)).rejects.toThrow()
    expect(await slow.finish()).toMatch(/^HTTP\/1\.1 201 /)
    expect(await exit).toBe(0)
    const [delivered] = sink.mails.map(({ to }) => [to].flat()[0]?.text)
    expect(delivered).toBe('first@example.com')
  })

  it('leaves what it did not mail to the next start, and no mail is lost or doubled', async () => {
    sink.delay = 0
    const next = await startServer(folder, {
      SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
      DOORWARD_SECRET: 'a secret of this test, long enough for it',
    })
    const recipients = () => sink.mails.map(({ to }) => [to].flat()[0]?.text)
    await expect.poll(recipients, { timeout: 20_000 }).toEqual(['first@example.com', 'slow@example.com'])
    expect(await next.end('SIGTERM')).toBe(0)
    expect(recipients()).toHaveLength(2)
  })
})
