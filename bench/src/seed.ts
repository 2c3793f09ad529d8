/** Accounts for Doorward's databases, any number of them in seconds: one INSERT, made by the database itself. */
import { randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { hash } from '@node-rs/argon2'
import pg from 'pg'
import type { Lab } from './lab.ts'

/** What passwords cost in every system that uses argon2id: Doorward's default, OWASP's first recommendation. */
export const HASH = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

const COLUMNS = 'email, password_hash, is_active, is_staff, created_at, first_name, last_name, role'
const row = (number: string, active: string, inactive: string) =>
  `'person-' || ${number} || '@example.com', $1, ${active}, ${inactive}, 1700000000000, 'Maya', 'Santoso', 'staff'`

/** Adds accounts `person-1@example.com` and so on, all active and with the same password. */
export async function seedUsers(url: string, count: number, password: string): Promise<void> {
  const passwordHash = await hash(password, HASH)
  if (url.startsWith('sqlite:')) {
    const database = new DatabaseSync(url.slice('sqlite:'.length))
    database
      .prepare(
        `with recursive counter (n) as (select 1 union all select n + 1 from counter where n < $2)
         insert into users (${COLUMNS}) select ${row('n', '1', '0')} from counter`,
      )
      .run({ $1: passwordHash, $2: count })
    database.exec('analyze; pragma wal_checkpoint(truncate)')
    database.close()
    return
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    `insert into users (${COLUMNS}) select ${row('n', 'true', 'false')} from generate_series(1, ${count}) as n`,
    [passwordHash],
  )
  await client.query('analyze users')
  await client.end()
}

/** Where databases can be made, or null when nothing answers there. */
export async function findPostgres(): Promise<string | null> {
  const url = process.env.BENCH_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  try {
    await client.connect()
    await client.end()
    return url
  } catch {
    return null
  }
}

/** Makes an empty database that is dropped at the end. */
export async function createPostgresDatabase(lab: Lab): Promise<string> {
  const server = await findPostgres()
  if (server === null) throw new TypeError('no PostgreSQL answers')
  const name = `doorward_bench_${randomBytes(4).toString('hex')}`
  const statement = async (text: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(text)
    await client.end()
  }
  await statement(`create database ${name}`)
  lab.atEnd(() => statement(`drop database if exists ${name} with (force)`))
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
