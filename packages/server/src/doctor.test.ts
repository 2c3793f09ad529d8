/** What the doctor finds on the disk. */
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrateDatabase } from './database.ts'
import { examine } from './doctor.ts'
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
})
