/**
 * What comes over a connection byte by byte, from clients that are broken or mean harm (request smuggling, CWE-444):
 * two programs on the way must never disagree about where a request ends. Each is answered or refused, and then the
 * next one on the connection is answered, or the connection is closed.
 */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { createTestDoorward, type TestDoorward } from '@doorward/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routesOf } from './routes.ts'

let doorward: TestDoorward
let server: Server

beforeAll(async () => {
  doorward = await createTestDoorward()
  server = createServer({ keepAliveTimeout: 60_000 }, doorward.listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterAll(async () => {
  server.close()
  await doorward.close()
})

const NEXT = 'GET /health HTTP/1.1\r\nHost: x\r\nX-Request-Id: next\r\nConnection: close\r\n\r\n'

/** Sends bytes, and others once something was answered; gives what comes back until the connection is closed. */
async function exchange(bytes: string, afterwards?: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setEncoding('latin1')
  let answers = ''
  socket.on('data', (chunk) => {
    answers += chunk
  })
  socket.write(bytes, 'latin1')
  if (afterwards !== undefined) socket.once('data', () => socket.write(afterwards, 'latin1'))
  await once(socket, 'close')
  return answers
}

/** The status of each answer, and the id of the request that it answers: `401 odd, 200 next`. */
const summary = (answers: string): string =>
  answers
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .map((answer) => {
      const id = /^x-request-id: (\w+)\r$/im.exec(answer)?.[1]
      return `${answer.slice(9, 12)}${id === undefined ? '' : ` ${id}`}`
    })
    .join(', ')

const request = (line: string, headers: readonly string[] = [], body = ''): string =>
  `${[`${line} HTTP/1.1`, 'Host: 127.0.0.1', 'X-Request-Id: odd', ...headers].join('\r\n')}\r\n\r\n${body}`
const post = (headers: readonly string[], body = ''): string =>
  request('POST /auth/jwt/verify/', ['Content-Type: application/json', ...headers], body)

const BODY = '{"token":"x"}'
const CHUNKED = 'Transfer-Encoding: chunked'
const chunks = (...parts: readonly string[]): string =>
  [...parts, ''].map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('')
const me = (...headers: string[]): string => request('GET /auth/users/me/', headers)

const both = '401 odd, 200 next'
const refused = '400'

describe('a connection | requests whose end can be understood in two ways', () => {
  it.each([
    ['both lengths', post([CHUNKED, 'Content-Length: 5'], chunks(BODY))],
    ['both lengths, the other way round', post(['Content-Length: 5', CHUNKED], chunks(BODY))],
    ['another length twice', post(['Content-Length: 13', 'Content-Length: 5'], BODY)],
    ['one length twice', post(['Content-Length: 13', 'Content-Length: 13'], BODY)],
    ['a list of lengths', post(['Content-Length: 13, 13'], BODY)],
    ['a length with a sign', post(['Content-Length: +13'], BODY)],
    ['a negative length', post(['Content-Length: -1'], BODY)],
    ['a length in hexadecimal', post(['Content-Length: 0x0d'], BODY)],
    ['a length beyond all numbers', post(['Content-Length: 99999999999999999999999'], BODY)],
    ['chunked twice', post([CHUNKED, CHUNKED], chunks(BODY))],
    ['a coding that is almost chunked', post(['Transfer-Encoding: xchunked'], chunks(BODY))],
    ['a coding behind chunked', post(['Transfer-Encoding: chunked, identity'], chunks(BODY))],
    ['a vertical tab before chunked', post(['Transfer-Encoding: \x0bchunked'], chunks(BODY))],
    ['a space before the colon', post(['Transfer-Encoding : chunked'], chunks(BODY))],
    ['a header on two lines', me('X-A: a\r\n b')],
    ['a coding on two lines', post(['Transfer-Encoding:\r\n chunked'], chunks(BODY))],
    ['bare line feeds', 'GET /health HTTP/1.1\nHost: x\n\n'],
    ['a bare line feed in a header', me('X-A: a\nX-B: b')],
    ['a bare carriage return in a header', me('X-A: a\rb')],
    ['NUL in a header', me('X-A: a\0b')],
    ['chunks with bare line feeds', post([CHUNKED], chunks(BODY).replaceAll('\r', ''))],
    ['a line feed in the extension of a chunk', post([CHUNKED], chunks(BODY).replace('\r\n', ';\n\r\n'))],
    ['a size of a chunk that is none', post([CHUNKED], `zz\r\n${BODY}\r\n0\r\n\r\n`)],
    ['a body in HTTP/1.0 with chunks', post([CHUNKED], chunks(BODY)).replace('HTTP/1.1', 'HTTP/1.0')],
    ['a target without a slash', request('GET evil.example:443')],
    ['a tab in the target', request('GET /auth/\t/')],
    ['a letter beyond ASCII in the target', request('GET /auth/\xe9/')],
    ['a method that nobody knows', request('FOO /auth/users/me/')],
    ['a method in small letters', request('get /auth/users/me/')],
    ['a version that does not exist', me().replace('HTTP/1.1', 'HTTP/1.2')],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['no Host', 'GET /auth/users/me/ HTTP/1.1\r\n\r\n'],
    ['two Hosts', me('Host: evil.example')],
  ])('%s: refused, and the connection is closed', async (_, bytes) => {
    expect(summary(await exchange(`${bytes}${NEXT}`))).toBe(refused)
  })

  it.each([
    ['very many headers', me(...Array.from({ length: 2500 }, (_, n) => `X-${n}: a`))],
    ['a very long header', me(`X-A: ${'a'.repeat(20_000)}`)],
    ['a very long target', request(`GET /${'a'.repeat(20_000)}`)],
  ])('%s: refused with 431, and the connection is closed', async (_, bytes) => {
    expect(summary(await exchange(`${bytes}${NEXT}`))).toBe('431')
  })

  it('a tunnel to somewhere else: the connection is closed', async () => {
    expect(await exchange(`${request('CONNECT evil.example:443')}${NEXT}`)).toBe('')
  })
})

describe('a connection | unusual requests are answered, and so is the next one', () => {
  const large = 'x'.repeat(70_000)
  const looksLikeOne = request('DELETE /auth/users/me/')
  it.each([
    ['an address in the target', request('GET http://evil.example/auth/users/me/'), both],
    ['an address with a credential', request('GET http://a:b@evil.example/auth/users/me/'), both],
    ['an address that cannot be read', request('GET http://[::/auth/'), '400, 200 next'],
    ['an address of another kind', request('GET ftp://evil.example/auth/'), '400, 200 next'],
    ['a question about everything', request('OPTIONS *'), '400, 200 next'],
    ['a Host that is none', me().replace('127.0.0.1', 'a b/c?d#e@f'), '400, 200 next'],
    ['an empty Host', me().replace(' 127.0.0.1', ''), both],
    ['an extension of a chunk', post([CHUNKED], chunks(BODY).replace('\r\n', ';a=b\r\n')), both],
    [
      'a credential behind the body',
      post([CHUNKED], chunks(BODY).replace(/\r\n$/, 'Cookie: a=b\r\n\r\n')),
      both,
    ],
    ['a body that is broken', post(['Content-Length: 1'], '{'), '400 odd, 200 next'],
    ['a body that is too large', post(['Content-Length: 70000'], large), '413 odd, 200 next'],
    ['one that turns out to be', post([CHUNKED], chunks(large)), '413 odd, 200 next'],
    [
      'a body that nobody reads',
      request('PUT /auth/jwt/verify/', ['Content-Length: 13'], BODY),
      '405 odd, 200 next',
    ],
    ['a body of a page', request('POST /none', ['Content-Length: 13'], BODY), '404 odd, 200 next'],
    ['a body of GET', request('GET /auth/users/me/', ['Content-Length: 13'], BODY), both],
    ['a body of HEAD', request('HEAD /none', ['Content-Length: 13'], BODY), '404 odd, 200 next'],
    [
      'a body that looks like a request',
      request('GET /none', [`Content-Length: ${looksLikeOne.length}`], looksLikeOne),
      '404 odd, 200 next',
    ],
    [
      'a wish to be asked for the body',
      post(['Expect: 100-continue', 'Content-Length: 13'], BODY),
      `100, ${both}`,
    ],
    ['a wish that nobody knows', post(['Expect: tea', 'Content-Length: 13'], BODY), '417, 200 next'],
    ['TRACE', request('TRACE /auth/users/me/'), both],
    ['TRACE of a page', request('TRACE /health'), '404 odd, 200 next'],
  ])('%s', async (_, bytes, expected) => {
    expect(summary(await exchange(`${bytes}${NEXT}`))).toBe(expected)
  })

  it.each([
    ['of the API', request('PATCH /auth/users/me/', ['Content-Length: 13']), BODY, both],
    ['of a page', request('POST /none', ['Content-Length: 13']), BODY, '404 odd, 200 next'],
    ['in chunks', request('POST /none', [CHUNKED]), chunks(BODY), '404 odd, 200 next'],
    ['that was too large', post(['Content-Length: 70000']), large, '413 odd, 200 next'],
  ])('a body %s that comes after the answer', async (_, head, body, expected) => {
    expect(summary(await exchange(head, `${body}${NEXT}`))).toBe(expected)
  })

  it('one in the middle that fails, among others sent at once', async () => {
    const bytes = [me(), post(['Content-Length: 1'], '{'), request('GET /auth/none/'), me(), NEXT].join('')
    expect(summary(await exchange(bytes))).toBe('401 odd, 400 odd, 404 odd, 401 odd, 200 next')
  })
})

describe('a connection | a wish to speak another protocol', () => {
  const upgrade = (protocol: string) => ['Connection: Upgrade', `Upgrade: ${protocol}`]
  it.each([
    ['HTTP/2', me(...upgrade('h2c')), '401 odd'],
    ['WebSocket', me(...upgrade('websocket')), '401 odd'],
    ['WebSocket at a page', request('GET /health', upgrade('websocket')), '200 odd'],
    ['HTTP/2 with a body', post([...upgrade('h2c'), 'Content-Length: 13'], BODY), '401 odd'],
  ])('%s: answered as if it were none, and the connection is closed', async (_, bytes, expected) => {
    expect(summary(await exchange(`${bytes}${NEXT}`))).toBe(expected)
  })
})

describe('a connection | paths that can be understood in two ways', () => {
  it.each([
    ['/auth/users/%00/', 401],
    ['/auth/users%2fme/', 404],
    ['/auth//users/me/', 404],
    ['//auth/users/me/', 404],
    ['//evil.example/', 404],
    ['/auth/../auth/users/me/', 401],
    ['/auth/%2e%2e/none', 404],
    ['/../../etc/passwd', 404],
    ['/assets/..%2f..%2fpackage.json', 404],
    ['/assets/%2e%2e/%2e%2e/package.json', 404],
    ['/auth/users/me/;a=b', 404],
    ['/auth;/users/me/', 404],
    ['/auth\\users\\me', 400],
    ['/auth/sessions/%00/', 401],
    ['/auth/sessions/..%2f/', 404],
    ['/setup/%00', 404],
    ['/%00', 404],
    ['/docs/..%5c..', 404],
  ])('%s is answered with %i, whatever the method', async (path, status) => {
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'DELETE']) {
      const answers = summary(await exchange(`${request(`${method} ${path}`)}${NEXT}`))
      expect(answers, method).toBe(status === 400 ? '400, 200 next' : `${status} odd, 200 next`)
    }
  })

  it('HEAD and OPTIONS of every route are answered, HEAD without a body', async () => {
    for (const path of new Set(routesOf(doorward).map((route) => route.path.replaceAll(/\{\w+\}/g, '1')))) {
      for (const method of ['HEAD', 'OPTIONS']) {
        const answers = await exchange(`${request(`${method} ${path}`)}${NEXT}`)
        expect(summary(answers), `${method} ${path}`).toMatch(/^(200|401|405) odd, 200 next$/)
        const [, afterHead = ''] = answers.split('\r\n\r\n')
        expect(afterHead.startsWith('HTTP/1.1 200'), `${method} ${path}`).toBe(method === 'HEAD')
      }
    }
  })
})
