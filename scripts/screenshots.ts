/**
 * Makes a picture of every web page: on a desktop and on a phone, light and dark, of a server that is filled for it.
 * `node scripts/screenshots.ts [folder]`; without a folder, into `.tmp/screenshots`. The best go into `docs/images`.
 */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { signIn } from '../apps/portal/test/pages.ts'
import type { Scene } from '../apps/portal/test/scenes.ts'
import {
  ACCOUNT_SCENES,
  ADMIN_SCENES,
  OPEN_SCENES,
  openScene,
  peopleScenes,
  SCENE_EMAIL,
  SCENE_STAFF,
} from '../apps/portal/test/scenes.ts'
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
const stage = await openStage({ mailServer: false, storedKeys: true })
await peopleScenes(stage)
/** Staff last: the page that sets up is gone once there are any. */
const VISITS = [
  [null, OPEN_SCENES],
  [SCENE_EMAIL, ACCOUNT_SCENES],
  [SCENE_STAFF, ADMIN_SCENES],
] as const
for (const [who, scenes] of VISITS) {
  if (who === SCENE_STAFF) await stage.promote(who)
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of LOOKS) {
      const page = await stage.visitor({ viewport, colorScheme, reducedMotion: 'reduce' })
      if (who) await signIn(page, who)
      await shoot(page, stage, scenes, `${size}-${colorScheme}`)
      await page.context().close()
    }
  }
}
await stage.close()
for (const name of BEST) {
  copyFileSync(join(folder, `${name}.png`), join(import.meta.dirname, `../docs/images/portal-${name}.png`))
}
console.log(`Wrote the pictures into ${folder}`)
