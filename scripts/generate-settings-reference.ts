/** Writes `docs/reference/settings.md` from the table of settings. Run it after changing the table. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { settingsReference } from '../packages/server/src/config/reference.ts'

const page = join(import.meta.dirname, '../docs/reference/settings.md')
mkdirSync(dirname(page), { recursive: true })
writeFileSync(page, settingsReference())
console.log(`Wrote ${page}`)
