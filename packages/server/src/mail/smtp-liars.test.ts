/** Mail servers that lie, break off, or never come to an end: a mail that was not taken is never one that was sent. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import type { OutboxMail } from '../store/store.ts'
import { startSmtpSink } from '../testing/smtp-sink.ts'
import type { SmtpTimeouts } from './smtp-transport.ts'
import { createSmtpTransport } from './smtp-transport.ts'
import { DeliveryError } from './transport.ts'

const LINK = 'http://localhost:3000/activate/Nw/only-for-tina'
const MAIL: OutboxMail = {
  ...{ id: 1, userId: 7, kind: 'activation', to: 'tina@example.com', subject: 'Activation' },
  ...{ text: LINK, html: `<p>${LINK}</p>`, messageId: '<3f0a@accounts.example.com>', createdAt: 0 },
  ...{ state: 'queued', attempts: 1, nextAttemptAt: 0, sentAt: null, lastError: null },
}
const TIMEOUTS = { connection: 400, answer: 400, delivery: 1200 }

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

/** What a server says to a line; the end of a mail is the line `.`. Undefined: nothing, or what it wrote itself. */
type Manners = (line: string, socket: Socket) => string | undefined

const GOOD: Manners = (line) => {
  if (line.startsWith('EHLO')) return '250-liar.example\r\n250 SIZE\r\n'
  if (line === 'DATA') return '354 go on\r\n'
  return line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n'
}

/** Says something else to one line, and is good otherwise. */
const except =
  (begin: string, manners: Manners): Manners =>
  (line, socket) =>
    (line.startsWith(begin) ? manners : GOOD)(line, socket)

/** Says a line and closes the connection. */
const last =
  (text: string): Manners =>
  (_, socket) => {
    socket.end(text)
    return undefined
  }

/** Says something over and over, as long as somebody listens. */
const forEver =
  (text: string, every: number): Manners =>
  (_, socket) => {
    const timer = setInterval(() => socket.write(text), every)
    socket.on('close', () => clearInterval(timer))
    return undefined
  }

const greet = (socket: Socket): void => void socket.write('220 liar.example\r\n')

async function start(manners: Manners, greeting: (socket: Socket) => void = greet) {
  const server = { manners, lines: [] as string[], connections: new Set<Socket>() }
  const listening = createServer((socket) => {
    server.connections.add(socket)
    socket.on('error', () => {}).on('close', () => server.connections.delete(socket))
    greeting(socket)
    converse(socket, server)
  }).listen(0, '127.0.0.1')
  await once(listening, 'listening')
  open.push(() => {
    for (const socket of server.connections) socket.destroy()
    listening.close()
  })
  return { ...server, listening, port: (listening.address() as { port: number }).port }
}

function converse(socket: Socket, { manners, lines }: { manners: Manners; lines: string[] }): void {
  let isMail = false
  let rest = ''
  socket.on('data', (bytes: Buffer) => {
    const [...complete] = `${rest}${bytes.toString('latin1')}`.split('\r\n')
    rest = complete.pop() ?? ''
    for (const line of complete) {
      lines.push(line)
      if (isMail && line !== '.') continue
      const answer = manners(line, socket)
      isMail = answer?.startsWith('354') === true
      if (answer !== undefined) socket.write(answer)
    }
  })
}

const transportTo = (port: number, at = '127.0.0.1', timeouts: Partial<SmtpTimeouts> = TIMEOUTS) => {
  const url = new Secret(`smtp://${at}:${port}`)
  const transport = createSmtpTransport({ url, from: 'accounts@example.com', timeouts })
  open.push(transport.close)
  return transport
}

const outcome = async (work: Promise<unknown>) => {
  const began = performance.now()
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  return { error, took: performance.now() - began }
}

/** Later than every time-out there is, in milliseconds. */
const NEVER = 10_000

describe('delivery by SMTP | a mail server that lies', () => {
  it.each<[string, Manners, ((socket: Socket) => void)?]>([
    ['closes after it took the recipient', except('RCPT', last('250 ok\r\n'))],
    ['says 250 to DATA and closes', except('DATA', last('250 ok\r\n'))],
    ['closes at the end of the mail', except('.', last(''))],
    ['closes in the middle of its last answer', except('.', last('250 o'))],
    ['closes before the last line of its last answer', except('.', last('250-ok\r\n'))],
    ['asks for the mail again', except('.', () => '354 once more\r\n')],
    ['says nothing at the end of the mail', except('.', () => undefined)],
    ['leaves when it gets the sender', except('MAIL', last('421 going down\r\n'))],
    ['leaves when it gets the recipient', except('RCPT', last('421 going down\r\n'))],
    ['leaves at the end of the mail', except('.', last('421 going down\r\n'))],
    ['leaves while it gets the mail', except('DATA', () => '354 go on\r\n421 going down\r\n')],
    ['leaves unasked', except('EHLO', () => '250 ok\r\n421 going down\r\n')],
    ['greets after a long time', GOOD, (socket) => void setTimeout(() => greet(socket), NEVER).unref()],
    ['greets with something else', GOOD, (socket) => void socket.write('HTTP/1.1 200 OK\r\n\r\n')],
    ['greets without an end', GOOD, (socket) => forEver('220-hello\r\n', 5)('', socket)],
    ['says what it can without an end', except('EHLO', forEver('250-more\r\n', 5))],
    ['says a line without an end', except('EHLO', forEver('x'.repeat(100_000), 5))],
    ['takes the mail without an end', except('.', forEver('250-ok\r\n', 5))],
    ['takes the mail without an end, slowly', except('.', forEver('250-ok\r\n', 150))],
  ])('%s: the mail is not sent, in good time, and tried again', async (_, manners, greeting) => {
    const server = await start(manners, greeting)
    const { error, took } = await outcome(transportTo(server.port).send(MAIL))
    expect(error).toBeInstanceOf(DeliveryError)
    expect(error).toMatchObject({ permanent: false })
    expect(took).toBeLessThan(NEVER)
    await expect.poll(() => server.connections.size, { timeout: 5000 }).toBe(0)
  })

  it.each<[string, Manners]>([
    ['says what it can without an end', except('EHLO', forEver('250-more\r\n', 150))],
    ['says it without an end, at once', except('EHLO', forEver('250-more\r\n', 5))],
  ])('%s: the check comes to an end, and leaves no connection behind', async (_, manners) => {
    const server = await start(manners)
    const { error, took } = await outcome(transportTo(server.port).verify())
    expect(error).toBeInstanceOf(DeliveryError)
    expect(took).toBeLessThan(NEVER)
    await expect.poll(() => server.connections.size, { timeout: 5000 }).toBe(0)
  })
})

describe('delivery by SMTP | a mail server, or somebody before it, that spoils the turn to TLS', () => {
  const offers = (manners: Manners, more = ''): Manners =>
    except('', (line, socket) => {
      if (line.startsWith('EHLO')) return `250-liar.example\r\n${more}250 STARTTLS\r\n`
      return line === 'STARTTLS' ? manners(line, socket) : GOOD(line, socket)
    })
  const garbage: Manners = (_, socket) => {
    setTimeout(() => socket.write('no TLS at all\r\n'.repeat(10)), 20)
    return '220 go on\r\n'
  }
  const login = '250-AUTH PLAIN LOGIN\r\n'

  it.each<[string, Manners]>([
    ['speaks no TLS after it agreed', offers(garbage, login)],
    ['says nothing after it agreed', offers(() => '220 go on\r\n', login)],
    ['refuses what it offered', offers(() => '454 not now\r\n', login)],
    ['closes', offers(last('220 go on\r\n'), login)],
    ['offers none', except('EHLO', () => `250-liar.example\r\n${login}250 SIZE\r\n`)],
    ['does not know EHLO', except('EHLO', () => '502 what?\r\n')],
  ])('%s: neither the password nor the mail goes in clear', async (_, manners) => {
    const server = await start(manners)
    // 0.0.0.0 leads to this machine, but is not known to
    const { error, took } = await outcome(transportTo(server.port, 'tina:hunter2@0.0.0.0').send(MAIL))
    expect(error).toMatchObject({ permanent: false })
    expect(took).toBeLessThan(NEVER)
    const said = server.lines.join('\n')
    expect(said).not.toMatch(/AUTH|MAIL|tina|hunter2/)
  })

  it('nor a mail without a password, where TLS was offered', async () => {
    const server = await start(offers(garbage))
    const { error } = await outcome(transportTo(server.port).send(MAIL))
    expect(error).toMatchObject({ permanent: false })
    expect(server.lines.join('\n')).not.toMatch(/MAIL|only-for-tina/)
  })

  it('what was put in before TLS answers nothing afterwards', async () => {
    const sink = await startSmtpSink({ disabledCommands: ['AUTH'] })
    open.push(() => void sink.close())
    sink.refusal = { command: 'MAIL', code: 451 }
    const injected = `250-liar.example\r\n${login}250 SIZE\r\n${'250 ok\r\n'.repeat(9)}`
    const between = createServer((client) => {
      const server = connect(sink.port, '127.0.0.1')
      let isTurning = false
      client.on('data', (bytes) => {
        isTurning = bytes.toString('latin1') === 'STARTTLS\r\n'
        server.write(bytes)
      })
      server.on('data', (bytes) => {
        client.write(isTurning ? `${bytes}${injected}` : bytes)
        isTurning = false
      })
      for (const [one, other] of [
        [client, server],
        [server, client],
      ] as const) {
        one.on('error', () => {}).on('close', () => other.destroy())
      }
    }).listen(0, '127.0.0.1')
    await once(between, 'listening')
    open.push(() => void between.close())
    const transport = transportTo((between.address() as { port: number }).port, '127.0.0.1', {})
    const { error } = await outcome(transport.send(MAIL))
    expect(error).toMatchObject({ permanent: false, message: expect.stringContaining('451') })
    sink.refusal = null
    await transport.send(MAIL)
    expect(sink.sessions).toEqual([expect.objectContaining({ secure: true })])
  })
})
