/** What was measured on what: the head of every result. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, release, type as system, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Lab } from './lab.ts'
import { HASH } from './seed.ts'

/** Names and values, for people. */
export type Header = Readonly<Record<string, string>>

/** Describes machine, versions and settings. */
export function describeRun({
  options,
  generator,
  root,
}: Pick<Lab, 'options' | 'generator' | 'root'>): Header {
  const { rounds, seconds, connections } = options
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
    commit: said('git', ['-C', root, 'rev-parse', '--short', 'HEAD']),
    machine: `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${system()} ${release()}`,
    node: process.versions.node,
    sqlite: sqliteVersion(),
    postgresql: said('psql', ['--version']).replace(/^psql \(PostgreSQL\) /, '') || 'unknown',
    peers: ['better-auth', 'express', 'passport-jwt', 'jsonwebtoken', 'hono'].map(versionOf).join(', '),
    reference: said('/usr/bin/python3', [
      '-c',
      'import django, djoser, rest_framework_simplejwt as s; print("Django", django.__version__, "Djoser", djoser.__version__, "SimpleJWT", s.__version__)',
    ]),
    hash: `argon2id m=${HASH.memoryCost} KiB t=${HASH.timeCost} p=${HASH.parallelism} (Doorward); scrypt (better-auth); PBKDF2 × 260,000 (Djoser)`,
    durability:
      'SQLite: WAL, synchronous=FULL (Doorward, better-auth, the bare commit), as Django sets it (Djoser: rollback journal, FULL); PostgreSQL: as installed',
    load: `${generator.name}, ${connections} connections, ${rounds} rounds of ${seconds} s in turn`,
    limits: 'rate limits and throttles off, no log of answers unless the row says so',
  }
}

function said(command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim()
  } catch {
    return ''
  }
}

function sqliteVersion(): string {
  const database = new DatabaseSync(':memory:')
  const row = database.prepare('select sqlite_version() as version').get() as { version: string }
  database.close()
  return row.version
}

/** The version that is installed: a package's entry is somewhere below its manifest. */
function versionOf(name: string): string {
  const require = createRequire(import.meta.url)
  for (let folder = dirname(require.resolve(name)); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name?: string
        version?: string
      }
      if (manifest.name === name && manifest.version) return `${name} ${manifest.version}`
    } catch {
      // not here, then above
    }
  }
  return name
}
