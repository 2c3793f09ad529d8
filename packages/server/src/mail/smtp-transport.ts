/** Hands mails to a mail server by SMTP (RFC 5321, RFC 6409), over a few connections that are kept open. */
import { Socket } from 'node:net'
import type { NodemailerError, SMTPPoolOptions } from 'nodemailer'
import { isEmailAddress } from '../domain/email-address.ts'
import type { Secret } from '../domain/secret.ts'
import type { OutboxMail } from '../store/store.ts'
import { oneLine } from './render-mail.ts'
import type { MailTransport } from './transport.ts'
import { DeliveryError } from './transport.ts'

/** How long to wait for the mail server, in milliseconds. */
export interface SmtpTimeouts {
  /** For the connection, and again for its first line. */
  readonly connection: number
  /** For each answer. */
  readonly answer: number
  /** For one delivery or check as a whole: must stay below the lease of the outbox, or two workers send the same mail. */
  readonly delivery: number
}

const TIMEOUTS: SmtpTimeouts = { connection: 10_000, answer: 20_000, delivery: 45_000 }

/** Most connections at a time; the outbox worker delivers no more mails than this at once. */
const CONNECTIONS = 3
/** Idle connections are closed before servers do it: Postfix waits 300 s, others 60 s. */
const IDLE_MS = 30_000

/**
 * A transport for `smtp://user:password@host:587` or `smtps://…:465`. On `smtp:` the connection turns to TLS when
 * the server offers STARTTLS, and must do so before credentials leave this machine (RFC 8314 §3.3). Certificates
 * are checked except on the loopback interface. `from` is an address, bare or as `Name <address>`.
 *
 * Throws `TypeError` for a URL that cannot be one.
 */
export function createSmtpTransport(options: {
  url: Secret
  from: string
  timeouts?: Partial<SmtpTimeouts>
}): MailTransport {
  const timeouts = { ...TIMEOUTS, ...options.timeouts }
  const from = senderOf(options.from)
  const pool = poolOptions(options.url, timeouts)
  const mailer = lazyMailer(pool)
  return {
    keepsBody: false,
    send: (mail) =>
      attempt(async () => (await mailer.get()).sendMail(message(mail, from, timeouts.delivery))),
    verify: () => attempt(() => check(pool, timeouts.delivery)),
    close: mailer.close,
  }
}

/** Loaded with the first mail: a server may run for long before one. */
function lazyMailer(options: SMTPPoolOptions & { pool: true }) {
  const load = () => import('nodemailer').then(({ createTransport }) => createTransport(options))
  let mailer: ReturnType<typeof load> | undefined
  return {
    get: () => {
      mailer ??= load()
      return mailer
    },
    close: () => {
      mailer?.then((one) => one.close()).catch(() => {})
    },
  }
}

/** Over a connection of its own, which ends with it: a server that answers on and on would else hold the program. */
async function check(options: SMTPPoolOptions, deadline: number): Promise<void> {
  const { createTransport } = await import('nodemailer')
  const socket = new Socket()
  const late = setTimeout(() => socket.destroy(new TypeError('The mail server takes too long.')), deadline)
  try {
    await createTransport({ ...options, pool: false, socket }).verify()
  } finally {
    clearTimeout(late)
    socket.destroy()
  }
}

function poolOptions(secret: Secret, timeouts: SmtpTimeouts): SMTPPoolOptions & { pool: true } {
  const url = URL.parse(secret.reveal())
  if (!url?.hostname || !/^smtps?:$/.test(url.protocol))
    throw new TypeError('The address of the mail server must be smtp://… or smtps://….')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const secure = url.protocol === 'smtps:'
  const loopback = /^(?:localhost|127(?:\.\d+){3}|::1)$/i.test(host)
  const auth = url.username && { user: decoded(url.username), pass: decoded(url.password) }
  return {
    pool: true,
    host,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !!auth && !loopback,
    tls: { rejectUnauthorized: !loopback, minVersion: 'TLSv1.2' },
    ...(auth && { auth }),
    maxConnections: CONNECTIONS,
    idleTimeout: IDLE_MS,
    // Trying again is the outbox's business: it alone knows what was delivered.
    maxRequeues: 0,
    connectionTimeout: timeouts.connection,
    greetingTimeout: timeouts.connection,
    socketTimeout: timeouts.answer,
    dnsTimeout: timeouts.connection,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    // The cause is left out, for it would quote the password.
    throw new TypeError('The address of the mail server has a % that is not part of an escape: write %25.')
  }
}

interface Sender {
  readonly name: string
  readonly address: string
}

function senderOf(text: string): Sender {
  const [, name = '', address = text] = /^([^<>]*)<([^<>]+)>$/.exec(text) ?? []
  if (!isPlainAddress(address)) throw new TypeError('Mails need a sender that is an e-mail address.')
  return { name: oneLine(name).replace(/^"(.*)"$/, '$1'), address }
}

const isPlainAddress = (address: string) => isEmailAddress(address) && !/\p{Cc}/u.test(address)

/** The text comes before the HTML: the last alternative is the one that programs prefer (RFC 2046 §5.1.4). */
function message(mail: OutboxMail, from: Sender, deadline: number) {
  if (!isPlainAddress(mail.to)) throw new DeliveryError('The address of the recipient is not one.', true)
  return {
    from,
    to: { name: '', address: mail.to },
    subject: oneLine(mail.subject),
    messageId: mail.messageId,
    date: new Date(mail.createdAt),
    // Keeps holiday replies and other robots quiet (RFC 3834 §5).
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: mail.text,
    html: mail.html,
    signal: AbortSignal.timeout(deadline),
  }
}

async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw error instanceof DeliveryError ? error : asDeliveryError(error)
  }
}

/** Refusals of the credentials or of the sender are not the mail's fault: they pass once the settings are right. */
function asDeliveryError(error: unknown): DeliveryError {
  const { message = 'Unknown error', permanent, command }: Partial<NodemailerError> = error as NodemailerError
  const ofThisMail = command === 'RCPT TO' || command === 'DATA'
  return new DeliveryError(oneLine(message).slice(0, 500), permanent === true && ofThisMail, { cause: error })
}
