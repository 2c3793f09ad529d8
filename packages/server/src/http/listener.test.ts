import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestDoorward } from '../testing/create-test-doorward.ts'
import { createTestDoorward } from '../testing/create-test-doorward.ts'
import type { Exchange, Reply } from './exchange.ts'
import { createListener } from './listener.ts'

const listening = async (server: Server): Promise<Server> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

/** Sends bytes and gives what comes back until the connection is closed, without what differs each time. */
const exchange = (server: Server, text: string): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('latin1')
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => {
      const [head = '', ...body] = answer.split('\r\n\r\n')
      const lines = head.split('\r\n').map((line) => line.replace(/^[\w-]+:/, (name) => name.toLowerCase()))
      resolve([...lines.filter((line) => !line.startsWith('date:')).sort(), ...body])
    })
    socket.write(text)
  })

let doorward: TestDoorward
let direct: Server
let standard: Server
let access: string

beforeAll(async () => {
  doorward = await createTestDoorward({ config: { server: { corsOrigins: ['https://shop.example'] } } })
  access = (await doorward.signedUpUser()).headers.authorization
  direct = await listening(createServer(doorward.listener))
  standard = await listening(createServer(getRequestListener(doorward.fetch)))
})
afterAll(async () => {
  direct.close()
  standard.close()
  await doorward.close()
})

const request = (line: string, headers: readonly string[] = [], body = '') =>
  `${[`${line} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close', 'X-Request-Id: one', ...headers].join('\r\n')}\r\n\r\n${body}`

const json = (body: string) => [
  'Content-Type: application/json',
  `Content-Length: ${Buffer.byteLength(body)}`,
]

describe('the listener for node:http | says what the web-standard handler says', () => {
  const paths = [
    ...['/auth/', '/auth', '/auth/users/me/', '/auth/users/me', '/auth/users/me//', '/auth//users/me/'],
    ...[
      '/auth/users/%6de/',
      '/auth/users/1/',
      '/auth/users/1.json',
      '/auth/users/a%2Fb/',
      '/auth/users/%zz/',
    ],
    ...[
      '/auth/./users/me/',
      '/auth/users/me/?a=b',
      '/auth/users/?after=1',
      '/auth/none/',
      '/none',
      '/health',
    ],
    ...['/auth/jwt/create/', '/auth/sessions/x/', '/openapi.json', '/.well-known/jwks.json'],
  ]
  it.each(paths)('to every method at %s', async (path) => {
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'QUERY']) {
      const length = method === 'GET' || method === 'HEAD' ? [] : ['Content-Length: 0']
      for (const credential of [[], [`Authorization: ${access}`]]) {
        const text = request(`${method} ${path}`, [...length, ...credential])
        expect(await exchange(direct, text), text).toEqual(await exchange(standard, text))
      }
    }
  })

  const me = 'GET /auth/users/me/'
  it.each([
    ['an Accept header', [me, ['Accept: image/png', 'Accept: application/problem+json']]],
    ['none of our forms', [me, ['Accept: image/png']]],
    ['two credentials', [me, ['Authorization: JWT a', 'Authorization: JWT b']]],
    ['the front end of a listed origin', [me, ['Origin: https://shop.example']]],
    ['a foreign origin', [me, ['Origin: https://evil.example']]],
    ['a foreign origin at a page', ['GET /none', ['Origin: https://evil.example']]],
    [
      'the question before a request from elsewhere',
      ['OPTIONS /auth/users/', ['Origin: https://shop.example', 'Access-Control-Request-Method: POST']],
    ],
    ['a body', ['POST /auth/jwt/verify/', json('{"token":"x"}'), '{"token":"x"}']],
    ['a body that is not JSON', ['POST /auth/jwt/verify/', json('{'), '{']],
    ['no body', ['POST /auth/jwt/verify/', ['Content-Length: 0']]],
    [
      'a body of another type',
      ['POST /auth/jwt/verify/', ['Content-Type: text/plain', 'Content-Length: 1'], 'x'],
    ],
    [
      'a body in pieces',
      [
        'POST /auth/jwt/verify/',
        ['Content-Type: application/json', 'Transfer-Encoding: chunked'],
        'd\r\n{"token":"x"}\r\n0\r\n\r\n',
      ],
    ],
  ] satisfies [string, [string, string[], string?]][])('to %s', async (_, [line, headers, body]) => {
    const text = request(line, headers, body)
    expect(await exchange(direct, text)).toEqual(await exchange(standard, text))
  })
})

describe('the listener for node:http | several requests on one connection', () => {
  it('are answered in turn, whether their answers are there at once or have to be waited for', async () => {
    const later = ['POST /auth/jwt/verify/', json('{"token":"x"}'), '{"token":"x"}'] as const
    const text = [
      ['GET /auth/users/me/', [`Authorization: ${access}`, 'X-Request-Id: first']] as const,
      later,
      ['GET /auth/users/me/', ['X-Request-Id: third']] as const,
      ['GET /auth/users/me/', [`Authorization: ${access}`, 'X-Request-Id: fourth']] as const,
      later,
    ]
      .map(([line, headers, body]) => request(line, headers, body).replace('Connection: close\r\n', ''))
      .join('')
    const answers = (await exchange(direct, `${text}${request('GET /auth/none/')}`)).join('\n')
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(
      [200, 401, 401, 200, 401, 404].map((n) => `HTTP/1.1 ${n}`),
    )
  })
})

describe('the listener for node:http | a fault beyond all answers', () => {
  const fault = new RangeError('nobody foresaw this')
  const headers = ['content-length', '0']
  const atOnce = (): Reply => {
    throw fault
  }
  it.each([
    ['at once', atOnce],
    ['later', () => Promise.reject(fault)],
    ['in an answer that cannot be sent', (): Reply => ({ status: 200, headers: ['link', '\n'], body: '' })],
    [
      'in one that comes later',
      async (): Promise<Reply> => ({ status: 200, headers: ['link', '\n'], body: '' }),
    ],
  ])('%s ends that connection, and the next one is served', async (_, fails) => {
    let isFirst = true
    const answer = () => {
      if (!isFirst) return { status: 204, headers, body: null }
      isFirst = false
      return fails()
    }
    const fetch = async () => new Response()
    const server = await listening(createServer(createListener({ answer, fetch, hostname: 'localhost' })))
    try {
      expect(await exchange(server, request('GET /auth/'))).toEqual([''])
      expect(await exchange(server, request('GET /auth/'))).toContain('HTTP/1.1 204 No Content')
    } finally {
      server.close()
    }
  })
})

describe('the listener for node:http | a body that is too large', () => {
  const tooLarge = '{"detail":"The body is larger than 65536 bytes."}'

  it('is refused as soon as it is announced', async () => {
    const answer = await exchange(
      direct,
      request('POST /auth/jwt/verify/', ['Content-Length: 70000'], 'x'.repeat(70_000)),
    )
    expect(answer).toContain('HTTP/1.1 413 Payload Too Large')
    expect(answer).toContain(tooLarge)
  })

  it('is refused when it turns out to be', async () => {
    const piece = `4000\r\n${'x'.repeat(0x4000)}\r\n`
    const body = `${piece.repeat(5)}0\r\n\r\n`
    const answer = await exchange(
      direct,
      request('POST /auth/jwt/verify/', ['Transfer-Encoding: chunked'], body),
    )
    expect(answer).toContain(tooLarge)
  })
})

describe('the listener for node:http | somebody who goes away', () => {
  it('in the middle of a body leaves nothing behind, and the next one is served', async () => {
    const { port } = direct.address() as AddressInfo
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(request('POST /auth/jwt/verify/', ['Content-Length: 100'], '{"tok'))
        setTimeout(() => socket.destroy(), 20)
      })
      socket.on('close', () => resolve())
    })
    expect(await exchange(direct, request('GET /health'))).toContain('HTTP/1.1 200 OK')
  })

  it.each([
    ['none of the body', 100, ''],
    ['a part of the body', 100, '{"tok'],
    ['the whole body', 5, '{"tok'],
  ])('before anybody reads, with %s sent, keeps nobody waiting for it', async (_, length, body) => {
    const left = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<unknown>()
    const answer = async (exchange: Exchange): Promise<Reply> => {
      await left.promise
      await exchange.bytes(100).catch(answered.resolve)
      return { status: 204, headers: [], body: null }
    }
    const fetch = async () => new Response()
    const server = await listening(createServer(createListener({ answer, fetch, hostname: 'localhost' })))
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    server.once('request', (incoming) => {
      incoming.once('close', left.resolve)
      socket.destroy()
    })
    socket.write(request('POST /auth/', [`Content-Length: ${length}`], body))
    expect(await answered.promise).toMatchObject({ code: 'parse_error' })
    server.close()
  })
})
