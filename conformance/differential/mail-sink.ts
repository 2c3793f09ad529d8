import { type AddressObject, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** One delivered message, reduced to what the comparison needs. */
export interface ReceivedMail {
  /** Envelope recipients. */
  readonly to: readonly string[]
  readonly headerTo: string
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** An SMTP server on loopback that keeps everything it is given, and refuses recipients named `refused`. */
export interface MailSink {
  readonly port: number
  /** The messages to addresses of a domain (any case), in order of arrival. */
  forDomain(domain: string): readonly ReceivedMail[]
  close(): Promise<void>
}

/** Opens a sink; port 0 lets the system choose. */
export async function openMailSink(port: number): Promise<MailSink> {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onRcptTo: ({ address }, _session, done) => done(address.startsWith('refused@') ? refusal() : null),
    onData: (stream, session, done) => {
      const to = session.envelope.rcptTo.map((recipient) => recipient.address)
      simpleParser(stream).then(
        (mail) => {
          received.push({
            to,
            headerTo: addressText(mail.to),
            from: addressText(mail.from),
            subject: mail.subject ?? '',
            text: mail.text ?? '',
            html: mail.html || '',
          })
          done()
        },
        (fault: unknown) => done(fault instanceof Error ? fault : new Error(String(fault))),
      )
    },
  })
  // A client that vanishes in the middle of a delivery is not the sink's concern.
  server.on('error', () => undefined)
  const actual = await listen(server, port)
  return {
    port: actual,
    forDomain: (domain) => received.filter((mail) => mail.to.some((address) => belongsTo(address, domain))),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function refusal(): Error {
  return Object.assign(new Error('no such mailbox'), { responseCode: 550 })
}

function belongsTo(address: string, domain: string): boolean {
  const host = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  return host === domain || host.endsWith(`.${domain}`)
}

function addressText(value: AddressObject | AddressObject[] | undefined): string {
  if (value === undefined) return ''
  return Array.isArray(value) ? value.map((one) => one.text).join(', ') : value.text
}

function listen(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
