/** The single examinations of `doorward doctor` that look beyond the configuration. Each says what to do. */
import { existsSync, statfsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Settings } from './config/settings.ts'
import { systemClock } from './domain/clock.ts'
import { Secret } from './domain/secret.ts'
import type { KeyInfo } from './keys.ts'
import { createBreachedPasswords } from './passwords/breached.ts'
import { connect } from './store/open-store.ts'
import { readVitals } from './store/vitals.ts'

/** One thing that was looked at. */
export interface Finding {
  readonly about: string
  readonly level: 'ok' | 'warning' | 'problem'
  readonly says: string
  /** What to do; null where nothing is. */
  readonly fix: string | null
}

/** All is well. */
export const fine = (about: string, says: string): Finding => ({ about, level: 'ok', says, fix: null })

const bad = (level: 'warning' | 'problem', about: string, says: string, fix: string): Finding => ({
  ...{ about, level, says, fix },
})

/** How far the clocks of this machine and the database may differ, in milliseconds, before tokens notice. */
const CLOCK_DRIFT = 2000

/** How long a mail may be due, in milliseconds. */
const LATE_MAIL = 300_000

/** Clock and outbox, in a database that is up to date. */
export async function examineVitals({ database }: Settings): Promise<readonly Finding[]> {
  const connection = connect(database.url, database)
  try {
    const now = systemClock.now()
    const { clock, outbox } = await readVitals(connection, now)
    return [examineClocks(clock - now), examineOutbox(outbox)]
  } finally {
    await connection.db.destroy()
  }
}

/** `drift` is how far the database's clock is ahead, in milliseconds. */
export function examineClocks(drift: number): Finding {
  if (Math.abs(drift) <= CLOCK_DRIFT) return fine('clock', 'agrees with that of the database')
  const seconds = Math.round(Math.abs(drift) / 1000)
  const says = `is ${seconds} s ${drift > 0 ? 'behind' : 'ahead of'} that of the database`
  return bad(
    'problem',
    'clock',
    says,
    'Synchronise both machines (chrony, ntpd): tokens expire by the clock.',
  )
}

/** Mails that nobody got. */
export function examineOutbox({ queued, dead, lag }: { queued: number; dead: number; lag: number }): Finding {
  const about = 'outbox'
  if (lag > LATE_MAIL) {
    const says = `${queued} mails wait, one of them for ${Math.round(lag / 60_000)} minutes`
    return bad('problem', about, says, 'Look at the log for why they are refused, and that a server runs.')
  }
  if (dead === 0) return fine(about, queued === 0 ? 'is empty' : `${queued} mails are on their way`)
  const fix = 'Look at them with `doorward mail list --state dead`, and try again with `doorward mail retry`.'
  return bad('warning', about, `${dead} mails were given up`, fix)
}

const DAY = 86_400_000

/** How old the key that signs may become, in milliseconds. */
const OLD_KEY = 365 * DAY

/** Age of the key that signs. */
export function examineKeyAge(keys: readonly KeyInfo[], now: number): Finding {
  const [current] = keys.filter(({ state }) => state === 'current')
  if (!current || now - current.createdAt <= OLD_KEY)
    return fine('key age', 'the signing key is young enough')
  const days = Math.round((now - current.createdAt) / DAY)
  const fix = 'Run `doorward keys rotate`: nobody is signed out by it.'
  return bad('warning', 'key age', `the signing key is ${days} days old`, fix)
}

/** Proxies that nobody told Doorward of. */
export function examineProxy({ server }: Settings): Finding {
  const about = 'proxy'
  const isPublic = server.publicUrl.startsWith('https:')
  if (server.trustProxy !== '')
    return fine(about, `forwarded addresses are believed as far as ${server.trustProxy}`)
  if (!isPublic) return fine(about, 'there seems to be none')
  const says = 'PUBLIC_URL is https, which some proxy speaks, but TRUST_PROXY is not set'
  return bad('warning', about, says, 'Set TRUST_PROXY=1 for one proxy; else everybody counts as one client.')
}

/** Fewest characters of a secret. */
const SECRET_LENGTH = 32

/** The counters that instances share; null where there is no Redis. */
export async function examineRedis({ throttle }: Settings): Promise<Finding | null> {
  if (throttle.redisUrl === null) return null
  const about = 'redis'
  const faults: unknown[] = []
  const { createRedisThrottles } = await import('./store/redis-throttles.ts')
  const counters = createRedisThrottles(throttle.redisUrl, (error) => faults.push(error))
  try {
    await counters.take([], systemClock.now())
  } finally {
    await counters.close()
  }
  const [fault] = faults
  if (fault === undefined) return fine(about, 'counts for all instances')
  const fix = 'Look at REDIS_URL and that Redis runs: without it each instance counts attempts by itself.'
  return bad('problem', about, because(fault), fix)
}

/** Whether passwords can be looked up among those of data breaches; null where nobody is asked. */
export async function examineBreached({ passwords }: Settings): Promise<Finding | null> {
  const { breachedHost: host, breachedFile: file } = passwords
  if (host === '' && file === null) return null
  const about = 'breached passwords'
  const faults: unknown[] = []
  const breached = createBreachedPasswords({ host, file, onError: (error) => faults.push(error) })
  await breached.has(new Secret('doorward doctor'))
  const [fault] = faults
  if (fault === undefined) return fine(about, 'can be looked up')
  const fix = 'Look at BREACHED_PASSWORDS_URL and BREACHED_PASSWORDS_FILE: until then every password passes.'
  return bad('problem', about, because(fault), fix)
}

/** An error in one sentence. */
export const because = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Length of the secrets; their first one seals and signs. */
export function examineSecrets({ secrets }: Settings): Finding {
  const short = secrets.list.filter((secret) => secret.length < SECRET_LENGTH).length
  if (short === 0) return fine('secrets', `${secrets.list.length}, each long enough`)
  const fix = 'Put a new one in front: DOORWARD_SECRET="$(openssl rand -hex 32),<the old one>".'
  return bad('problem', 'secrets', `${short} have less than ${SECRET_LENGTH} characters`, fix)
}

/** Least room on the disk of the database, in bytes. */
const LEAST_SPACE = 512 * 1024 * 1024

/** Room for the database file; null where the database is elsewhere. */
export function examineDisk({ database }: Settings): Finding | null {
  const path = sqlitePath(database.url)
  if (path === null) return null
  const folder = existsSync(dirname(path)) ? dirname(path) : '.'
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const says = `${(free / 1024 ** 3).toFixed(1)} GiB are free beside the database`
  if (free >= LEAST_SPACE) return fine('disk', says)
  return bad('problem', 'disk', says, 'Make room: without it, every change is refused with 503.')
}

/** Whether others on the machine can read what is beside the database: keys and secret. */
export function examineFiles({ database }: Settings): readonly Finding[] {
  const path = sqlitePath(database.url)
  if (path === null) return []
  const open = ['keys.json', 'secret']
    .map((name) => resolve(dirname(path), name))
    .filter((file) => existsSync(file) && (statSync(file).mode & 0o077) !== 0)
  if (open.length === 0) return [fine('files', 'keys and secret are readable by their owner alone')]
  return open.map((file) =>
    bad('problem', 'files', `${file} can be read by others`, `Run: chmod 600 ${file}`),
  )
}

const sqlitePath = (url: string): string | null =>
  url.startsWith('sqlite:') && url !== 'sqlite::memory:' ? url.slice('sqlite:'.length) : null
