/** Senders who leave half-way, where Doorward is mounted by web-standard requests. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { describe, expect, it, onTestFinished } from 'vitest'
import { mountDoorward } from '../middleware/hono.ts'
import { createTestDoorward } from '../testing/create-test-doorward.ts'

const REGISTRATION = '{"email":"tina@example.com","password":"Kiddie-Ride-4821","first_name":"Tina'

async function start() {
  const faults: unknown[] = []
  const doorward = await createTestDoorward({ onError: (error) => faults.push(error) })
  onTestFinished(() => doorward.close())
  const users = () => doorward.deps.store.users.list({ afterId: 0, limit: 9 })
  return { doorward, faults, users }
}

/** A body of which a part comes, and then the news that the sender is gone. */
const brokenBody = (): ReadableStream<Uint8Array> => {
  const parts = [Buffer.from(REGISTRATION)]
  return new ReadableStream({
    pull: (controller) => {
      const part = parts.shift()
      if (part) controller.enqueue(part)
      else controller.error(new DOMException('The connection was closed.', 'AbortError'))
    },
  })
}

const registration = (body: BodyInit, headers: Readonly<Record<string, string>> = {}): Request => {
  const type = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers: { ...type, ...headers }, body, duplex: 'half' }
  return new Request('http://127.0.0.1:8000/auth/users/', init)
}

describe('a web-standard request | whose sender leaves in the middle of the body', () => {
  it.each([
    ['announced', { 'content-length': '500' }],
    ['in pieces', {}],
  ])('is no fault of ours, and nothing is stored: a body %s', async (_, headers) => {
    const { doorward, faults, users } = await start()
    const answer = await doorward.fetch(registration(brokenBody(), headers))
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { detail: 'JSON parse error - the body ended too early' },
    ])
    expect([faults, await users()]).toEqual([[], []])
  })

  it.each([
    ['announced', 'Content-Length: 500', REGISTRATION],
    ['in pieces', 'Transfer-Encoding: chunked', `${REGISTRATION.length.toString(16)}\r\n${REGISTRATION}\r\n`],
  ])('leaves nothing behind in an app of Hono, and the next one is served: %s', async (_, length, part) => {
    const { doorward, faults, users } = await start()
    const app = new Hono().use(mountDoorward(doorward))
    const answers: number[] = []
    const counted = async (request: Request, env: unknown) => {
      const answer = await app.fetch(request, env as object)
      answers.push(answer.status)
      return answer
    }
    const server = createServer(getRequestListener(counted)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const leave = async () => {
      const socket = connect(port, '127.0.0.1')
      const head = `POST /auth/users/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${length}\r\n\r\n`
      socket.write(`${head}${part}`)
      await sleep(20)
      socket.destroy()
    }
    await Promise.all(Array.from({ length: 20 }, leave))
    await expect.poll(() => answers).toEqual(Array(20).fill(400))
    expect((await fetch(`http://127.0.0.1:${port}/auth/`)).status).toBe(200)
    expect([faults, await users()]).toEqual([[], []])
  })
})

describe('a web-standard request | whose body the app has taken', () => {
  it('is a fault of the app, and told as one', async () => {
    const { doorward, faults } = await start()
    const request = registration('{}')
    await request.text()
    expect((await doorward.fetch(request)).status).toBe(500)
    expect(faults).toEqual([expect.any(TypeError)])
  })
})
