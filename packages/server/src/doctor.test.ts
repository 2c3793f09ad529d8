/** What the doctor finds on the disk. */
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrateDatabase } from './database.ts'
import { examine } from './doctor.ts'
import {
  examineBreached,
  examineClocks,
  examineFiles,
  examineKeyAge,
  examineOutbox,
  examineProxy,
  examineRedis,
  examineSecrets,
} from './doctor-checks.ts'
import { markCopy } from './store/copy/copy-mark.ts'
import { connect } from './store/open-store.ts'
import { testSettings } from './testing/test-settings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doorward-doctor-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the doctor | the database file', () => {
  it('is for its owner alone when it is made, and a warning when others can read it', async () => {
    const path = join(folder, 'doorward.db')
    const settings = testSettings({ database: `sqlite:${path}` })
    await migrateDatabase(settings)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const find = async () => (await examine(settings, [])).find(({ about }) => about === 'database')
    expect(await find()).toMatchObject({ level: 'ok' })
    chmodSync(path, 0o644)
    expect(await find()).toMatchObject({ level: 'warning', fix: `Run \`chmod 600 ${path}*\`.` })
  })

  it('is a problem while a copy has filled it only in part, and so is a server that does not answer', async () => {
    const settings = testSettings({ database: `sqlite:${join(folder, 'doorward.db')}` })
    const target = connect(settings.database.url)
    await markCopy(target, 'postgres://db.example.org/accounts')
    await target.db.destroy()
    const find = async (one: typeof settings) =>
      (await examine(one, [])).find(({ about }) => about === 'database')
    expect(await find(settings)).toMatchObject({
      level: 'problem',
      says: expect.stringMatching(/part of a copy of postgres:.*Run the same `doorward db copy` once more/),
      fix: null,
    })
    const away = testSettings({ database: 'postgres://127.0.0.1:1/accounts' })
    expect(await find(away)).toMatchObject({ level: 'problem', fix: expect.stringContaining('DATABASE_URL') })
  })
})

describe('the doctor | a healthy installation', () => {
  it('gets no problem, and is looked at from every side', async () => {
    const settings = testSettings({ database: `sqlite:${join(folder, 'doorward.db')}` })
    await migrateDatabase(settings)
    const findings = await examine(settings, [])
    expect(findings.filter(({ level }) => level === 'problem')).toEqual([])
    expect(new Set(findings.map(({ about }) => about))).toEqual(
      new Set([
        ...['configuration', 'secrets', 'database', 'mail', 'public address', 'clock', 'outbox', 'keys'],
        ...['key age', 'proxy', 'files', 'disk'],
      ]),
    )
    for (const { level, fix } of findings) expect(fix === null).toBe(level === 'ok')
  })
})

describe('the doctor | what it finds, and what to do', () => {
  it('clocks that differ, which way', () => {
    expect(examineClocks(1500).level).toBe('ok')
    expect(examineClocks(3_600_000)).toMatchObject({
      level: 'problem',
      says: expect.stringContaining('behind'),
    })
    expect(examineClocks(-5000)).toMatchObject({ level: 'problem', says: expect.stringContaining('ahead') })
  })

  it('mails that are late, and mails that were given up', () => {
    expect(examineOutbox({ queued: 3, dead: 0, lag: 1000 }).level).toBe('ok')
    expect(examineOutbox({ queued: 3, dead: 0, lag: 900_000 })).toMatchObject({
      level: 'problem',
      says: '3 mails wait, one of them for 15 minutes',
    })
    expect(examineOutbox({ queued: 0, dead: 2, lag: 0 })).toMatchObject({
      level: 'warning',
      fix: expect.stringContaining('doorward mail retry'),
    })
  })

  it('a key that has signed for too long', () => {
    const key = { kid: 'k', alg: 'EdDSA', state: 'current', createdAt: 0, retireAfter: null } as const
    expect(examineKeyAge([key], 300 * 86_400_000).level).toBe('ok')
    expect(examineKeyAge([key], 400 * 86_400_000)).toMatchObject({
      level: 'warning',
      says: 'the signing key is 400 days old',
      fix: expect.stringContaining('doorward keys rotate'),
    })
  })

  it('a proxy that Doorward was not told of', () => {
    const behind = (trustProxy: string) =>
      examineProxy(
        testSettings({ config: { server: { publicUrl: 'https://accounts.example.org', trustProxy } } }),
      )
    expect(behind('1').level).toBe('ok')
    expect(behind('')).toMatchObject({ level: 'warning', fix: expect.stringContaining('TRUST_PROXY=1') })
  })

  it('a Redis that is away, or takes connections and says nothing', async () => {
    const at = (redisUrl: string) => examineRedis(testSettings({ config: { throttle: { redisUrl } } }))
    expect(await at('redis://127.0.0.1:1')).toMatchObject({
      level: 'problem',
      fix: expect.stringContaining('REDIS_URL'),
    })
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    expect(await at(`redis://127.0.0.1:${port}`)).toMatchObject({ level: 'problem' })
    silent.close()
    expect(await examineRedis(testSettings({}))).toBeNull()
  })

  it('breached passwords that cannot be looked up', async () => {
    const file = join(folder, 'hashes.txt')
    const inFile = () => examineBreached(testSettings({ config: { passwords: { breachedFile: file } } }))
    writeFileSync(file, `${'A'.repeat(40)}:3\n`)
    expect(await inFile()).toMatchObject({ level: 'ok' })
    writeFileSync(file, 'letmein\n')
    expect(await inFile()).toMatchObject({ level: 'problem', says: expect.stringContaining('SHA-1') })
    const breachedHost = 'https://127.0.0.1:1'
    expect(await examineBreached(testSettings({ config: { passwords: { breachedHost } } }))).toMatchObject({
      level: 'problem',
      fix: expect.stringContaining('BREACHED_PASSWORDS_URL'),
    })
    expect(await examineBreached(testSettings({}))).toBeNull()
  })

  it('a secret that can be guessed, and files that others can read', () => {
    const settings = testSettings({ database: `sqlite:${join(folder, 'doorward.db')}` })
    expect(examineSecrets({ ...settings, secrets: { list: ['short'] } }).level).toBe('problem')
    const path = join(folder, 'secret')
    writeFileSync(path, 'x', { mode: 0o644 })
    expect(examineFiles(settings)).toMatchObject([{ level: 'problem', fix: `Run: chmod 600 ${path}` }])
  })
})
