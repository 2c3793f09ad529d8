/**
 * The signing keys are exchanged by `doorward keys rotate` while people work: two servers on one database and one key
 * file, a service that checks tokens with the published keys, and not one of them refuses a token that is good.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { createVerifier } from '@doorward/server/verifier'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../packages/server/src/testing/databases.ts'

const main = resolve(import.meta.dirname, '../../apps/doorward/src/main.ts')
const PERSON = { email: 'maya@example.com', password: 'Kiddie-Ride-4821' }
const ROTATIONS = 4
const WORKERS = 3

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => probe.once('listening', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

/** An installation in a folder of its own, with as many servers as are started. */
function installation(folder: string, database: string) {
  const servers: ChildProcess[] = []
  const env = {
    PATH: process.env.PATH ?? '',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database,
    DOORWARD_SECRET: 'a secret of this test, long enough for it',
    DOORWARD_THROTTLE: 'off',
  }
  return {
    command: async (...args: string[]) =>
      (await promisify(execFile)(process.execPath, [main, ...args], { cwd: folder, env })).stdout,
    start: async (): Promise<string> => {
      const url = `http://127.0.0.1:${await freePort()}`
      const more = { PORT: new URL(url).port, PUBLIC_URL: url }
      servers.push(spawn(process.execPath, [main, 'start'], { cwd: folder, env: { ...env, ...more } }))
      const ready = () =>
        fetch(`${url}/ready`).then(
          ({ ok }) => ok,
          () => false,
        )
      await expect.poll(ready, { timeout: 30_000 }).toBe(true)
      return url
    },
    stop: () =>
      Promise.all(
        servers.map((server) => {
          const gone = new Promise((done) => server.once('exit', done))
          server.kill('SIGTERM')
          return gone
        }),
      ),
  }
}

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, string>>
}

async function post(url: string, path: string, body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/auth/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, body: (await answer.json()) as Readonly<Record<string, string>> }
}

const publishedKids = async (url: string): Promise<readonly string[]> => {
  const answer = await fetch(`${url}/.well-known/jwks.json`)
  return ((await answer.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
}

for (const database of testDatabases()) {
  describe(`keys are rotated under load | ${database.name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'doorward-rotation-'))
    const closing: (() => unknown)[] = []
    afterAll(async () => {
      for (const close of closing) await close()
      await database.close()
      rmSync(folder, { recursive: true })
    })

    it('four times, and every token that is good is accepted everywhere', async () => {
      const { command, start, stop } = installation(folder, await database.url())
      closing.push(stop)
      const name = ['--first-name', 'Maya', '--last-name', 'Santoso', '--role', 'admin']
      await command('createsuperuser', '--email', PERSON.email, '--password', PERSON.password, ...name)
      const urls = [await start(), await start()] as const
      const jwksUrl = `${urls[0]}/.well-known/jwks.json`
      const verifier = createVerifier({ jwksUrl, revocations: { url: `${urls[0]}/auth/revocations/` } })
      const refused: string[] = []
      const kids = new Set<string>()
      let requests = 0
      let done = false
      closing.unshift(() => {
        done = true
        verifier.close()
      })

      const note = (what: string, outcome: string | number) => {
        requests += 1
        if (outcome !== 200) refused.push(`${what}: ${outcome}`)
      }
      const use = async (access: string) => {
        kids.add(String(decodeProtectedHeader(access).kid))
        for (const url of urls) {
          const me = await fetch(`${url}/auth/users/me/`, { headers: { authorization: `Bearer ${access}` } })
          await me.arrayBuffer()
          note(`GET users/me/ at ${url}`, me.status)
          note('jwt/verify', (await post(url, 'jwt/verify/', { token: access })).status)
        }
        const checked = verifier.check(`Bearer ${access}`)
        note(
          'the verifier',
          await checked.then(
            () => 200,
            ({ code }) => String(code),
          ),
        )
      }
      const work = async (turn: number) => {
        let { refresh = '' } = (await post(urls[0], 'jwt/create/', PERSON)).body
        for (let round = turn; !done; round += 1) {
          const answer = await post(urls[round % 2] ?? '', 'jwt/refresh/', { refresh })
          note('jwt/refresh', answer.status)
          refresh = answer.body.refresh ?? ''
          await use(answer.body.access ?? '')
        }
      }

      const working = Array.from({ length: WORKERS }, (_, turn) => work(turn))
      const first = (await post(urls[0], 'jwt/create/', PERSON)).body.access ?? ''
      // fetches the keys now, and by itself not again for half a minute
      const joseKeys = createRemoteJWKSet(new URL(jwksUrl))
      await jwtVerify(first, joseKeys)
      for (let count = 1; count <= ROTATIONS; count += 1) {
        await command('keys', 'rotate')
        // each rotation publishes one more; the next one comes when both servers have it
        const counts = async () => Promise.all(urls.map(async (url) => (await publishedKids(url)).length))
        await expect.poll(counts, { timeout: 20_000 }).toEqual([count + 2, count + 2])
        if (count > 1) continue
        const { access = '' } = (await post(urls[1], 'jwt/create/', PERSON)).body
        expect((await jwtVerify(access, joseKeys)).payload.token_type).toBe('access')
        expect(decodeProtectedHeader(access).kid).not.toBe(decodeProtectedHeader(first).kid)
      }
      const atTheEnd = requests
      await expect.poll(() => requests, { timeout: 20_000 }).toBeGreaterThan(atTheEnd + 20)
      done = true
      await Promise.all(working)
      await use(first)
      const last = (await post(urls[1], 'jwt/create/', PERSON)).body.access ?? ''
      const { payload } = await jwtVerify(last, createRemoteJWKSet(new URL(jwksUrl)))

      expect(refused).toEqual([])
      expect(kids.size).toBe(ROTATIONS + 1)
      expect(payload.token_type).toBe('access')
      process.stdout.write(`${database.name}: ${requests} requests, ${kids.size} keys, none refused\n`)
    }, 120_000)
  })
}
