import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenArena, openArena } from './arena.ts'
import { topics } from './cases/all.ts'
import { readConfig } from './config.ts'
import { referenceMissing } from './launch.ts'
import { explain, runTopics } from './runner.ts'

const config = readConfig(process.env)
const missing = await referenceMissing(config)

/** Sales are another service; they are compared where one stands beside Doorward. */
const compared = topics.filter(({ needsSales }) => needsSales !== true || process.env.DOORWARD_SALES_URL)

if (missing === undefined) {
  describe('Doorward answers as the reference does', () => {
    let arena: OpenArena | undefined

    beforeAll(async () => {
      arena = await openArena(config)
    }, 120_000)

    afterAll(async () => {
      await arena?.close()
    }, 30_000)

    for (const topic of compared) {
      it(topic.name, { timeout: 180_000 }, async () => {
        if (arena === undefined) throw new TypeError('the servers did not start')
        const results = await runTopics([topic], arena)
        const differing = results.map((result) => explain(result)).filter((text) => text !== '')
        expect(differing.join('\n\n')).toBe('')
      })
    }
  })
} else {
  describe('Doorward and the reference', () => {
    it('cannot be compared: the reference is not on this machine', () => {
      process.stdout.write(`The reference is not on this machine: ${missing}\n`)
      expect(missing).toBeTypeOf('string')
    })
  })
}
