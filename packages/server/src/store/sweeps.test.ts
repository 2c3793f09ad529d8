/** Tests of what is cleaned up, what is kept, and several instances doing it at once. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleUser, testDatabases } from '../testing/databases.ts'
import type { OpenStore } from './open-store.ts'
import type { Session } from './store.ts'
import type { SweepName } from './sweeps.ts'

const DAY = 86_400_000
const NOW = 1_700_000_000_000
const RETENTION = {
  sessions: 30 * DAY,
  sentMails: 7 * DAY,
  deadMails: 90 * DAY,
  audit: 365 * DAY,
  emailChanges: 7 * DAY,
  waitingAccounts: 10 * DAY,
}
const session = (id: string, userId: number, changes: Partial<Session> = {}): Session => ({
  ...{ id, userId, createdAt: 1, lastUsedAt: 1, expiresAt: NOW, authenticatedAt: 1, amr: 'pwd' },
  ...{ userAgent: '', address: '', refreshHash: id, parentHash: null, rotatedAt: 1 },
  ...{ endedAt: null, endReason: null, ...changes },
})
const mail = (createdAt: number, userId: number | null = null) => ({
  ...{ userId, kind: 'activation' as const, to: 'x@example.com', subject: '', text: '', html: '' },
  ...{ messageId: `<${createdAt}@x>`, createdAt },
})

describe.each(testDatabases())('cleaning up | $name', (database) => {
  let store: OpenStore
  let userId: number
  beforeEach(async () => {
    await database.close()
    store = await database.open({ retention: RETENTION })
    const user = await store.users.insert(sampleUser('old@example.com', { isActive: true }))
    userId = user?.id ?? 0
  })
  afterAll(() => database.close())
  const sweep = (name: SweepName, limit = 100) => store.sweep(name, { now: NOW, limit })

  it('deletes sessions some time after they ended or expired', async () => {
    await store.sessions.insert(session('running', userId, { expiresAt: NOW + 1 }))
    await store.sessions.insert(session('expired lately', userId, { expiresAt: NOW - 29 * DAY }))
    await store.sessions.insert(session('expired', userId, { expiresAt: NOW - 31 * DAY }))
    await store.sessions.insert(session('ended', userId, { endedAt: NOW - 31 * DAY, expiresAt: NOW + 1 }))
    expect(await sweep('sessions')).toBe(2)
    expect(await store.sessions.byId('expired')).toBeNull()
    expect(await store.sessions.byId('ended')).toBeNull()
    expect(await store.sessions.byId('running')).not.toBeNull()
    expect(await store.sessions.byId('expired lately')).not.toBeNull()
  })

  it('deletes revocations and blacklisted tokens that no token can meet any more, be the clock a day ahead', async () => {
    await store.revocations.add({ sessionId: 'over', expiresAt: NOW - DAY - 1 })
    await store.revocations.add({ sessionId: 'matters', expiresAt: NOW - DAY })
    await store.revocations.blacklist('over', NOW - DAY - 1)
    await store.revocations.blacklist('matters', NOW - DAY)
    expect([await sweep('revocations'), await sweep('blacklist')]).toEqual([1, 1])
    expect((await store.revocations.since(0, 0)).map(({ sessionId }) => sessionId)).toEqual(['matters'])
    expect(await store.revocations.isBlacklisted('matters')).toBe(true)
  })

  it('deletes mails that were delivered, later those given up, and never one that waits', async () => {
    for (const age of [6, 8, 8, 8, 91]) await store.outbox.add(mail(NOW - age * DAY))
    const ids = (await store.outbox.list({ limit: 9 })).map(({ id }) => id)
    const [dead = 0, , delivered = 0, , lately = 0] = ids
    await store.outbox.sent(delivered, NOW, false)
    await store.outbox.sent(lately, NOW, false)
    await store.outbox.failed(dead, 'no', null)
    expect([await sweep('sent_mails'), await sweep('dead_mails')]).toEqual([1, 1])
    expect(await store.outbox.list({ limit: 9 })).toHaveLength(3)
  })

  it('deletes changes of addresses once they can be neither confirmed nor taken back', async () => {
    const change = { userId, oldEmail: 'a@example.com', newEmail: 'b@example.com', sessionId: null }
    const old = NOW - 8 * DAY
    await store.emailChanges.add({ ...change, requestedAt: old, confirmedAt: null })
    await store.emailChanges.add({ ...change, requestedAt: old, confirmedAt: old })
    await store.emailChanges.add({ ...change, requestedAt: old, confirmedAt: NOW - 6 * DAY })
    expect(await sweep('email_changes')).toBe(2)
    expect(await store.emailChanges.undoableOf(userId, 0)).toHaveLength(1)
  })

  it('deletes accounts that nobody activated, unless they were mailed to lately', async () => {
    const createdAt = NOW - 11 * DAY
    const insert = async (email: string, changes = {}) =>
      (await store.users.insert(sampleUser(email, { createdAt, ...changes })))?.id ?? 0
    await insert('waits@example.com')
    await insert('lately@example.com', { createdAt: NOW - 9 * DAY })
    await insert('active@example.com', { isActive: true })
    await insert('staff@example.com', { isStaff: true })
    const off = await insert('off@example.com')
    await store.users.update(off, { deactivatedAt: NOW })
    await store.outbox.add(mail(NOW - DAY, await insert('again@example.com')))
    expect(await sweep('waiting_accounts')).toBe(1)
    expect(await store.users.byEmail('waits@example.com')).toBeNull()
    expect(await store.users.list({ afterId: 0, limit: 9 })).toHaveLength(6)
  })

  it('keeps accounts that nobody activated by default', async () => {
    const usual = await database.open()
    await usual.users.insert(sampleUser('waits@example.com', { createdAt: 1 }))
    expect(await usual.sweep('waiting_accounts', { now: NOW, limit: 9 })).toBe(0)
  })

  it('takes no more than it may at once, and several instances delete each row once', async () => {
    for (let n = 0; n < 60; n += 1) await store.revocations.add({ sessionId: `${n}`, expiresAt: 1 })
    expect(await sweep('revocations', 10)).toBe(10)
    const others = [store, await database.open(), await database.open()]
    const counts: number[] = []
    while ((await store.revocations.since(0, 0)).length > 0) {
      const round = others.map((one) => one.sweep('revocations', { now: NOW, limit: 7 }))
      counts.push(...(await Promise.all(round)))
    }
    expect(counts.reduce((sum, count) => sum + count)).toBe(50)
  })
})
