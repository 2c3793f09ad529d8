/** What is attacked: a whole Doorward in the secure default, throttling on, on a port of this machine alone. */
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTestDoorward, type TestDoorward } from '@doorward/server/testing'

/** What came back. */
export interface Answer {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** What an attacker sends. */
export interface Shot {
  readonly method?: string
  /** Below `/auth/`, or with a leading slash from the root. */
  readonly path: string
  /** An object is sent as JSON; a text as it is. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The address that the proxy before the server saw. */
  readonly from?: string
}

/** A server to attack, and the inside view that tells what got through. */
export interface Target {
  readonly doorward: TestDoorward
  readonly url: string
  send(shot: Shot): Promise<Answer>
  /** An address that nothing was sent from yet. */
  freshAddress(): string
  close(): Promise<void>
}

/** Starts one. It stands behind one proxy, so that attacks can come from many addresses without leaving the machine. */
export async function startTarget(): Promise<Target> {
  const doorward = await createTestDoorward({
    config: { server: { throttle: true, trustProxy: '1' } },
    onError: () => {},
  })
  const server = createServer(doorward.listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  let count = 0
  const freshAddress = () => {
    count += 1
    return `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`
  }
  return {
    doorward,
    url: `http://127.0.0.1:${port}`,
    freshAddress,
    send: (shot) => send(port, { from: freshAddress(), ...shot }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await doorward.close()
    },
  }
}

/** Straight on `node:http`: `fetch` would not send a foreign Host, nor forbidden headers. */
function send(port: number, { method = 'POST', path, body, headers, from = '' }: Shot): Promise<Answer> {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ host: '127.0.0.1', port, method, path: path.startsWith('/') ? path : `/auth/${path}` },
        headers: {
          'x-forwarded-for': from,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          'content-length': Buffer.byteLength(text),
          ...headers,
        },
      },
      (answer) => {
        let received = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk: string) => {
          received += chunk
        })
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: received, headers: answer.headers }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(text)
  })
}
