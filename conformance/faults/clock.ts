/**
 * The clock of the server jumps an hour ahead and back again: nobody is signed out wrongly, and no token lives longer
 * than it should. The machine's clock is not touched; the server is started with one that can be moved.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startSmtpSink } from '../../packages/server/src/testing/smtp-sink.ts'
import { activate, ask, PASSWORD, register, signIn } from './support/api.ts'
import { createReport, type Report, within } from './support/report.ts'
import { type Installation, install } from './support/server.ts'

const HOUR = 3_600_000
const EMAIL = 'maya@example.com'

/** The lifetime of access tokens, in seconds, and how far a clock that jumped back may stretch it: not at all. */
const LIFETIME = 300

async function play(report: Report, { url }: Installation, move: (ms: number) => void): Promise<void> {
  const me = async (access = '') => (await ask(url, 'users/me/', undefined, access)).status
  const refreshed = (refresh = '') => ask(url, 'jwt/refresh/', { refresh })
  const first = (await signIn(url, EMAIL, PASSWORD)).body
  report.promised('before: the access token is good', (await me(first.access)) === 200)

  move(HOUR)
  report.did('the clock jumped an hour ahead')
  report.promised('an access token of five minutes is over', (await me(first.access)) === 401)
  const second = await refreshed(first.refresh)
  report.promised('nobody is signed out: the session goes on', second.status === 200)
  report.promised('its new access token is good', (await me(second.body.access)) === 200)

  move(0)
  report.did('the clock jumped back to where it was')
  const ahead = await me(second.body.access)
  report.promised(
    'the access token from the future is refused, or it would live an hour longer',
    ahead === 401,
  )
  const third = await refreshed(second.body.refresh)
  report.promised('nobody is signed out: the session goes on', third.status === 200)
  report.promised('its new access token is good', (await me(third.body.access)) === 200)

  move(-HOUR)
  report.did('the clock jumped an hour behind')
  report.promised('the session goes on', (await refreshed(third.body.refresh)).status === 200)
  const early = (await signIn(url, EMAIL, PASSWORD)).body
  report.promised('who signs in is signed in', (await me(early.access)) === 200)
  report.promised('a session that is ended now is ended', await isEnded(url, early))

  move(0)
  report.did('the clock was put right')
  report.promised('a token of an hour ago is over', (await me(early.access)) === 401)
  report.promised('the session that was ended stays ended', (await refreshed(early.refresh)).status === 401)
  const { exp = 0, iat = 0 } = claimsOf(third.body.access)
  report.counted('lifetime of an access token in its own claims', `${exp - iat} s`)
  report.promised(`no token claims more than its ${LIFETIME} s`, exp - iat === LIFETIME)
}

async function isEnded(url: string, { access = '', refresh = '' }: Readonly<Record<string, string>>) {
  const left = await ask(url, 'jwt/logout/', {}, access)
  const refused = await ask(url, 'users/me/', undefined, access)
  return (
    left.status === 204 &&
    refused.status === 401 &&
    (await ask(url, 'jwt/refresh/', { refresh })).status === 401
  )
}

const claimsOf = (token = ''): { exp?: number; iat?: number } =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString() || '{}')

const report = createReport('A clock that jumps an hour ahead and behind')
const sink = await startSmtpSink()
const preload = pathToFileURL(join(import.meta.dirname, 'support/moved-clock.mjs')).href
const server = await install({ SMTP_URL: `smtp://127.0.0.1:${sink.port}` }, ['--import', preload])
const move = (ms: number) => writeFileSync(join(server.folder, 'clock'), String(ms))
try {
  move(0)
  await server.start()
  await register(server.url, EMAIL)
  await within(30_000, () => sink.mails.length > 0)
  await activate(server.url, sink.mails[0]?.text ?? '')
  await play(report, server, move)
} finally {
  await server.close()
  await sink.close()
  report.end()
}
