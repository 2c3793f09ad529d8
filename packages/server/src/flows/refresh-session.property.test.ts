/**
 * Rotation under everything that a network does to it: answers that are lost, tabs that ask at once, two instances on
 * one database. Inside of the window nobody is signed out; outside of it the family ends. On both databases.
 */
import type { RequestListener, Server } from 'node:http'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDoorward, type TestDoorward } from '../testing/create-test-doorward.ts'
import { testDatabases } from '../testing/databases.ts'
import { generatePrivateKey } from '../tokens/keys.ts'

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, string>>
}

const WINDOW = 30

for (const database of testDatabases()) {
  describe(`rotation between two instances | ${database.name}`, () => {
    let instances: readonly TestDoorward[]
    let servers: readonly Server[]
    let ports: readonly number[]
    /** Requests that an instance works on, whether or not somebody still waits for the answer. */
    let underWay = 0
    /** The far ends of connections that an instance has seen closed. */
    const closed = new Set<number | undefined>()
    const at = (index: number) => instances[index] as TestDoorward

    beforeAll(async () => {
      const signingKey = generatePrivateKey('EdDSA').export({ type: 'pkcs8', format: 'pem' }).toString()
      const start = async () =>
        createTestDoorward({ database: await database.url(), config: { tokens: { signingKey } } })
      instances = [await start(), await start()]
      servers = instances.map(({ listener }) => createServer(counting(listener)).listen(0, '127.0.0.1'))
      for (const server of servers)
        server.on('connection', (socket) => {
          const { remotePort } = socket
          socket.on('close', () => closed.add(remotePort))
        })
      await Promise.all(servers.map((server) => new Promise((done) => server.once('listening', done))))
      ports = servers.map((server) => (server.address() as AddressInfo).port)
    })
    afterAll(async () => {
      for (const server of servers) server.closeAllConnections()
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
      await Promise.all(instances.map((doorward) => doorward.close()))
      await database.close()
    })

    const counting =
      (listener: RequestListener): RequestListener =>
      (incoming, outgoing) => {
        underWay += 1
        const end = outgoing.end.bind(outgoing)
        outgoing.end = ((...content: Parameters<typeof end>) => {
          underWay -= 1
          return end(...content)
        }) as typeof outgoing.end
        listener(incoming, outgoing)
      }

    const advance = (seconds: number) => {
      for (const { clock } of instances) clock.advance(seconds)
    }

    const post = async (index: number, path: string, body: object): Promise<Answer> => {
      const answer = await fetch(`http://127.0.0.1:${ports[index]}/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const text = await answer.text()
      return { status: answer.status, body: text === '' ? {} : JSON.parse(text) }
    }
    const refresh = (index: number, token = '') => post(index, 'jwt/refresh/', { refresh: token })

    /** A refresh whose connection breaks after a moment: it may have happened or not, and nobody hears of it. */
    const lostRefresh = async (index: number, token: string, moment: number): Promise<void> => {
      const port = await new Promise<number | undefined>((resolve) => {
        let localPort: number | undefined
        const request = httpRequest({
          ...{ host: '127.0.0.1', port: ports[index], path: '/auth/jwt/refresh/', method: 'POST' },
          agent: false,
          headers: { 'content-type': 'application/json' },
        })
        request.on('error', () => {}).on('close', () => resolve(localPort))
        request.end(JSON.stringify({ refresh: token }), () => {
          localPort = request.socket?.localPort
          if (moment === 0) request.destroy()
          else setTimeout(() => request.destroy(), moment)
        })
      })
      // what was sent may still wait to be read
      await expect.poll(() => closed.delete(port), { interval: 1, timeout: 10_000 }).toBe(true)
    }

    const me = async (index: number, access: string): Promise<number> => {
      const headers = { authorization: `Bearer ${access}` }
      return (await at(index).fetch(new Request('http://127.0.0.1:8000/auth/users/me/', { headers }))).status
    }

    const liveSessions = async (email: string) => {
      const { deps } = at(0)
      const user = await deps.store.users.byEmail(email)
      return deps.store.sessions.listOf(user?.id ?? 0, deps.clock.now())
    }

    const round = fc.record({
      /** The instance that each tab asks. */
      tabs: fc.array(fc.nat(1), { minLength: 1, maxLength: 6 }),
      /** When the connections of others break, in milliseconds. */
      lost: fc.array(fc.record({ instance: fc.nat(1), moment: fc.nat(6) }), { maxLength: 4 }),
      /** Seconds after which somebody who heard nothing asks again. */
      again: fc.array(fc.record({ instance: fc.nat(1), pause: fc.nat(10) }), { maxLength: 3 }),
    })

    it('lost answers, tabs at once and retries within the window give one successor, and nobody is signed out', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 4 }), async (rounds) => {
          const user = await at(0).signedUpUser()
          let token = user.refresh
          for (const { tabs, lost, again } of rounds) {
            const current = token
            const [answers] = await Promise.all([
              Promise.all(tabs.map((instance) => refresh(instance, current))),
              Promise.all(lost.map(({ instance, moment }) => lostRefresh(instance, current, moment))),
            ])
            for (const { instance, pause } of again) {
              advance(pause)
              answers.push(await refresh(instance, current))
            }
            // a request that is still under way when its child is used is a grandparent, which no window saves
            await expect.poll(() => underWay, { interval: 1, timeout: 10_000 }).toBe(0)
            expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
            expect(new Set(answers.map(({ body }) => body.refresh)).size).toBe(1)
            token = answers[0]?.body.refresh ?? ''
            expect(await me(1, answers[0]?.body.access ?? '')).toBe(200)
          }
          expect(await liveSessions(user.email)).toHaveLength(1)
          expect(await at(0).mails(user.email)).not.toContainEqual(
            expect.objectContaining({ kind: 'refresh_token_reused' }),
          )
        }),
        { numRuns: 12 },
      )
    }, 120_000)

    it('outside of the window a parent ends the family, however many replay it and wherever', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.nat(1), { minLength: 1, maxLength: 6 }),
          fc.integer({ min: 1, max: 200 }),
          async (thieves, late) => {
            const user = await at(0).signedUpUser()
            const child = await refresh(0, user.refresh)
            advance(WINDOW + late)
            const replays = await Promise.all(thieves.map((instance) => refresh(instance, user.refresh)))
            expect(replays.map(({ status }) => status)).toEqual(thieves.map(() => 401))
            const codes = replays.map(({ body }) => body.code)
            expect(codes).toContain('refresh_token_reused')
            expect(
              codes.filter((code) => !/^(refresh_token_reused|session_ended)$/.test(code ?? '')),
            ).toEqual([])
            for (const index of [0, 1])
              expect((await refresh(index, child.body.refresh)).body.code).toBe('session_ended')
            await at(1).deps.revocations.catchUp()
            await at(0).deps.revocations.catchUp()
            for (const index of [0, 1]) expect(await me(index, child.body.access ?? '')).toBe(401)
            const mails = await at(0).mails(user.email)
            expect(mails.filter(({ kind }) => kind === 'refresh_token_reused')).toHaveLength(1)
          },
        ),
        { numRuns: 8 },
      )
    }, 120_000)

    it('any sequence of good, spent and older tokens does what the rule says', async () => {
      const step = fc.record({
        instance: fc.nat(1),
        /** How many tokens back; 0 is the current one. */
        back: fc.constantFrom(0, 0, 0, 1, 1, 2, 3),
        pause: fc.constantFrom(0, 1, 15, 30, 31, 40),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
          const { refresh: first } = await at(0).signedUpUser()
          const issued = [first]
          let sinceRotation = 0
          let hasEnded = false
          for (const { instance, back, pause } of steps) {
            advance(pause)
            sinceRotation += pause
            const chosen = Math.max(0, issued.length - 1 - back)
            const isCurrent = chosen === issued.length - 1
            const isParent = chosen === issued.length - 2
            const isGood = !hasEnded && (isCurrent || (isParent && sinceRotation <= WINDOW))
            const answer = await refresh(instance, issued[chosen])
            expect(answer.status).toBe(isGood ? 200 : 401)
            if (!isGood) {
              expect(answer.body.code).toBe(hasEnded ? 'session_ended' : 'refresh_token_reused')
              hasEnded = true
            } else if (isCurrent) {
              issued.push(answer.body.refresh ?? '')
              sinceRotation = 0
            } else expect(answer.body.refresh).toBe(issued.at(-1))
          }
        }),
        { numRuns: 25 },
      )
    }, 120_000)
  })
}
