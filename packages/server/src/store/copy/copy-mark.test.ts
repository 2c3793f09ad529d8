/** A target is known as unfinished from the first moment on, whenever the program ends. */
import { afterAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabases } from '../../testing/databases.ts'
import { connect } from '../open-store.ts'
import { type CopyInput, copyDatabase } from './copy-database.ts'
import { refuseUnfinishedCopy } from './copy-mark.ts'
import { tablesThere } from './tables.ts'

const [sqlite, postgres] = testDatabases() as [TestDatabase, TestDatabase]
const targets = testDatabases() as [TestDatabase, TestDatabase]

describe.each([
  ['SQLite', sqlite, targets[0]],
  ['PostgreSQL', postgres, targets[1]],
] as const)('the mark of a copy | %s', (_, source, target) => {
  afterAll(() => Promise.all([source.close(), target.close()]))

  async function copy(prepare: (to: CopyInput['to']) => Promise<void>): Promise<CopyInput['to']> {
    await source.open()
    const [from, to] = [connect(await source.url()), connect(await target.url())]
    const input = { from, to, source: 'sqlite:here', fields: {}, onProgress: () => {} }
    await copyDatabase({ ...input, prepare: () => prepare(to) }).catch(() => {})
    await from.db.destroy()
    return to
  }

  it('is there before keys and rows are, and goes away when the target is refused', async () => {
    const told: unknown[] = []
    const to = await copy(async (target) => {
      told.push(await refuseUnfinishedCopy(target).catch((error: Error) => error.message))
      throw new TypeError('The target has other signing keys already.')
    })
    expect(told).toEqual([expect.stringContaining('Run the same `doorward db copy` once more')])
    expect((await tablesThere(to)).map(({ name }) => name)).not.toContain('copy_state')
    await expect(refuseUnfinishedCopy(to)).resolves.toBeUndefined()
    await to.db.destroy()
  })
})
