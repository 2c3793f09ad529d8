import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Secret } from '../domain/secret.ts'
import type { OpenStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { testDatabases } from '../testing/databases.ts'
import type { SmtpSink } from '../testing/smtp-sink.ts'
import { startSmtpSink } from '../testing/smtp-sink.ts'
import type { OutboxWorkerDeps } from './outbox-worker.ts'
import { createOutboxWorker, nextAttempt } from './outbox-worker.ts'
import { createSmtpTransport } from './smtp-transport.ts'
import type { MailTransport } from './transport.ts'
import { DeliveryError } from './transport.ts'

const START = Date.UTC(2026, 10, 24, 4, 5, 6)
const SECOND = 1000
const HOUR = 3_600_000

let time = START
const clock = { now: () => time }
let sink: SmtpSink
let transport: MailTransport
const errors: string[] = []

const newTransport = () =>
  createSmtpTransport({
    url: new Secret(`smtp://127.0.0.1:${sink.port}`),
    from: 'accounts@example.com',
    timeouts: { connection: 1500, answer: 1500, delivery: 3000 },
  })

const queue = async (store: Store, count: number) => {
  for (let n = 1; n <= count; n += 1)
    await store.outbox.add({
      userId: null,
      kind: 'activation',
      to: `user${n}@example.com`,
      subject: `Mail ${n}`,
      text: 'Hello,\n\nhttp://localhost:3000/activate/Nw/abc\n',
      html: `<p>Hello</p>${'<p>padding</p>'.repeat(80)}`,
      messageId: `<${n}@example.com>`,
      createdAt: time,
    })
}

const arrived = () => sink.mails.map(({ messageId }) => messageId).sort()
const idsUpTo = (count: number) => Array.from({ length: count }, (_, n) => `<${n + 1}@example.com>`).sort()
const stored = async (store: Store) => {
  const mails = await store.outbox.list({ limit: 1000 })
  return mails.map(({ state, attempts, lastError, text }) => ({ state, attempts, lastError, text }))
}

beforeEach(async () => {
  time = START
  errors.length = 0
  sink = await startSmtpSink()
  transport = newTransport()
})
afterEach(async () => {
  transport.close()
  await sink.close()
})

const workerOf = (store: Pick<Store, 'outbox'>, more: Partial<OutboxWorkerDeps> = {}) =>
  createOutboxWorker({ store, transport, clock, onError: (_error, about) => errors.push(about), ...more })

const databases = testDatabases()
afterAll(async () => {
  for (const database of databases) await database.close()
})

describe.each(databases)('the outbox on $name |', (database) => {
  let store: OpenStore
  beforeEach(async () => {
    store = await database.open()
  })
  afterEach(() => database.close())

  describe('mails that are due', () => {
    it('all arrive, once each, and nothing readable stays behind', async () => {
      await queue(store, 8)
      const worker = workerOf(store)
      await worker.drain()
      expect(arrived()).toEqual(idsUpTo(8))
      expect(await stored(store)).toEqual(
        Array(8).fill({ state: 'sent', attempts: 1, lastError: null, text: '' }),
      )
      expect(worker.stats()).toEqual({ delivered: 8, postponed: 0, dead: 0, inFlight: 0 })
      expect(errors).toEqual([])
    })

    it('leave soon after the worker is woken, without waiting for its round', async () => {
      const worker = workerOf(store, { settings: { pollInterval: HOUR, spread: 20 } })
      worker.start()
      await sleep(50)
      await queue(store, 1)
      worker.wake()
      await vi.waitFor(() => expect(arrived()).toEqual(idsUpTo(1)))
      await worker.stop()
    })

    it('leave at a moment after a wake that chance decides, so that the next answer tells nothing of them', async () => {
      let looks = 0
      const outbox: Store['outbox'] = {
        ...store.outbox,
        claim: async () => {
          looks += 1
          return []
        },
      }
      const worker = workerOf({ outbox }, { settings: { pollInterval: HOUR, spread: HOUR } })
      worker.start()
      await vi.waitFor(() => expect(looks).toBe(1))
      for (let n = 0; n < 100; n += 1) worker.wake()
      await sleep(50)
      expect(looks).toBe(1)
      await worker.stop()
    })

    it('leave even if they are committed while the worker finds nothing', async () => {
      let looks = 0
      const late: Store['outbox'] = {
        ...store.outbox,
        claim: async (input) => {
          const found = await store.outbox.claim(input)
          looks += 1
          if (looks === 1) {
            await queue(store, 1)
            worker.wake()
          }
          return found
        },
      }
      const worker = workerOf(
        { outbox: late },
        { settings: { pollInterval: HOUR, concurrency: 1, spread: 20 } },
      )
      worker.start()
      await vi.waitFor(() => expect(arrived()).toEqual(idsUpTo(1)))
      await worker.stop()
    })

    it('leave with the next round even if nobody wakes the worker', async () => {
      const worker = workerOf(store, { settings: { pollInterval: 50 } })
      worker.start()
      await sleep(50)
      await queue(store, 1)
      await vi.waitFor(() => expect(arrived()).toEqual(idsUpTo(1)))
      await worker.stop()
    })

    it('are never sent twice by several workers, each with a connection of its own to the database', async () => {
      await queue(store, 30)
      sink.delay = 5
      const stores = [store, await database.open(), await database.open()]
      await Promise.all(stores.map((own) => workerOf(own).drain()))
      expect(arrived()).toEqual(idsUpTo(30))
      expect(errors).toEqual([])
    })
  })

  describe('a worker that dies with a mail in its hands', () => {
    it('leaves it to the others a minute later, and not before', async () => {
      await queue(store, 1)
      await store.outbox.claim({ now: time, lease: 60 * SECOND, limit: 1 })
      const worker = workerOf(store)
      time += 59 * SECOND
      await worker.drain()
      expect(sink.mails).toHaveLength(0)
      time += SECOND
      await worker.drain()
      expect(arrived()).toEqual(idsUpTo(1))
    })
  })

  describe('a worker that is stopped', () => {
    it('finishes the mails in flight and leaves the others for the next one', async () => {
      await queue(store, 10)
      sink.delay = 100
      const worker = workerOf(store)
      worker.start()
      await vi.waitFor(() => expect(worker.stats().inFlight).toBe(3))
      await worker.stop()
      expect(worker.stats().inFlight).toBe(0)
      const sent = (await stored(store)).filter(({ state }) => state === 'sent')
      expect(sent).toHaveLength(sink.mails.length)
      expect(sent.length).toBeLessThan(10)
      worker.wake()
      await workerOf(store).drain()
      expect(arrived()).toEqual(idsUpTo(10))
    })
  })

  describe('a mail server in trouble', () => {
    it.each(['refuses', 'hangs', 'breaks'] as const)(
      'that %s for a while costs no mail and doubles none',
      async (network) => {
        await queue(store, 4)
        sink.network = network
        const worker = workerOf(store)
        for (let round = 0; round < 2; round += 1) {
          await worker.drain()
          time += 20 * SECOND
        }
        expect(sink.mails).toHaveLength(0)
        expect(worker.stats()).toMatchObject({ postponed: 8, dead: 0 })
        expect((await stored(store))[0]?.lastError).toMatch(/\S/)
        sink.network = 'fine'
        await worker.drain()
        expect(arrived()).toEqual(idsUpTo(4))
      },
    )

    it.each([450, 421])('that answers %i for a while costs no mail and doubles none', async (code) => {
      await queue(store, 4)
      sink.refusal = { command: 'RCPT', code }
      const worker = workerOf(store)
      await worker.drain()
      await worker.drain()
      expect(worker.stats().postponed).toBe(4)
      sink.refusal = null
      time += 10 * SECOND
      await worker.drain()
      expect(arrived()).toEqual(idsUpTo(4))
    })

    it('that refuses a recipient for good is asked three times, and then the mail is dead', async () => {
      await queue(store, 1)
      sink.refusal = { command: 'RCPT', code: 550 }
      const worker = workerOf(store)
      for (let round = 0; round < 5; round += 1) {
        await worker.drain()
        time += HOUR
      }
      expect(await stored(store)).toMatchObject([{ state: 'dead', attempts: 3 }])
      expect(errors).toEqual(['mail 1 postponed', 'mail 1 postponed', 'mail 1 given up'])
      expect(worker.stats()).toEqual({ delivered: 0, postponed: 2, dead: 1, inFlight: 0 })
    })

    it('that is down for two days loses the mail, but not before', async () => {
      await queue(store, 1)
      sink.network = 'refuses'
      const worker = workerOf(store)
      while (time < START + 46 * HOUR) {
        await worker.drain()
        time += 6 * HOUR
      }
      expect(await stored(store)).toMatchObject([{ state: 'queued' }])
      time += 4 * HOUR
      await worker.drain()
      expect(await stored(store)).toMatchObject([{ state: 'dead' }])
    })
  })

  describe('a database in trouble', () => {
    const broken = () => Promise.reject(new TypeError('The database is gone.'))

    it('is waited out when it cannot be read', async () => {
      await queue(store, 2)
      let down = true
      const flaky: Store['outbox'] = {
        ...store.outbox,
        claim: (input) => (down ? broken() : store.outbox.claim(input)),
      }
      const worker = workerOf({ outbox: flaky }, { settings: { pollInterval: 20 } })
      worker.start()
      await vi.waitFor(() => expect(errors.length).toBeGreaterThan(2))
      down = false
      await vi.waitFor(() => expect(arrived()).toEqual(idsUpTo(2)))
      await worker.stop()
    })

    it('doubles no mail whose delivery it could not note', async () => {
      await queue(store, 3)
      let down = true
      const flaky: Store['outbox'] = {
        ...store.outbox,
        sent: (...args) => (down ? broken() : store.outbox.sent(...args)),
      }
      const worker = workerOf({ outbox: flaky })
      await worker.drain()
      expect(errors).toHaveLength(3)
      down = false
      time += 61 * SECOND
      await worker.drain()
      expect(arrived()).toEqual(idsUpTo(3))
      expect(await stored(store)).toMatchObject(Array(3).fill({ state: 'sent' }))
    })
  })
})

describe('the waits between attempts', () => {
  const wait = (attempts: number, error: unknown = new DeliveryError('down', false)) => {
    const next = nextAttempt({ attempts, createdAt: START }, error, START)
    return next === null ? null : (next - START) / SECOND
  }

  it.each([
    [1, 5],
    [2, 15],
    [3, 60],
    [4, 300],
    [5, 900],
    [6, 3600],
    [40, 3600],
  ])('after attempt %i are about %i seconds, and not the same for every mail', (attempts, about) => {
    const waits = Array.from({ length: 50 }, () => wait(attempts) ?? Number.NaN)
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(about * 0.8)
    expect(Math.max(...waits)).toBeLessThanOrEqual(about * 1.2)
    expect(new Set(waits).size).toBeGreaterThan(1)
  })

  it('go on after a fault of our own', () => {
    expect(wait(3, new TypeError('a bug'))).not.toBeNull()
  })
})
