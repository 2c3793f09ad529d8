/**
 * One kind of work and nothing else: arguments are the work, how many seconds, and a folder for the database.
 * Prints how often in a second.
 */
import { createHmac, generateKeyPairSync, randomBytes, sign, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { hash, verify } from '@node-rs/argon2'
import { HASH } from '../seed.ts'

const [work = '', length = '1', folder = '.'] = process.argv.slice(2)
const seconds = Number(length)

/** As many at the same time as Doorward's queue lets run: one for each processor. */
async function hashes(): Promise<number> {
  const stored = await hash('Kiddie-Ride-4821', HASH)
  const end = performance.now() + seconds * 1000
  let count = 0
  const worker = async () => {
    while (performance.now() < end) {
      await verify(stored, 'Kiddie-Ride-4821')
      count += 1
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return count
}

function repeated(step: () => void): number {
  const end = performance.now() + seconds * 1000
  let count = 0
  while (performance.now() < end) {
    step()
    count += 1
  }
  return count
}

/** A row of a session's size changes and is on the disk before the next one. */
function commits(): number {
  const database = new DatabaseSync(join(folder, `limit-${randomBytes(4).toString('hex')}.db`))
  database.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    create table sessions (id text primary key, user_agent text, refresh_hash text, rotated_at integer);
  `)
  const insert = database.prepare('insert into sessions values (?, ?, ?, 0)')
  for (let i = 0; i < 1000; i += 1)
    insert.run(`session-${i}`, 'x'.repeat(80), randomBytes(32).toString('base64url'))
  const update = database.prepare('update sessions set refresh_hash = ?, rotated_at = ? where id = ?')
  let at = 0
  return repeated(() => {
    at = (at + 1) % 1000
    update.run(randomBytes(32).toString('base64url'), at, `session-${at}`)
  })
}

/** What one refresh signs and checks: an Ed25519 signature, and three MACs over the refresh tokens and their ids. */
function signatures(): number {
  const { privateKey } = generateKeyPairSync('ed25519')
  const key = randomBytes(32)
  const input = Buffer.from(randomBytes(240).toString('base64url'))
  const mac = () => createHmac('sha256', key).update(input).digest()
  const known = mac()
  return repeated(() => {
    sign(null, input, privateKey).toString('base64url')
    timingSafeEqual(mac(), known)
    mac()
    mac()
  })
}

const WORK: Record<string, () => number | Promise<number>> = { hash: hashes, commit: commits, signatures }
const started = performance.now()
const count = await WORK[work]?.()
if (count === undefined) throw new TypeError(`there is no work called ${work}`)
process.stdout.write(`${(count * 1000) / (performance.now() - started)}\n`)
