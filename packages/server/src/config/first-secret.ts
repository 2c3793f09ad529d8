/** The first start without a secret: in development one is made, and kept beside the database that hangs on it. */
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { ConfigurationError, settingName } from './configuration-error.ts'
import type { Settings } from './settings.ts'
import { envOf } from './table.ts'

const SECRET_FORM = /^[0-9a-f]{64}$/

/** Settings that have a secret, and what to tell the operator. */
export interface WithSecret {
  readonly settings: Settings
  /** One sentence for the terminal; null if there was a secret already. */
  readonly message: string | null
}

/** Where the secret is kept: the directory of the SQLite file, or `data` for any other database. */
export function secretDirectory(settings: { readonly database: Pick<Settings['database'], 'url'> }): string {
  const file = /^sqlite:(?!:)(.+)$/.exec(settings.database.url)?.[1]
  return file ? dirname(file) : 'data'
}

/**
 * Gives the settings a secret in development, if they have none: reads `<dir>/secret`, or makes it (64 hex digits,
 * readable by its owner alone). Production never gets here without one, because `resolveSettings` refuses.
 *
 * @throws ConfigurationError if the file holds something else, or cannot be written
 */
export function ensureSecret(settings: Settings, { dir }: { readonly dir: string }): WithSecret {
  if (settings.secrets.list.length > 0 || settings.server.environment === 'production')
    return { settings, message: null }
  const path = join(dir, 'secret')
  const made = attempt(() => makeSecret(dir, path), 'cannot be made')
  const secret = attempt(() => readSecret(path), 'cannot be read')
  if (!SECRET_FORM.test(secret)) throw refusal('is not what Doorward wrote there')
  const hint = `Set ${settingName('secrets.list', envOf('secrets.list'))} in production.`
  return {
    settings: Object.freeze({ ...settings, secrets: Object.freeze({ list: Object.freeze([secret]) }) }),
    message: `${made ? 'Made a secret and keep it' : 'The secret is kept'} in ${path}; it belongs to the database. ${hint}`,
  }
}

/**
 * Makes the file in one step that fails if another process was faster: a secret that is half written, or replaced
 * after use, would end every session. Returns whether it was made.
 */
function makeSecret(dir: string, path: string): boolean {
  mkdirSync(dir, { recursive: true })
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, `${randomBytes(32).toString('hex')}\n`)
    fsyncSync(file)
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    closeSync(file)
    unlinkSync(draft)
  }
}

function readSecret(path: string): string {
  chmodSync(path, 0o600)
  return readFileSync(path, 'utf8').trim()
}

function attempt<T>(step: () => T, problem: string): T {
  try {
    return step()
  } catch (cause) {
    throw refusal(`${problem} (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`, { cause })
  }
}

const refusal = (problem: string, options?: ErrorOptions) =>
  new ConfigurationError(
    [
      {
        key: 'secrets.list',
        env: envOf('secrets.list'),
        problem: `is unset, and the file that would hold it ${problem}`,
        fix: 'Set a secret of at least 32 characters, or mend the file `secret` beside the database.',
      },
    ],
    options,
  )
