import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import { testDatabases } from '../testing/databases.ts'
import { createSealer } from '../tokens/seal.ts'
import { connect, type OpenStore } from './open-store.ts'
import type { NewMail } from './store.ts'

const NOW = 1_700_000_000_000
const LEASE = 60_000
const LINK = 'https://shop.example/password/reset/confirm/MQ/very-secret-token'

const newMail = (to: string, changes: Partial<NewMail> = {}): NewMail => ({
  userId: null,
  kind: 'password_reset',
  to,
  subject: 'Setel ulang kata sandi – 密码',
  text: `Open ${LINK}`,
  html: `<a href="${LINK}">Open</a>`,
  messageId: `<${to}>`,
  createdAt: NOW,
  ...changes,
})

const recipients = (mails: readonly { to: string }[]) => mails.map(({ to }) => to)

describe.each(testDatabases())('claiming mails | $name', (database) => {
  let store: OpenStore
  beforeEach(async () => {
    store = await database.open()
    return () => database.close()
  })

  it('gives the mail as it was queued, and counts the attempt', async () => {
    await store.outbox.add(newMail('a@example.com'))
    expect(await store.outbox.claim({ now: NOW, lease: LEASE, limit: 9 })).toStrictEqual([
      {
        ...newMail('a@example.com'),
        id: 1,
        state: 'queued',
        attempts: 1,
        nextAttemptAt: NOW + LEASE,
        sentAt: null,
        lastError: null,
      },
    ])
  })

  it('gives due mails only, the oldest first, no more than asked for', async () => {
    await store.outbox.add(newMail('third@example.com', { createdAt: NOW }))
    await store.outbox.add(newMail('first@example.com', { createdAt: NOW - 2 }))
    await store.outbox.add(newMail('second@example.com', { createdAt: NOW - 1 }))
    await store.outbox.add(newMail('future@example.com', { createdAt: NOW + 1 }))
    const claim = () => store.outbox.claim({ now: NOW, lease: LEASE, limit: 2 })
    expect(recipients(await claim())).toEqual(['first@example.com', 'second@example.com'])
    expect(recipients(await claim())).toEqual(['third@example.com'])
    expect(await claim()).toEqual([])
  })

  it('never gives one mail to two workers', async () => {
    const other = await database.open()
    await store.transaction(async ({ outbox }) => {
      for (let n = 0; n < 60; n += 1) await outbox.add(newMail(`n${n}@example.com`))
    })
    const claims = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        (n % 2 ? store : other).outbox.claim({ now: NOW, lease: LEASE, limit: 5 }),
      ),
    )
    const ids = claims.flat().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    // what somebody was just looking at is left for the next round, not lost
    const rest = await store.outbox.claim({ now: NOW, lease: LEASE, limit: 60 })
    expect(ids.length + rest.length).toBe(60)
  })

  it('gives a mail to somebody else when the one who took it crashed, but not before the lease ends', async () => {
    await store.outbox.add(newMail('a@example.com'))
    await store.outbox.claim({ now: NOW, lease: LEASE, limit: 1 })
    await store.close()
    const survivor = await database.open()
    expect(await survivor.outbox.claim({ now: NOW + LEASE - 1, lease: LEASE, limit: 1 })).toEqual([])
    const [mail] = await survivor.outbox.claim({ now: NOW + LEASE, lease: LEASE, limit: 1 })
    expect(mail).toMatchObject({ to: 'a@example.com', messageId: '<a@example.com>', attempts: 2 })
  })

  it('sorts out a mail that cannot be unsealed any more, so that it does not hold up the others', async () => {
    const stranger = createSealer([new Secret('a secret that was lost since then')], 'outbox')
    await (await database.open({ sealer: stranger })).outbox.add(newMail('lost@example.com'))
    await store.outbox.add(newMail('good@example.com'))
    const claimed = await store.outbox.claim({ now: NOW, lease: LEASE, limit: 9 })
    expect(recipients(claimed)).toEqual(['good@example.com'])
    expect(await store.outbox.list({ to: 'lost@example.com', limit: 1 })).toMatchObject([
      { state: 'dead', text: '', html: '', lastError: 'The body cannot be unsealed: its secret is gone.' },
    ])
  })
})

describe.each(testDatabases())('what becomes of a mail | $name', (database) => {
  let store: OpenStore
  let id: number
  const find = async () => (await store.outbox.list({ limit: 1 }))[0]
  const claim = (now: number) => store.outbox.claim({ now, lease: LEASE, limit: 1 })

  beforeEach(async () => {
    store = await database.open()
    await store.outbox.add(newMail('a@example.com'))
    id = (await claim(NOW))[0]?.id ?? 0
    return () => database.close()
  })

  it('is wiped when it was delivered, and not delivered again', async () => {
    await store.outbox.sent(id, NOW + 1, false)
    expect(await find()).toMatchObject({ state: 'sent', sentAt: NOW + 1, text: '', html: '' })
    expect(await claim(NOW + LEASE)).toEqual([])
  })

  it('keeps its body for the development mailbox', async () => {
    await store.outbox.sent(id, NOW + 1, true)
    expect(await find()).toMatchObject({ state: 'sent', text: `Open ${LINK}` })
  })

  it('is tried again when its time comes', async () => {
    await store.outbox.failed(id, 'connection refused', NOW + 5)
    expect(await find()).toMatchObject({ state: 'queued', lastError: 'connection refused', attempts: 1 })
    expect(await claim(NOW + 4)).toEqual([])
    expect(await claim(NOW + 5)).toMatchObject([{ id, attempts: 2, text: `Open ${LINK}` }])
  })

  it('is given up when there is no next time', async () => {
    await store.outbox.failed(id, 'mailbox unavailable', null)
    expect(await find()).toMatchObject({ state: 'dead', lastError: 'mailbox unavailable' })
    expect(await claim(NOW + 10 * LEASE)).toEqual([])
  })

  it('stays delivered when a slow worker reports a failure afterwards', async () => {
    await store.outbox.sent(id, NOW + 1, false)
    await store.outbox.failed(id, 'timeout', NOW + 2)
    await store.outbox.failed(id, 'timeout', null)
    expect(await find()).toMatchObject({ state: 'sent', lastError: null })
  })

  it('is listed with the others, newest first, for one recipient or all', async () => {
    await store.outbox.add(newMail('b@example.com'))
    await store.outbox.add(newMail('a@example.com', { subject: 'second' }))
    expect(recipients(await store.outbox.list({ limit: 2 }))).toEqual(['a@example.com', 'b@example.com'])
    const mine = await store.outbox.list({ to: 'a@example.com', limit: 9 })
    expect(mine.map(({ subject }) => subject)).toEqual(['second', newMail('').subject])
  })
})

describe.each(testDatabases())('mails and transactions | $name', (database) => {
  let store: OpenStore
  let notices = 0
  const count = async (work: () => Promise<unknown>) => {
    notices = 0
    await work()
    return notices
  }
  beforeAll(async () => {
    store = await database.open({
      onMailQueued: () => {
        notices += 1
      },
    })
  })
  afterAll(() => database.close())

  it('tells the worker at once of a mail, and once of all mails of a transaction', async () => {
    expect(await count(() => store.outbox.add(newMail('plain@example.com')))).toBe(1)
    const both = () =>
      store.transaction(async ({ outbox }) => {
        await outbox.add(newMail('one@example.com'))
        await outbox.add(newMail('two@example.com'))
        expect(notices).toBe(0)
      })
    expect(await count(both)).toBe(1)
  })

  it('tells nothing of a transaction without mails', async () => {
    expect(await count(() => store.transaction(async ({ users }) => users.byId(1)))).toBe(0)
  })

  it('drops the mail, and tells nothing, when its cause was not stored', async () => {
    const failing = store.transaction(async ({ outbox }) => {
      await outbox.add(newMail('never@example.com'))
      throw new RangeError('changed my mind')
    })
    expect(await count(() => expect(failing).rejects.toThrow('changed my mind'))).toBe(0)
    expect(await store.outbox.list({ to: 'never@example.com', limit: 1 })).toEqual([])
  })
})

describe.each(testDatabases())('a stolen copy of the database | $name', (database) => {
  afterAll(() => database.close())

  it('holds no link of a mail, neither in its rows nor in the bytes of its files', async () => {
    const store = await database.open()
    await store.outbox.add(newMail('victim@example.com'))
    const { db, dialect } = connect(await database.url())
    const rows = JSON.stringify(await db.selectFrom('outbox').selectAll().execute())
    await db.destroy()
    const bytes = dialect === 'sqlite' ? await fileBytes(await database.url()) : ''
    for (const copy of dialect === 'sqlite' ? [rows, bytes] : [rows]) {
      expect(copy).toContain('victim@example.com')
      expect(copy).not.toContain('very-secret-token')
      expect(copy).not.toContain('shop.example')
    }
  })
})

/** The database file and its log, as they lie on the disk while the server runs. */
async function fileBytes(url: string): Promise<string> {
  const path = url.slice('sqlite:'.length)
  const files = await Promise.all([readFile(path), readFile(`${path}-wal`)])
  return Buffer.concat(files).toString('latin1')
}
