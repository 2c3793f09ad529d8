/** Backups are taken while people sign in, and what is restored is an installation that works. */
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backup } from './backup.ts'
import { resolveSettings } from './config/resolve.ts'
import type { Settings } from './config/settings.ts'
import { createDoorward, type Doorward } from './create-doorward.ts'
import { Secret } from './domain/secret.ts'
import { createSuperuser } from './flows/create-superuser.ts'
import { testDatabases } from './testing/databases.ts'

const ADA = { email: 'ada@example.com', password: 'Kiddie-Ride-4821' }
const ORIGIN = { address: '', userAgent: 'a test', requestId: '' }

const settingsFor = (url: string): Settings =>
  resolveSettings({
    config: {
      server: { throttle: false },
      database: { url },
      secrets: { list: ['only for tests: everybody may know this secret'] },
      passwords: { memoryCost: 8, timeCost: 1 },
    },
  }).settings

async function post(doorward: Doorward, path: string, body: object): Promise<Record<string, string>> {
  const url = `${doorward.settings.server.publicUrl}/auth/${path}`
  const headers = { 'content-type': 'application/json' }
  const answer = await doorward.fetch(
    new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }),
  )
  expect(answer.status).toBe(200)
  return (await answer.json()) as Record<string, string>
}

async function withStaff(doorward: Doorward): Promise<Doorward> {
  const profile = { first_name: 'Ada', last_name: 'Staff', role: 'admin' }
  await createSuperuser(doorward.deps, {
    ...{ email: ADA.email, profile, origin: ORIGIN },
    password: new Secret(ADA.password),
  })
  return doorward
}

const meOf = (doorward: Doorward, access: string) =>
  doorward.fetch(
    new Request(`${doorward.settings.server.publicUrl}/auth/users/me/`, {
      headers: { authorization: `JWT ${access}` },
    }),
  )

describe('a backup of SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doorward-backup-'))
  const source = settingsFor(`sqlite:${join(folder, 'live', 'doorward.db')}`)
  const file = join(folder, 'doorward.backup')
  let live: Doorward
  beforeAll(async () => {
    live = await withStaff(await createDoorward({ settings: source, deliver: false }))
  })
  afterAll(async () => {
    await live.close()
    rmSync(folder, { recursive: true })
  })

  it('is taken while others write, and holds everything that was answered before', async () => {
    const before = await post(live, 'jwt/create/', ADA)
    let writing = true
    const signingIn = (async () => {
      while (writing) await post(live, 'jwt/create/', ADA)
    })()
    expect(backup(source, file)).toEqual({ database: file, keys: `${file}.keys.json` })
    writing = false
    await signingIn

    const restored = join(folder, 'restored')
    mkdirSync(restored)
    copyFileSync(file, join(restored, 'doorward.db'))
    copyFileSync(`${file}.keys.json`, join(restored, 'keys.json'))
    const settings = settingsFor(`sqlite:${join(restored, 'doorward.db')}`)
    const again = await createDoorward({ settings, deliver: false })
    expect((await meOf(again, before.access ?? '')).status).toBe(200)
    await post(again, 'jwt/refresh/', { refresh: before.refresh })
    await again.close()
  })

  it('can be read by its owner alone, and leaves nothing half written', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(`${file}.keys.json`).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).some((name) => name.endsWith('.part'))).toBe(false)
  })

  it('never replaces a file, and needs a database', () => {
    expect(() => backup(source, file)).toThrow('is there already')
    expect(() => backup(settingsFor(`sqlite:${folder}/none.db`), `${file}2`)).toThrow('There is no database')
    writeFileSync(join(folder, 'text.db'), 'this is a text')
    const text = settingsFor(`sqlite:${folder}/text.db`)
    expect(() => backup(text, `${file}2`)).toThrow('The database cannot be used: file is not a database')
    expect(existsSync(`${file}2`)).toBe(false)
    expect(() => backup(settingsFor('postgres://localhost/x'), file)).toThrow('pg_dump')
  })
})

/** Where Debian keeps the tools of each version; elsewhere they are on the path. */
const hasTools = (() => {
  try {
    execFileSync('pg_dump', ['--version'])
    return true
  } catch {
    return false
  }
})()

describe.each(hasTools ? testDatabases().slice(1) : [])(
  'a backup of $name with its own tools',
  (database) => {
    const [, target] = testDatabases()
    afterAll(async () => {
      await database.close()
      await target?.close()
    })

    it('holds tokens and keys: who was signed in is so after the restore', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'doorward-dump-'))
      const file = join(folder, 'doorward.dump')
      const url = await database.url()
      const live = await withStaff(await createDoorward({ settings: settingsFor(url), deliver: false }))
      const before = await post(live, 'jwt/create/', ADA)
      const plain = (address = '') => address.replace(/\?.*/, '')
      execFileSync('pg_dump', ['--format=custom', '--schema=doorward', `--file=${file}`, plain(url)])
      await live.close()

      const to = (await target?.url()) ?? ''
      execFileSync('pg_restore', ['--exit-on-error', '--no-owner', `--dbname=${plain(to)}`, file])
      const again = await createDoorward({ settings: settingsFor(to), deliver: false })
      expect((await meOf(again, before.access ?? '')).status).toBe(200)
      await post(again, 'jwt/refresh/', { refresh: before.refresh })
      await again.close()
      rmSync(folder, { recursive: true })
    })
  },
)
