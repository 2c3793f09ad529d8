/**
 * Makes a picture of every web page: on a desktop and on a phone, light and dark, of a server that is filled for it.
 * `node scripts/screenshots.ts [folder]`; without a folder, into `.tmp/screenshots`. The best go into `docs/images`.
 */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { signIn } from '../apps/portal/test/pages.ts'
import type { Scene } from '../apps/portal/test/scenes.ts'
import { ACCOUNT_SCENES, OPEN_SCENES, openScene, SCENE_EMAIL } from '../apps/portal/test/scenes.ts'
import type { Stage } from '../apps/portal/test/stage.ts'
import { openStage } from '../apps/portal/test/stage.ts'

const folder = process.argv[2] ?? join(import.meta.dirname, '../.tmp/screenshots')
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }
/** Those that README and the docs show. */
const BEST = [
  'register-faults-phone-light',
  'sign-in-phone-dark',
  'devices-desktop-light',
  'mailbox-phone-dark',
]
const LOOKS = ['light', 'dark'] as const

async function shoot(page: Page, stage: Stage, scenes: readonly Scene[], suffix: string): Promise<void> {
  for (const scene of scenes) {
    await openScene(scene, page, stage)
    await page.screenshot({ path: join(folder, `${scene.name}-${suffix}.png`), fullPage: true })
  }
}

mkdirSync(folder, { recursive: true })
const stage = await openStage({ mailServer: false })
await stage.person(SCENE_EMAIL)
for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of LOOKS) {
    const page = await stage.visitor({ viewport, colorScheme, reducedMotion: 'reduce' })
    await shoot(page, stage, OPEN_SCENES, `${size}-${colorScheme}`)
    await signIn(page, SCENE_EMAIL)
    await shoot(page, stage, ACCOUNT_SCENES, `${size}-${colorScheme}`)
    await page.context().close()
  }
}
await stage.close()
for (const name of BEST) {
  copyFileSync(join(folder, `${name}.png`), join(import.meta.dirname, `../docs/images/portal-${name}.png`))
}
console.log(`Wrote the pictures into ${folder}`)
