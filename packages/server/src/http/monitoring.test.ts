/** What monitoring asks of a running server. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDoorward, type TestDoorward } from '../testing/create-test-doorward.ts'
import { testDatabases } from '../testing/databases.ts'
import { maySeeMetrics } from './monitoring.ts'

const TOKEN = 'only-for-tests-only-for-tests'

const servers: Server[] = []
async function listen(doorward: TestDoorward): Promise<string> {
  const server = createServer(doorward.listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
afterAll(() => {
  for (const server of servers) server.close()
})

/** The value of one line of the metrics. */
const read = (text: string, line: string): number | undefined => {
  const found = text.split('\n').find((one) => one.startsWith(`${line} `))
  return found === undefined ? undefined : Number(found.slice(line.length))
}

for (const database of testDatabases()) {
  describe(`the metrics | ${database.name}`, async () => {
    let doorward: TestDoorward
    let base: string
    const metrics = async () => (await fetch(`${base}/metrics`)).text()
    const post = (path: string, body: object) =>
      fetch(`${base}/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })

    beforeAll(async () => {
      doorward = await createTestDoorward({ database: await database.url() })
      base = await listen(doorward)
    })
    afterAll(async () => {
      await doorward.close()
      await database.close()
    })

    it('count sign-ins and refreshes by result, a reused refresh token among them', async () => {
      const user = await doorward.signedUpUser()
      await post('jwt/create/', { email: user.email, password: 'wrong' })
      await post('jwt/refresh/', { refresh: user.refresh })
      doorward.clock.advance(31)
      await post('jwt/refresh/', { refresh: user.refresh })
      const text = await metrics()
      expect(read(text, 'doorward_sign_ins_total{result="success"}')).toBe(1)
      expect(read(text, 'doorward_sign_ins_total{result="no_active_account"}')).toBe(1)
      expect(read(text, 'doorward_refreshes_total{result="success"}')).toBe(1)
      expect(read(text, 'doorward_refreshes_total{result="refresh_token_reused"}')).toBe(1)
    })

    it('count answers by resource, method and class of status, with how long they took', async () => {
      await fetch(`${base}/auth/users/1/`)
      await fetch(`${base}/auth/users/2/`)
      const count = 'doorward_http_request_duration_seconds_count'
      expect(read(await metrics(), `${count}{route="users/:id/",method="GET",status="4xx"}`)).toBe(2)
    })

    it('do not grow with what strangers send', async () => {
      const series = async () => {
        const own = (await metrics()).split('\n').filter((line) => line.startsWith('doorward_'))
        return own.map((line) => line.replace(/ \S+$/, ''))
      }
      await fetch(`${base}/nothing/0`)
      const before = await series()
      for (let i = 1; i < 20; i += 1) {
        await fetch(`${base}/nothing/${i}`)
        await fetch(`${base}/auth/users/${1000 + i}/`)
        await fetch(`${base}/auth/users/1/`, { method: 'GET', headers: { 'x-request-id': `r${i}` } })
      }
      expect(await series()).toEqual(before)
    })

    it('tell of the hashing queue, the outbox, the event loop and the connections', async () => {
      const text = await metrics()
      expect(read(text, 'doorward_password_jobs{state="waiting"}')).toBe(0)
      expect(read(text, 'doorward_password_jobs_total{result="refused"}')).toBe(0)
      expect(read(text, 'doorward_outbox_mails{state="queued"}')).toBeGreaterThan(0)
      expect(read(text, 'doorward_outbox_lag_seconds')).toBe(31)
      expect(read(text, 'doorward_revocations')).toBe(1)
      expect(text).toContain('nodejs_eventloop_lag_seconds')
      const used = read(text, 'doorward_database_connections{state="idle"}')
      expect(used === undefined).toBe(database.name === 'SQLite')
    })

    it('are ready when database, migrations and revocations are, and say when mails are late', async () => {
      const ok = { database: 'ok', migrations: 'ok', revocations: 'ok' }
      const before = await fetch(`${base}/ready`)
      expect(before.status).toBe(200)
      expect(await before.json()).toMatchObject({ status: 'ready', checks: { ...ok, outbox: 'ok' } })
      doorward.clock.advance(600)
      const after = await fetch(`${base}/ready`)
      expect([after.status, (await after.json()).checks.outbox]).toEqual([200, 'late'])
    })
  })
}

describe('readiness | when the database is gone', () => {
  it('is 503, while the process is alive', async () => {
    const doorward = await createTestDoorward()
    const base = await listen(doorward)
    await doorward.close()
    const ready = await fetch(`${base}/ready`)
    expect(ready.status).toBe(503)
    expect(await ready.json()).toMatchObject({ status: 'not ready', checks: { database: 'unavailable' } })
    expect((await fetch(`${base}/health`)).status).toBe(200)
    expect(await (await fetch(`${base}/metrics`)).text()).toContain('doorward_password_jobs')
  })
})

describe('the metrics | who may see them', () => {
  const headers = (given: Readonly<Record<string, string>>) => ({
    get: (name: string) => given[name] ?? null,
  })
  const may = (
    environment: 'development' | 'production',
    token: string | null,
    peer: string,
    given: Readonly<Record<string, string>> = {},
  ) =>
    maySeeMetrics({ peer, headers: headers(given) }, {
      metrics: { token },
      server: { environment },
    } as Parameters<typeof maySeeMetrics>[1])

  it('in production without a token: nobody, for a proxy on the machine makes everybody look local', () => {
    expect(may('production', null, '127.0.0.1')).toBe(false)
    expect(may('production', null, '10.0.0.7')).toBe(false)
  })

  it('in development without a token: who asks on this machine, and through no proxy', () => {
    expect(may('development', null, '127.0.0.1')).toBe(true)
    expect(may('development', null, '::1')).toBe(true)
    expect(may('development', null, '::ffff:127.0.0.1')).toBe(true)
    expect(may('development', null, '192.168.0.7')).toBe(false)
    expect(may('development', null, '')).toBe(false)
    expect(may('development', null, '127.0.0.1', { 'x-forwarded-for': '127.0.0.1' })).toBe(false)
    expect(may('development', null, '127.0.0.1', { via: '1.1 proxy' })).toBe(false)
  })

  it('with a token: who sends it, from wherever, and nobody else', () => {
    expect(may('production', TOKEN, '203.0.113.9', { authorization: `Bearer ${TOKEN}` })).toBe(true)
    expect(may('production', TOKEN, '127.0.0.1', { authorization: `Bearer ${TOKEN}x` })).toBe(false)
    expect(may('production', TOKEN, '127.0.0.1', { authorization: TOKEN })).toBe(false)
    expect(may('development', TOKEN, '127.0.0.1')).toBe(false)
  })

  it('everybody else is told that there is nothing', async () => {
    const doorward = await createTestDoorward({ config: { metrics: { token: TOKEN } } })
    const base = await listen(doorward)
    expect((await fetch(`${base}/metrics`)).status).toBe(404)
    const headers = { authorization: `Bearer ${TOKEN}` }
    expect((await fetch(`${base}/metrics`, { headers })).status).toBe(200)
    await doorward.close()
  })
})
