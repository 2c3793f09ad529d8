import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import type { OutboxMail } from '../store/store.ts'
import type { SmtpSink } from '../testing/smtp-sink.ts'
import { startSmtpSink } from '../testing/smtp-sink.ts'
import { createSmtpTransport } from './smtp-transport.ts'
import type { MailTransport } from './transport.ts'
import { DeliveryError } from './transport.ts'

const CREATED = Date.UTC(2026, 10, 24, 4, 5, 6)

const MAIL: OutboxMail = {
  id: 1,
  userId: 7,
  kind: 'activation',
  to: 'tina@example.com',
  subject: 'Account activation on Wälkiddie',
  text: `Hello Tina,\n\nhttp://localhost:3000/activate/Nw/${'x'.repeat(90)}\n\n-- \nWalkiddie\n`,
  html: `<!doctype html><html lang="en"><body><p>Hello Tina,</p>${'<p>🎠 Fahrt</p>'.repeat(80)}</body></html>`,
  messageId: '<3f0a@accounts.example.com>',
  createdAt: CREATED,
  state: 'queued',
  attempts: 1,
  nextAttemptAt: CREATED,
  sentAt: null,
  lastError: null,
}

const open: { close(): unknown }[] = []
const closing = <T extends { close(): unknown }>(thing: T): T => {
  open.push(thing)
  return thing
}
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

const sinkOf = async (...args: Parameters<typeof startSmtpSink>) => closing(await startSmtpSink(...args))
const transportTo = (url: string, from = 'Walkiddie <accounts@example.com>'): MailTransport => {
  const timeouts = { connection: 400, answer: 400, delivery: 1000 }
  return closing(createSmtpTransport({ url: new Secret(url), from, timeouts }))
}
const to = (sink: SmtpSink, from?: string) => transportTo(`smtp://127.0.0.1:${sink.port}`, from)

const failureOf = async (work: Promise<unknown>): Promise<DeliveryError> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(DeliveryError)
  return error as DeliveryError
}

/** Names of the headers of the mail as a whole, in lower case. */
const headerNames = (raw = '') =>
  (raw.split('\r\n\r\n')[0] ?? '')
    .split('\r\n')
    .filter((line) => !/^\s/.test(line))
    .map((line) => line.split(':')[0]?.toLowerCase())
    .sort()

describe('delivery by SMTP | a mail server that takes mails', () => {
  it('gets plain text and then HTML, in UTF-8, with the headers that were decided when the mail was queued', async () => {
    const sink = await sinkOf()
    await to(sink).send(MAIL)
    const [mail] = sink.mails
    expect(sink.mails).toHaveLength(1)
    expect(mail?.subject).toBe(MAIL.subject)
    expect(mail?.text).toBe(MAIL.text)
    expect(mail?.html).toBe(MAIL.html)
    expect(mail?.messageId).toBe(MAIL.messageId)
    expect(mail?.date).toEqual(new Date(CREATED))
    expect(mail?.from?.value).toEqual([{ name: 'Walkiddie', address: 'accounts@example.com' }])
    expect(mail?.to).toMatchObject({ value: [{ address: 'tina@example.com', name: '' }] })
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated')
    expect(mail?.headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' })
    expect(sink.raw[0]?.match(/text\/(plain|html); charset=utf-8/g)).toEqual([
      'text/plain; charset=utf-8',
      'text/html; charset=utf-8',
    ])
  })

  it('keeps its connection from one mail to the next', async () => {
    const sink = await sinkOf()
    const transport = to(sink)
    for (const id of [1, 2, 3]) await transport.send({ ...MAIL, id })
    expect(new Set(sink.sessions.map(({ id }) => id)).size).toBe(1)
  })

  it('is found ready by the check', async () => {
    await expect(to(await sinkOf()).verify()).resolves.toBeUndefined()
  })
})

describe('delivery by SMTP | encryption and credentials', () => {
  const withLogin = { disabledCommands: [], authOptional: true, allowInsecureAuth: true }
  const login: Parameters<typeof startSmtpSink>[0] = {
    ...withLogin,
    onAuth: ({ username, password }, _session, answer) =>
      password === 'pass%/word' ? answer(null, { user: username }) : answer(new Error('Invalid login')),
  }

  it('turns to TLS when the server offers it', async () => {
    const sink = await sinkOf({ disabledCommands: ['AUTH'] })
    await to(sink).send(MAIL)
    expect(sink.sessions[0]?.secure).toBe(true)
  })

  it('speaks TLS from the start on smtps', async () => {
    const sink = await sinkOf({ disabledCommands: ['AUTH'], secure: true })
    await transportTo(`smtps://localhost:${sink.port}`).send(MAIL)
    expect(sink.sessions[0]?.secure).toBe(true)
  })

  it('signs in with the user and the password of the address', async () => {
    const sink = await sinkOf(login)
    await transportTo(`smtp://tina%40example.com:pass%25%2Fword@127.0.0.1:${sink.port}`).send(MAIL)
    expect(sink.sessions[0]).toMatchObject({ secure: true, user: 'tina@example.com' })
  })

  it('signs in without TLS on the loopback interface only', async () => {
    const seen: unknown[] = []
    const sink = await sinkOf({
      ...login,
      disabledCommands: ['STARTTLS'],
      onAuth: ({ username }, _session, answer) => {
        seen.push(username)
        answer(null, { user: username })
      },
    })
    await transportTo(`smtp://tina:secret@127.0.0.1:${sink.port}`).send(MAIL)
    expect(seen).toEqual(['tina'])
    // 0.0.0.0 leads to this machine, but is not known to
    await failureOf(transportTo(`smtp://tina:secret@0.0.0.0:${sink.port}`).send(MAIL))
    expect(seen).toEqual(['tina'])
    expect(sink.mails).toHaveLength(1)
  })

  it('does not trust a certificate that nobody vouches for', async () => {
    const sink = await sinkOf({ disabledCommands: ['AUTH'] })
    await failureOf(transportTo(`smtp://0.0.0.0:${sink.port}`).send(MAIL))
    expect(sink.mails).toHaveLength(0)
  })

  it('never tells the password, neither in an error nor when it is printed', async () => {
    const sink = await sinkOf(login)
    const url = `smtp://tina:hunter2hunter2@127.0.0.1:${sink.port}`
    const error = await failureOf(transportTo(url).verify())
    expect(error.message).toContain('Invalid login')
    expect(`${error.message} ${JSON.stringify(error)} ${error.stack}`).not.toContain('hunter2')
    const wrong = () => createSmtpTransport({ url: new Secret('smtp://a:hunter2%@b.org'), from: 'a@b.org' })
    expect(wrong).toThrow(TypeError)
    expect(wrong).not.toThrow(/hunter2/)
  })

  it.each(['http://mail.example.com', 'mail.example.com', 'smtp:', ''])('refuses to start with %j', (url) => {
    expect(() => createSmtpTransport({ url: new Secret(url), from: 'a@b.org' })).toThrow(TypeError)
  })
})

describe('delivery by SMTP | a mail server that refuses', () => {
  it.each([
    ['RCPT', 550, true],
    ['DATA', 554, true],
    ['RCPT', 450, false],
    ['DATA', 451, false],
    ['MAIL', 553, false],
  ] as const)('%s with %i: for good is %s', async (command, code, permanent) => {
    const sink = await sinkOf()
    sink.refusal = { command, code }
    const error = await failureOf(to(sink).send(MAIL))
    expect(error.permanent).toBe(permanent)
    expect(error.message).toContain(String(code))
  })

  it('refused credentials pass, once they are set right', async () => {
    const sink = await sinkOf({
      disabledCommands: [],
      onAuth: (_auth, _session, answer) => answer(new Error('no')),
    })
    const error = await failureOf(transportTo(`smtp://a:b@127.0.0.1:${sink.port}`).send(MAIL))
    expect(error).toMatchObject({ permanent: false })
  })

  it.each(['refuses', 'hangs', 'breaks'] as const)('a network that %s is waited out', async (network) => {
    const sink = await sinkOf()
    sink.network = network
    const transport = to(sink)
    const began = performance.now()
    expect(await failureOf(transport.send(MAIL))).toMatchObject({ permanent: false })
    expect(performance.now() - began).toBeLessThan(1500)
    sink.network = 'fine'
    await transport.send(MAIL)
    expect(sink.mails).toHaveLength(1)
  })

  it('a server that is not there fails the check and the delivery', async () => {
    const sink = await startSmtpSink()
    await sink.close()
    const transport = to(sink)
    expect((await failureOf(transport.send(MAIL))).message).toContain('ECONNREFUSED')
    await failureOf(transport.verify())
  })
})

describe('delivery by SMTP | somebody who wants to add headers', () => {
  it('cannot do it through the subject, whatever it holds', async () => {
    const sink = await sinkOf()
    const transport = to(sink)
    await transport.send({ ...MAIL, subject: 'plain' })
    const usual = headerNames(sink.raw[0])
    const nasty = fc.string({
      unit: fc.oneof(
        fc.constantFrom(
          '\r\n',
          '\n',
          '\r',
          '\u2028',
          '\u0085',
          'Bcc: spy@evil.example',
          ': ',
          '=?utf-8?Q?=0A?=',
        ),
        fc.string(),
      ),
      maxLength: 8,
    })
    await fc.assert(
      fc.asyncProperty(nasty, async (subject) => {
        await transport.send({ ...MAIL, subject: `a${subject}b` })
        expect(headerNames(sink.raw.at(-1))).toEqual(usual)
        expect(sink.mails.at(-1)?.bcc).toBeUndefined()
      }),
      { numRuns: 60 },
    )
  })

  it("cannot do it through the sender's name", async () => {
    const sink = await sinkOf()
    await to(sink, 'Shop\r\nBcc: spy@evil.example, Ltd <accounts@example.com>').send(MAIL)
    expect(sink.mails[0]?.from?.value).toEqual([
      { name: 'Shop Bcc: spy@evil.example, Ltd', address: 'accounts@example.com' },
    ])
    expect(headerNames(sink.raw[0])).not.toContain('bcc')
  })

  it.each([
    'tina@example.com\r\nBcc: spy@evil.example',
    'tina@example.com, spy@evil.example',
    'tina@example.com>\r\nRCPT TO:<spy@evil.example',
    '"a\u0001b"@example.com',
    'Tina <tina@example.com>',
    '',
  ])('cannot do it through the address %j: such a mail goes nowhere', async (address) => {
    const sink = await sinkOf()
    const error = await failureOf(to(sink).send({ ...MAIL, to: address }))
    expect(error).toMatchObject({ permanent: true, message: 'The address of the recipient is not one.' })
    expect(sink.mails).toHaveLength(0)
  })

  it('reaches one recipient even with an address that reads like two', async () => {
    const sink = await sinkOf()
    await to(sink).send({ ...MAIL, to: '"a,spy"@example.com' })
    expect(sink.mails[0]?.to).toMatchObject({ value: [{ address: expect.stringContaining('a,spy') }] })
  })
})
