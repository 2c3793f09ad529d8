/** Opens Doorward once for the whole app, at the first request. */
import type { Doorward } from '@doorward/server'
import { createDoorward, ensureSecret, loadConfiguration, secretDirectory } from '@doorward/server'
import type { Verifier } from '@doorward/server/verifier'
import { createVerifier } from '@doorward/server/verifier'

// bundles hold this file more than once, and there is one database
const shared = globalThis as { doorward?: Promise<Doorward> }

/** The API of accounts. What it needs comes from the environment, `.env` or `doorward.config.ts`. */
export function accounts(): Promise<Doorward> {
  shared.doorward ??= open()
  return shared.doorward
}

async function open(): Promise<Doorward> {
  const loaded = await loadConfiguration({ cwd: process.cwd(), env: process.env })
  const { settings } = ensureSecret(loaded.settings, { dir: secretDirectory(loaded.settings) })
  return createDoorward({ settings, print: (line) => process.stdout.write(`${line}\n`) })
}

/** Checks the tokens of requests to this app. */
export const verifier = async (): Promise<Verifier> => createVerifier({ doorward: await accounts() })
