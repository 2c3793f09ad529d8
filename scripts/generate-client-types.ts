/** Writes `packages/client/src/generated/wire.ts` from the OpenAPI document. Run it after changing the API. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { clientTypes } from './client-types.ts'

const file = join(import.meta.dirname, '../packages/client/src/generated/wire.ts')
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, clientTypes())
console.log(`Wrote ${file}`)
