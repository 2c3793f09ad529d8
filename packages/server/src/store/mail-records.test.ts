/** What staff see of mails, and how one that was given up gets another try. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../testing/databases.ts'
import type { OpenStore } from './open-store.ts'
import type { NewMail } from './store.ts'

const NOW = 1_700_000_000_000
const LINK = 'https://shop.example/activate/MQ/very-secret-token'

const mail = (to: string): NewMail => ({
  userId: null,
  kind: 'activation',
  to,
  subject: `Open ${LINK}`,
  text: `Open ${LINK}`,
  html: `<a href="${LINK}">Open</a>`,
  messageId: `<${to}>`,
  createdAt: NOW,
})

describe.each(testDatabases())('records of mails | $name', (database) => {
  let store: OpenStore
  let queued = 0
  beforeAll(async () => {
    const onMailQueued = () => {
      queued += 1
    }
    store = await database.open({ onMailQueued })
    for (const to of ['a@example.com', 'b@example.com', 'c@example.com', 'a@example.com']) {
      await store.outbox.add(mail(to))
    }
    await store.outbox.claim({ now: NOW, lease: 1, limit: 2 })
    await store.outbox.sent(1, NOW + 5, false)
    await store.outbox.failed(2, '550 no such user', null)
  })
  afterAll(() => database.close())

  const ids = async (query: Partial<Parameters<OpenStore['outbox']['page']>[0]>) =>
    (await store.outbox.page({ limit: 10, ...query })).map(({ id }) => id)

  it('come newest first, by state, by recipient, page by page', async () => {
    expect(await ids({})).toEqual([4, 3, 2, 1])
    expect(await ids({ limit: 2 })).toEqual([4, 3])
    expect(await ids({ limit: 2, afterId: 3 })).toEqual([2, 1])
    expect(await ids({ state: 'dead' })).toEqual([2])
    expect(await ids({ state: 'queued' })).toEqual([4, 3])
    expect(await ids({ to: 'a@example.com' })).toEqual([4, 1])
  })

  it('hold nothing of what is in the mail: its link would open an account', async () => {
    const records = [...(await store.outbox.page({ limit: 10 })), await store.outbox.recordById(2)]
    expect(JSON.stringify(records)).not.toContain('secret')
    expect(records.at(-1)).toMatchObject({ state: 'dead', attempts: 1, lastError: '550 no such user' })
    expect(await store.outbox.recordById(99)).toBeNull()
  })

  it('a mail that was given up is due again, once, as if it were new, and the worker is told', async () => {
    const told = queued
    const tries = await Promise.all(Array.from({ length: 6 }, () => store.outbox.retry(2, NOW + 9)))
    expect(tries.filter(Boolean)).toHaveLength(1)
    expect(queued).toBe(told + 1)
    expect(await store.outbox.recordById(2)).toMatchObject({
      state: 'queued',
      attempts: 0,
      nextAttemptAt: NOW + 9,
      lastError: null,
    })
  })

  it('a mail that was sent, is on its way, or is not there is not tried again', async () => {
    for (const id of [1, 3, 99]) expect(await store.outbox.retry(id, NOW), String(id)).toBe(false)
  })
})
