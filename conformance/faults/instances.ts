/**
 * Four instances on one PostgreSQL behind a round-robin proxy are as exact as one: rotation, reuse detection, throttles
 * and revocation; and an instance that was paused for 20 s trusts nothing old when it resumes. `--pause 20` (seconds).
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startSmtpSink } from '../../packages/server/src/testing/smtp-sink.ts'
import { type Answer, activate, ask, PASSWORD, register, signIn } from './support/api.ts'
import { startCluster } from './support/postgres.ts'
import { createReport, option, pause, percentile, type Report, within } from './support/report.ts'
import { type Installation, install } from './support/server.ts'

const COUNT = 4
const pauseFor = Number(option('pause', '20')) * 1000

/** Failed sign-ins that one address has for one account, with the default settings. */
const ALLOWED = 5

/** Sends each request to the next instance. */
async function startProxy(instances: readonly Installation[]): Promise<{ url: string; server: Server }> {
  let next = 0
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    next += 1
    const target = instances[next % instances.length]
    const { authorization, 'content-type': type } = request.headers
    const headers = { ...(authorization && { authorization }), ...(type && { 'content-type': type }) }
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined
    const answer = await fetch(`${target?.url}${request.url}`, {
      method: request.method ?? 'GET',
      headers,
      ...(body && { body }),
    }).catch(() => new Response(null, { status: 502 }))
    const retryAfter = answer.headers.get('retry-after')
    response.writeHead(answer.status, retryAfter === null ? {} : { 'retry-after': retryAfter })
    response.end(Buffer.from(await answer.arrayBuffer()))
  }).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

async function rotation(report: Report, url: string, email: string): Promise<void> {
  let refresh = (await signIn(url, email, PASSWORD)).body.refresh ?? ''
  let exact = true
  const used: string[] = []
  for (let round = 0; round < 25; round += 1) {
    used.push(refresh)
    const body = { refresh }
    const answers = await Promise.all(Array.from({ length: COUNT }, () => ask(url, 'jwt/refresh/', body)))
    const successors = new Set(answers.map((answer) => answer.body.refresh))
    exact &&= answers.every(({ status }) => status === 200) && successors.size === 1
    refresh = [...successors][0] ?? ''
  }
  report.promised('25 rotations, each asked of all four at once: always one and the same successor', exact)
  const reused = await ask(url, 'jwt/refresh/', { refresh: used[3] ?? '' })
  report.promised(`a spent token is detected wherever it comes (${reused.body.code})`, reused.status === 401)
  const ended = await Promise.all(Array.from({ length: COUNT }, () => ask(url, 'jwt/refresh/', { refresh })))
  report.promised(
    'its whole family is then refused by all',
    ended.every(({ status }) => status === 401),
  )
}

async function revocation(report: Report, url: string, email: string, instances: readonly Installation[]) {
  const delays: number[] = []
  for (let round = 0; round < 20; round += 1) {
    const { access = '' } = (await signIn(url, email, PASSWORD)).body
    await ask(url, 'jwt/logout/', {}, access)
    const began = performance.now()
    const known = async ({ url: own }: Installation) => {
      while ((await ask(own, 'users/me/', undefined, access)).status !== 401) await pause(1)
      delays.push(performance.now() - began)
    }
    await Promise.all(instances.map(known))
  }
  report.counted(
    'from the answer to a sign-out until each of the four refuses the access token, p50, p99, longest',
    `${percentile(delays, 0.5)}, ${percentile(delays, 0.99)}, ${percentile(delays, 1)} ms`,
  )
  report.promised('an ended session is refused by all within a second', percentile(delays, 1) < 1000)
}

async function throttling(report: Report, url: string, email: string): Promise<void> {
  const tries = await Promise.all(Array.from({ length: 40 }, () => signIn(url, email, 'Wrong-Ride-0000')))
  const count = (wanted: number) => tries.filter(({ status }) => status === wanted).length
  report.counted('40 wrong passwords at once: refused as wrong, throttled', `${count(401)}, ${count(429)}`)
  report.promised(
    `no more guesses than one instance would allow (${ALLOWED})`,
    count(401) === ALLOWED && count(401) + count(429) === 40,
  )
}

async function pausing(report: Report, url: string, email: string, paused: Installation): Promise<void> {
  const sessions: string[] = []
  for (let n = 0; n < 30; n += 1) sessions.push((await signIn(paused.url, email, PASSWORD)).body.access ?? '')
  const before = await Promise.all(sessions.map((access) => ask(paused.url, 'users/me/', undefined, access)))
  await paused.signal('SIGSTOP')
  // what is asked of it now waits in its sockets, and is answered with what it knew, if it is not careful
  const waiting = (async () => {
    await pause(pauseFor - 1000)
    return Promise.all(sessions.map((access) => ask(paused.url, 'users/me/', undefined, access)))
  })()
  for (const access of sessions) await ask(url, 'jwt/logout/', {}, access)
  await pause(pauseFor)
  await paused.signal('SIGCONT')
  const after = await waiting
  const statuses = (answers: readonly Answer[]) =>
    [...new Set(answers.map(({ status }) => status))].join(', ')
  report.did(
    `paused one instance for ${pauseFor / 1000} s, ended 30 sessions elsewhere: it answered ${statuses(before)} before, ${statuses(after)} after`,
  )
  report.promised(
    'the paused instance accepts no session that ended meanwhile, from its first answer on',
    after.every(({ status }) => status === 401 || status === 503),
  )
}

const report = createReport('Four instances behind a round-robin proxy')
const cluster = await startCluster()
const sink = await startSmtpSink()
const instances: Installation[] = []
for (let n = 0; n < COUNT; n += 1) {
  instances.push(
    await install({
      SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
      DATABASE_URL: cluster.url,
      DOORWARD_THROTTLE: 'on',
      ROTATION_GRACE: '5',
    }),
  )
}
const proxy = await startProxy(instances)
try {
  await Promise.all(instances.map((instance) => instance.start()))
  report.did(`started ${COUNT} instances together on an empty database`)
  const [first] = instances
  const people = ['rotating', 'leaving', 'guessed', 'pausing'].map((name) => `${name}@example.com`)
  for (const email of people) await register(proxy.url, email)
  await within(30_000, () => sink.mails.length >= people.length)
  for (const mail of sink.mails) await activate(proxy.url, mail.text ?? '')
  const ids = sink.mails.map(({ messageId }) => messageId)
  report.promised('each mail was delivered once', new Set(ids).size === ids.length)
  await rotation(report, proxy.url, people[0] ?? '')
  await revocation(report, proxy.url, people[1] ?? '', instances)
  await throttling(report, proxy.url, people[2] ?? '')
  const others = await startProxy(instances.slice(1))
  if (first) await pausing(report, others.url, people[3] ?? '', first)
  others.server.close()
} finally {
  proxy.server.close()
  proxy.server.closeAllConnections()
  for (const instance of instances) await instance.close()
  await sink.close()
  cluster.close()
  report.end()
}
