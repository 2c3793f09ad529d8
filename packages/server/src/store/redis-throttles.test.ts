/** What becomes of counting when Redis is away, does not answer, or must not be written to. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseLimit } from '../domain/throttle.ts'
import { startSmtpSink } from '../testing/smtp-sink.ts'
import { createRedisThrottles } from './redis-throttles.ts'

const NOW = 1_900_000_000_000
const limit = parseLimit('3 per 1h, then 2s to 1m') ?? expect.fail('not a limit')

describe('counters | a Redis that is away', () => {
  it('does not let anybody guess freely: the process counts for itself, and says so once', async () => {
    const told: unknown[] = []
    const store = createRedisThrottles('redis://127.0.0.1:1', (error) => told.push(error))
    const waits = []
    for (let i = 0; i < 4; i += 1) waits.push((await store.take([{ key: 'away', limit }], NOW))[0]?.wait)
    expect(waits).toEqual([0, 0, 0, 2000])
    expect(told).toHaveLength(1)
    await store.close()
  })
})

describe('counters | a Redis that takes connections and says nothing', () => {
  it('keeps nobody waiting until the connection is given up', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const connected = once(silent, 'connection') as Promise<[Socket]>
    const store = createRedisThrottles(urlOf(silent.address()), () => {})
    const [socket] = await connected
    const givenUp = once(socket.resume(), 'close').then(() => 'given up')
    const counted = store.take([{ key: 'silent', limit }], NOW).then(() => 'counted')
    expect(await Promise.race([counted, givenUp])).toBe('counted')
    await store.close()
    silent.close()
  })
})

describe('counters | a Redis whose certificate nobody vouches for', () => {
  it.each([
    ['while the program runs', false],
    ['while the program ends', true],
  ])('is not asked, and cannot end the program by what it says after it: %s', async (_, isEnding) => {
    // what is seen of it is its TLS; whoever stands between adds to it
    const secure = await startSmtpSink({ secure: true })
    const said: Buffer[] = []
    const between = createServer((client) => {
      const server = connect(secure.port, '127.0.0.1')
      server.on('error', () => {}).on('data', (bytes: Buffer) => said.push(bytes))
      client.on('error', () => {}).on('data', (bytes) => server.write(bytes))
    }).listen(0, '127.0.0.1')
    const connected = once(between, 'connection') as Promise<[Socket]>
    await once(between, 'listening')
    const faults: unknown[] = []
    const onFault = (fault: unknown) => faults.push(fault)
    process.on('uncaughtException', onFault)
    const told: unknown[] = []
    const store = createRedisThrottles(urlOf(between.address(), 'rediss'), (error) => told.push(error))
    const [client] = await connected
    await expect.poll(() => said.length).toBeGreaterThan(0)
    if (isEnding) await store.close()
    client.write(Buffer.concat([...said, Buffer.from('no TLS any more')]))
    await once(client, 'close')
    await expect.poll(() => told).toEqual([expect.objectContaining({ code: expect.stringMatching(/CERT/) })])
    expect((await store.take([{ key: 'refused', limit }], NOW))[0]?.level).toBe(1)
    expect(faults).toEqual([])
    process.off('uncaughtException', onFault)
    await store.close()
    between.close()
    await secure.close()
  })
})

// only where Redis is installed: Doorward needs none
if (spawnSync('redis-server', ['--version']).status === 0) {
  describe('counters | a Redis that becomes a replica', () => {
    it('is told of each time, and left for the one that its name leads to now', async () => {
      const { port, operator } = await runRedis()
      const told: string[] = []
      const store = createRedisThrottles(`redis://127.0.0.1:${port}`, (error) => told.push(String(error)))
      const counted = async () => {
        await store.take([{ key: 'moved', limit }], NOW)
        return operator.hget('{doorward}:throttle:moved', 'level')
      }
      const connections = async () => ((await operator.client('LIST')) as string).match(/^id=\d+/gm)
      expect(await counted()).toBe('1')
      const first = await connections()

      await operator.replicaof('127.0.0.1', '1')
      expect(await counted()).toBe('1')
      expect(told).toEqual([expect.stringContaining('READONLY')])

      await operator.replicaof('NO', 'ONE')
      await expect.poll(counted, { timeout: 5000 }).toBe('2')
      expect(await connections()).not.toEqual(first)

      await operator.replicaof('127.0.0.1', '1')
      expect(await counted()).toBe('2')
      expect(told).toHaveLength(2)
      await store.close()
    })
  })

  describe('counters | a Redis that fails, and works again', () => {
    const config = (operator: Redis, ...words: readonly [string, string]) => operator.config('SET', ...words)
    it.each<[string, (redis: Running) => Promise<unknown>, (redis: Running) => Promise<unknown>]>([
      [
        'is full',
        ({ operator }) => config(operator, 'maxmemory', '1'),
        ({ operator }) => config(operator, 'maxmemory', '0'),
      ],
      [
        'misses its replicas',
        ({ operator }) => config(operator, 'min-replicas-to-write', '1'),
        ({ operator }) => config(operator, 'min-replicas-to-write', '0'),
      ],
      ['stands still', ({ operator }) => operator.call('CLIENT', 'PAUSE', '2500', 'ALL'), async () => {}],
      ['is killed', ({ kill }) => kill(), ({ start }) => start()],
    ])(
      '%s: the process counts for itself, keeps nobody waiting, says so once, and goes back',
      async (_, fail, mend) => {
        const redis = await runRedis()
        const told: unknown[] = []
        const store = createRedisThrottles(`redis://127.0.0.1:${redis.port}`, (error) => told.push(error))
        const count = async () => (await store.take([{ key: 'failing', limit }], NOW))[0]
        const shared = () => redis.operator.hget('{doorward}:throttle:failing', 'level')
        await count()
        expect(await shared()).toBe('1')

        await fail(redis)
        const began = performance.now()
        const waits = []
        for (let i = 0; i < 4; i += 1) waits.push((await count())?.wait)
        await store.settle({ giveBack: ['failing'], forget: [] })
        expect(waits).toEqual([0, 0, 0, 2000])
        expect(performance.now() - began).toBeLessThan(4000)
        expect(told).toHaveLength(1)

        await mend(redis)
        await expect.poll(async () => count().then(shared), { timeout: 10_000 }).toMatch(/^[123]$/)
        expect(told).toHaveLength(1)
        await store.close()
      },
    )
  })
}

const urlOf = (address: unknown, scheme = 'redis'): string =>
  `${scheme}://127.0.0.1:${(address as { port: number }).port}`

/** A Redis of the test's own, and a connection to look at it and to change it. */
interface Running {
  readonly port: number
  readonly operator: Redis
  start(): Promise<void>
  kill(): Promise<void>
}

async function runRedis(): Promise<Running> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  const operator = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null })
  operator.on('error', () => {})
  let server: ChildProcess | undefined
  const start = async () => {
    server = spawn('redis-server', ['--port', String(port), '--save', ''], { stdio: 'ignore' })
    await operator.ping()
  }
  const kill = async () => {
    if (server?.kill('SIGKILL')) await once(server, 'exit')
  }
  onTestFinished(async () => {
    operator.disconnect()
    await kill()
  })
  await start()
  return { port, operator, start, kill }
}
