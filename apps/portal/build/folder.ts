/** Where the built web pages are: what a program hands to `createDoorward({ portal })`. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The folder that the build writes. */
export const DIST = join(import.meta.dirname, '../dist')

/** The folder of the built pages, or null where they were not built. */
export const portalFolder = (): string | null => (existsSync(join(DIST, 'index.html')) ? DIST : null)
