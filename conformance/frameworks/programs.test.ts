/** Each example as its reader starts it, in a process of its own, with a real mail server: the story, from outside. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { SmtpSink } from '../../packages/server/src/testing/smtp-sink.ts'
import { startSmtpSink } from '../../packages/server/src/testing/smtp-sink.ts'
import { tellStory, told } from './story.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const NEXT = [join(ROOT, 'node_modules/next/dist/bin/next')]

let sink: SmtpSink
let folder: string
let program: ChildProcess | undefined

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => probe.once('listening', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

/** The newest activation link that the mail server got for an address. */
async function linkTo(email: string) {
  const find = () =>
    sink.mails.findLast(({ to, text }) => JSON.stringify(to).includes(email) && text?.includes('/activate/'))
  await expect.poll(find, { timeout: 20_000 }).toBeDefined()
  const [, uid = '', token = ''] = /\/activate\/([\w-]+)\/([\w-]+)/.exec(find()?.text ?? '') ?? []
  return { uid, token }
}

async function start(args: readonly string[], more: Record<string, string>, cwd = folder): Promise<string> {
  sink.mails.length = 0
  const port = await freePort()
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: `sqlite:${join(folder, 'accounts.db')}`,
    DOORWARD_SECRET: 'a secret of this test that is long enough for it',
    DOORWARD_THROTTLE: 'off',
    SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
    ...more,
  }
  program = spawn(process.execPath, [...args, ...(args === NEXT ? ['start', '-H', '127.0.0.1'] : [])], {
    cwd,
    env: env as NodeJS.ProcessEnv,
    stdio: 'ignore',
  })
  const url = `http://127.0.0.1:${port}`
  const answers = () =>
    fetch(`${url}/orders`).then(
      ({ status }) => status,
      () => 0,
    )
  await expect.poll(answers, { timeout: 60_000 }).toBe(401)
  return url
}

beforeAll(async () => {
  sink = await startSmtpSink()
})
afterAll(() => sink.close())

afterEach(async () => {
  const gone = new Promise((done) => program?.once('exit', done) ?? done(null))
  program?.kill('SIGKILL')
  await gone
  program = undefined
  rmSync(folder, { recursive: true })
})

describe('the examples, as they are started', () => {
  it.each(['hono', 'express', 'fastify', 'nest'])('%s', { timeout: 120_000 }, async (name) => {
    folder = mkdtempSync(join(tmpdir(), `doorward-${name}-`))
    const authPath = '/api/v1/accounts'
    const main = join(ROOT, `examples/${name}/src/main.ts`)
    const url = await start([main], { AUTH_PATH: authPath })
    expect(await tellStory({ url, authPath, protectedPath: '/orders', linkTo })).toEqual(told(authPath))
  })

  it('next: built, started, with route handlers and a proxy', { timeout: 300_000 }, async () => {
    folder = mkdtempSync(join(tmpdir(), 'doorward-next-'))
    const cwd = join(ROOT, 'examples/next')
    const quiet = { PATH: process.env.PATH ?? '', NEXT_TELEMETRY_DISABLED: '1', HOME: folder }
    const env = quiet as unknown as NodeJS.ProcessEnv
    await promisify(execFile)(process.execPath, [...NEXT, 'build', '--webpack'], { cwd, env })
    const url = await start(NEXT, { ...quiet, PUBLIC_URL: 'https://shop.example' }, cwd)
    const authPath = '/auth'
    expect(await tellStory({ url, authPath, protectedPath: '/orders', linkTo })).toEqual(told(authPath))

    // what the proxy stands before
    const { access } = await signIn(`${url}${authPath}`)
    const account = async (headers: Record<string, string>) =>
      (await fetch(`${url}/account`, { headers })).status
    expect(await account({})).toBe(401)
    expect(await account({ authorization: 'Bearer nonsense' })).toBe(401)
    expect(await account({ authorization: `Bearer ${access}` })).toBe(200)
  })
})

async function signIn(auth: string): Promise<{ access: string }> {
  const answer = await fetch(`${auth}/jwt/create/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'tina@example.com', password: 'Kiddie-Ride-4821' }),
  })
  return (await answer.json()) as { access: string }
}
