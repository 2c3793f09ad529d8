/** A mail server for tests: a real one that keeps what it gets, behind a network that can be made to fail. */
import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import type { ParsedMail } from 'mailparser'
import { simpleParser } from 'mailparser'
import type { SMTPServerOptions, SMTPServerSession } from 'smtp-server'
import { SMTPServer } from 'smtp-server'

/** How the way to the mail server behaves. */
export type Network =
  | 'fine'
  /** Connections end before the server says a word. */
  | 'refuses'
  /** Connections are taken, and then nothing is ever answered. */
  | 'hangs'
  /** Connections break in the middle of a mail. */
  | 'breaks'

/** An answer that the mail server gives instead of taking a mail. */
export interface Refusal {
  readonly command: 'MAIL' | 'RCPT' | 'DATA'
  /** Such as 450 or 550 (RFC 5321 §4.2.3). */
  readonly code: number
}

/** The mail server. `network` and `refusal` may be changed at any time. */
export interface SmtpSink {
  readonly port: number
  /** The mails it took, in the order in which they came. */
  readonly mails: ParsedMail[]
  /** The same, as they were on the wire. */
  readonly raw: string[]
  /** The connections that mails came over. */
  readonly sessions: Pick<SMTPServerSession, 'id' | 'secure' | 'user'>[]
  network: Network
  refusal: Refusal | null
  /** Waits this long before it takes a mail, in milliseconds. */
  delay: number
  close(): Promise<void>
}

/** Where in a connection the network breaks, in bytes from the client: behind the envelope, inside of the mail. */
const BREAKING_POINT = 600

/** Starts a mail server on a free port of 127.0.0.1. Without options it has neither TLS nor authentication. */
export async function startSmtpSink(options: SMTPServerOptions = {}): Promise<SmtpSink> {
  const sink = { mails: [], raw: [], sessions: [], network: 'fine', refusal: null, delay: 0 } as Omit<
    SmtpSink,
    'port' | 'close'
  >
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 10,
    // spares the warning about its certificate, whose key everybody knows
    logger: false,
    ...answers(sink),
    ...options,
  })
  server.on('error', () => {})
  const behind = await listening((ready) => server.listen(0, '127.0.0.1', ready))
  const sockets = new Set<Socket>()
  const network = createServer((client) => relay(client, sink, behind, sockets))
  const port = await listening((ready) => network.listen(0, '127.0.0.1', ready))
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    await Promise.all([
      new Promise<void>((done) => network.close(() => done())),
      new Promise<void>((done) => server.close(done)),
    ])
  }
  return Object.assign(sink, { port, close })
}

const listening = (
  listen: (ready: () => void) => { address(): AddressInfo | string | null },
): Promise<number> =>
  new Promise((resolve) => {
    const server = listen(() => resolve((server.address() as AddressInfo).port))
  })

type Answer = (error?: Error | null) => void

function answers(
  sink: Pick<SmtpSink, 'mails' | 'raw' | 'sessions' | 'refusal' | 'delay'>,
): SMTPServerOptions {
  const refusing = (command: Refusal['command']) =>
    sink.refusal?.command === command
      ? Object.assign(new Error('refused by the test'), { responseCode: sink.refusal.code })
      : null
  return {
    onMailFrom: (_address, _session, answer: Answer) => answer(refusing('MAIL')),
    onRcptTo: (_address, _session, answer: Answer) => answer(refusing('RCPT')),
    onData: (stream, { id, secure, user }, answer: Answer) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const refusal = refusing('DATA')
        await new Promise((resolve) => setTimeout(resolve, sink.delay))
        if (refusal) return answer(refusal)
        const raw = Buffer.concat(chunks).toString()
        const mail = await simpleParser(raw)
        sink.raw.push(raw)
        sink.mails.push(mail)
        sink.sessions.push({ id, secure, user })
        answer()
      })
    },
  }
}

function relay(client: Socket, sink: Pick<SmtpSink, 'network'>, port: number, sockets: Set<Socket>): void {
  sockets.add(client)
  client.on('error', () => {}).on('close', () => sockets.delete(client))
  if (sink.network === 'refuses') return void client.destroy()
  if (sink.network === 'hangs') return
  const server = connect(port, '127.0.0.1').setNoDelay()
  client.setNoDelay()
  sockets.add(server)
  server.on('error', () => {}).on('close', () => sockets.delete(server) && client.destroy())
  client.on('close', () => server.destroy())
  server.on('data', (chunk) => sink.network !== 'hangs' && client.write(chunk))
  let sent = 0
  client.on('data', (chunk: Buffer) => {
    const allowed = sink.network === 'breaks' ? chunk.subarray(0, Math.max(0, BREAKING_POINT - sent)) : chunk
    sent += chunk.length
    if (sink.network === 'refuses') return client.destroy()
    server.write(allowed)
    if (allowed.length < chunk.length) client.destroy()
  })
}
