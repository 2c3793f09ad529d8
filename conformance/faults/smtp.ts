/**
 * The mail server refuses connections, hangs, breaks off half-way, and answers 4xx and 5xx, one after the other:
 * signing up stays fast, and every mail arrives once it works again. `--seconds 12` for each of them.
 */
import { type SmtpSink, startSmtpSink } from '../../packages/server/src/testing/smtp-sink.ts'
import { register } from './support/api.ts'
import { createReport, option, pause, percentile, type Report, within } from './support/report.ts'
import { install } from './support/server.ts'
import { addressOf } from './support/verify.ts'

const seconds = Number(option('seconds', '12'))

/** What the mail server does wrong. */
const WRONGS: readonly (readonly [string, (sink: SmtpSink) => void])[] = [
  ['works', () => {}],
  ['refuses connections', (sink) => Object.assign(sink, { network: 'refuses' })],
  ['takes connections and says nothing', (sink) => Object.assign(sink, { network: 'hangs' })],
  ['breaks off in the middle of mails', (sink) => Object.assign(sink, { network: 'breaks' })],
  ['answers 451 to recipients', (sink) => Object.assign(sink, { refusal: { command: 'RCPT', code: 451 } })],
  ['answers 550 to our address', (sink) => Object.assign(sink, { refusal: { command: 'MAIL', code: 550 } })],
]

/** The next try of a mail may come five minutes after an outage of minutes, and a fifth later. */
const PATIENCE = 400_000

async function signUp(url: string, emails: string[], until: number): Promise<readonly number[]> {
  const times: number[] = []
  while (performance.now() < until) {
    const email = `new-${crypto.randomUUID()}@example.com`
    const answer = await register(url, email)
    if (answer.status === 201) emails.push(email)
    times.push(answer.took)
    await pause(100)
  }
  return times
}

async function play(report: Report, url: string, sink: SmtpSink): Promise<void> {
  const emails: string[] = []
  let usual = 0
  for (const [what, wrong] of WRONGS) {
    Object.assign(sink, { network: 'fine', refusal: null })
    wrong(sink)
    const times = await signUp(url, emails, performance.now() + seconds * 1000)
    const p95 = percentile(times, 0.95)
    if (what === 'works') usual = p95
    report.did(
      `mail server ${what}: ${times.length} sign-ups, p50 ${percentile(times, 0.5)} ms, p95 ${p95} ms`,
    )
    report.promised(`signing up stays fast while it ${what}`, p95 < usual + 250)
  }
  Object.assign(sink, { network: 'fine', refusal: null })
  const began = performance.now()
  const missing = () => {
    const mailed = new Set(sink.mails.map(({ to }) => addressOf(to)))
    return emails.filter((email) => !mailed.has(email)).length
  }
  report.counted('mails that waited when the mail server worked again', missing())
  await within(PATIENCE, () => missing() === 0)
  report.did(
    `the last of ${emails.length} mails came ${Math.round((performance.now() - began) / 1000)} s later`,
  )
  report.promised(`every mail arrived (${missing()} missing)`, missing() === 0)
  const ids = sink.mails.map(({ messageId }) => messageId)
  const twice = ids.length - new Set(ids).size
  report.counted('mails delivered twice', twice)
}

const report = createReport('A mail server that fails in every way')
const sink = await startSmtpSink()
const server = await install({ SMTP_URL: `smtp://127.0.0.1:${sink.port}` })
try {
  await server.start()
  await play(report, server.url, sink)
} finally {
  await server.close()
  await sink.close()
  report.end()
}
