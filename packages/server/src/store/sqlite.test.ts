import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testSealer } from '../testing/databases.ts'
import { openStore } from './open-store.ts'
import { openSqlite } from './sqlite.ts'

const open = (path: string) => openStore({ url: `sqlite:${path}`, fields: {}, sealer: testSealer })
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

describe('a SQLite database | its files', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doorward-test-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('are made with their folder and can be read by their owner alone', async () => {
    const path = join(folder, 'deep', 'down', 'doorward.db')
    const store = await open(path)
    expect(await modeOf(path)).toBe('600')
    expect(await modeOf(`${path}-wal`)).toBe('600')
    expect(await modeOf(join(folder, 'deep', 'down'))).toBe('700')
    await store.close()
  })

  it('are written through to the disk at each commit, with foreign keys checked', async () => {
    const { db } = openSqlite(join(folder, 'settings.db'))
    const value = async (pragma: string) => {
      const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(pragma)}`.execute(db)
      return Object.values(rows[0] ?? {})[0]
    }
    expect(await value('journal_mode')).toBe('wal')
    expect(await value('synchronous')).toBe(2)
    expect(await value('foreign_keys')).toBe(1)
    expect(await value('temp_store')).toBe(2)
    await db.destroy()
  })

  it('keep what was stored until the next start', async () => {
    const path = join(folder, 'kept.db')
    const first = await open(path)
    await first.revocations.blacklist('jti', 1)
    await first.close()
    const second = await open(path)
    expect(await second.revocations.isBlacklisted('jti')).toBe(true)
    await second.close()
  })

  it('do not stop the whole process while somebody else writes', async () => {
    const path = join(folder, 'shared.db')
    const [busy, waiting] = [await open(path), await open(path)]
    const events: string[] = []
    const writing = busy.transaction(async ({ revocations }) => {
      await revocations.blacklist('a', 1)
      await setTimeout(60)
      events.push('the writer is done')
    })
    const written = waiting.revocations.blacklist('b', 1).then(() => events.push('the other one wrote'))
    await setTimeout(20)
    events.push('the process went on')
    await Promise.all([writing, written])
    expect(events).toEqual(['the process went on', 'the writer is done', 'the other one wrote'])
    await Promise.all([busy.close(), waiting.close()])
  })
})

describe('a SQLite database | in memory', () => {
  it('is empty at each start and has nothing in common with another one', async () => {
    const [one, two] = [await open(':memory:'), await open(':memory:')]
    await one.revocations.blacklist('jti', 1)
    expect(await one.revocations.isBlacklisted('jti')).toBe(true)
    expect(await two.revocations.isBlacklisted('jti')).toBe(false)
    await Promise.all([one.close(), two.close()])
  })
})

describe('a SQLite database | many different queries', () => {
  it('are all answered, although only some prepared statements are kept', async () => {
    const { db } = openSqlite(':memory:')
    for (const round of [1, 2]) {
      for (let n = 0; n < 300; n += 1) {
        const { rows } = await sql<{ sum: number }>`select ${sql.lit(n)} + ${round} as sum`.execute(db)
        expect(rows).toEqual([{ sum: n + round }])
      }
    }
    await db.destroy()
  })
})
