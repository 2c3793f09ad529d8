/** What goes wrong in practice, looked at one after the other: for `doorward doctor`. */

import { statSync } from 'node:fs'
import type { Settings } from './config/settings.ts'
import { databaseStatus } from './database.ts'
import type { Finding } from './doctor-checks.ts'
import {
  because,
  examineBreached,
  examineDisk,
  examineFiles,
  examineKeyAge,
  examineProxy,
  examineRedis,
  examineSecrets,
  examineVitals,
  fine,
} from './doctor-checks.ts'
import { systemClock } from './domain/clock.ts'
import { Secret } from './domain/secret.ts'
import { signingKey, withKeys } from './keys.ts'
import { createSmtpTransport } from './mail/smtp-transport.ts'

export type { Finding } from './doctor-checks.ts'

/** Examines an installation. `notes` are the warnings of its configuration. Changes nothing, but makes what is missing beside the database: its file and the keys. */
export async function examine(settings: Settings, notes: readonly string[]): Promise<readonly Finding[]> {
  const configuration = notes.map(
    (says): Finding => ({ about: 'configuration', level: 'warning', says, fix: null }),
  )
  return [
    ...(configuration.length > 0 ? configuration : [fine('configuration', 'no faults and no warnings')]),
    examineSecrets(settings),
    ...(await Promise.all([examineDatabase(settings), examineMail(settings), examineUrl(settings)])),
    ...(await examineInside(settings)),
    ...(await examineKeys(settings)),
    examineProxy(settings),
    ...examineFiles(settings),
    ...[examineDisk(settings), await examineRedis(settings), await examineBreached(settings)].filter(
      (finding) => finding !== null,
    ),
  ]
}

async function examineDatabase(settings: Settings): Promise<Finding> {
  const about = 'database'
  try {
    const pending = (await databaseStatus(settings)).filter(({ state }) => state === 'pending')
    const readable = readableByOthers(settings.database.url)
    if (readable) return readable
    if (pending.length === 0) return fine(about, 'answers, and is up to date')
    const says = `${pending.length} migrations are missing`
    return {
      about,
      level: 'warning',
      says,
      fix: 'Run `doorward migrate`, or start the server, which does it.',
    }
  } catch (error) {
    // what was refused without a cause says by itself what to do
    const isTold = error instanceof TypeError && error.cause === undefined
    const fix = isTold ? null : 'Look at DATABASE_URL and that the server runs.'
    return { about, level: 'problem', says: because(error), fix }
  }
}

/** A new database file is for its owner alone; one that was there before keeps the mode that it has. */
function readableByOthers(url: string): Finding | null {
  const path = url.replace(/^sqlite:/, '')
  if (path === url || path === ':memory:') return null
  const mode = statSync(path).mode & 0o777
  if (process.platform === 'win32' || (mode & 0o077) === 0) return null
  const says = `others on this machine can read ${path}, which holds password hashes (mode ${mode.toString(8)})`
  return { about: 'database', level: 'warning', says, fix: `Run \`chmod 600 ${path}*\`.` }
}

async function examineMail({ mails }: Settings): Promise<Finding> {
  const about = 'mail'
  if (mails.smtpUrl === null) {
    const fix = 'Set SMTP_URL to mail for real.'
    return { about, level: 'warning', says: 'no mail server: mails stay in the development mailbox', fix }
  }
  const transport = createSmtpTransport({ url: new Secret(mails.smtpUrl), from: mails.from })
  try {
    await transport.verify()
    return fine(about, 'the mail server takes mails')
  } catch (error) {
    const fix = 'Look at host, port, user and password in SMTP_URL; Gmail needs an app password.'
    return { about, level: 'problem', says: because(error), fix }
  } finally {
    transport.close()
  }
}

async function examineUrl({ server }: Settings): Promise<Finding> {
  const about = 'public address'
  try {
    const answer = await fetch(`${server.publicUrl}/health`, { signal: AbortSignal.timeout(3000) })
    if (answer.ok) return fine(about, `${server.publicUrl} answers`)
    const fix = 'Look at the proxy before the server: /health must reach it.'
    return { about, level: 'problem', says: `${server.publicUrl}/health answers ${answer.status}`, fix }
  } catch {
    const fix = 'Start the server, or correct PUBLIC_URL.'
    return { about, level: 'warning', says: `nothing answers at ${server.publicUrl}`, fix }
  }
}

/** What only a database that answers and is up to date can tell; what else it is was said already. */
async function examineInside(settings: Settings): Promise<readonly Finding[]> {
  const isReady = await databaseStatus(settings).then(
    (all) => all.every(({ state }) => state === 'applied'),
    () => false,
  )
  return isReady ? examineVitals(settings) : []
}

async function examineKeys(settings: Settings): Promise<readonly Finding[]> {
  const about = 'keys'
  try {
    const { alg, kid } = await signingKey(settings)
    const signing = fine(about, `tokens are signed with ${alg}${kid === null ? '' : `, key ${kid}`}`)
    // a key from the configuration has no date
    const stored = await withKeys(settings, async (keys) => keys.list()).catch(() => [])
    return [signing, examineKeyAge(stored, systemClock.now())]
  } catch (error) {
    const fix = 'Look at the key file or table, and that DOORWARD_SECRET is the one it was sealed with.'
    return [{ about, level: 'problem', says: because(error), fix }]
  }
}
