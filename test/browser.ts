/** A headless Chromium for tests of pages: the machine's own, else installed by the system, else by Playwright. */
import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { chromium } from 'playwright-core'

const run = promisify(execFile)

/** Without these, Chromium looks for hosts that tests must not need. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts a browser with an empty profile; the test closes it. `without`: arguments that Playwright would add. */
export async function launchBrowser(
  args: readonly string[] = [],
  without: readonly string[] = [],
): Promise<Browser> {
  const executablePath = await findChromium()
  return chromium.launch({ executablePath, args: [...QUIET, ...args], ignoreDefaultArgs: [...without] })
}

/** The path of a Chromium: `$CHROMIUM`, where Debian puts it, or newly installed. */
export async function findChromium(): Promise<string> {
  const places = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    chromium.executablePath(),
  ]
  const found = await firstExecutable(places)
  if (found) return found
  await installChromium()
  const installed = await firstExecutable(places)
  if (installed) return installed
  throw new TypeError('No Chromium was found and none could be installed. Set CHROMIUM to the path of one.')
}

async function firstExecutable(places: readonly (string | undefined)[]): Promise<string | null> {
  for (const place of places) {
    if (place && (await isExecutable(place))) return place
  }
  return null
}

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )

async function installChromium(): Promise<void> {
  try {
    if (process.getuid?.() !== 0) throw new TypeError('only root installs packages of the system')
    await run('apt-get', ['update'])
    await run('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'])
  } catch {
    await run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', '--with-deps', 'chromium'])
  }
}
