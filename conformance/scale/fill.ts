/** Databases with any number of accounts, filled by one statement for each table: all have the same password. */
import { sql } from 'kysely'
import { Secret } from '../../packages/server/src/domain/secret.ts'
import { createArgon2id } from '../../packages/server/src/passwords/argon2id.ts'
import type { DialectName } from '../../packages/server/src/store/dialect.ts'
import { connect, openStore } from '../../packages/server/src/store/open-store.ts'
import { createSealer } from '../../packages/server/src/tokens/seal.ts'

/** Everybody's password. */
export const PASSWORD = 'Kiddie-Ride-4821'

/** The address of an account. */
export const emailOf = (id: number): string => `user-${id}@example.com`

/** Makes the tables and `count` accounts, each with a session, a delivered mail and an audit entry; the first is staff. */
export async function fill(url: string, count: number): Promise<void> {
  const sealer = createSealer([new Secret('only for this: long enough to be a secret')], 'outbox')
  const store = await openStore({ url, fields: {}, sealer })
  await store.close()
  const passwordHash = await createArgon2id({ memoryCost: 8, timeCost: 1, parallelism: 1 }).hash(
    new Secret(PASSWORD),
  )
  const source = connect(url)
  const { db, dialect } = source.unhurried?.() ?? source
  const numbers = series(dialect, count)
  const now = Date.now()
  const [at, until] = [sql.lit(now), sql.lit(now + 86_400_000)]
  await sql`
    with ${numbers}
    insert into users (email, password_hash, is_active, is_staff, created_at, first_name, last_name, role)
    select 'user-' || n || '@example.com', ${passwordHash}, ${yes(dialect)}, n = 1, ${at} + n, 'Maya', 'Santoso', 'staff' from numbers
  `.execute(db)
  await sql`
    with ${numbers}
    insert into sessions (id, user_id, created_at, last_used_at, expires_at, authenticated_at, amr, user_agent, address, refresh_hash, rotated_at)
    select 'session-' || n || '-0123456789abcdef', n, ${at}, ${at}, ${until}, ${at}, 'pwd', 'Mozilla/5.0 (X11; Linux x86_64)', '203.0.113.7', 'hash-' || n || '-0123456789abcdef0123456789abcdef', ${at} from numbers
  `.execute(db)
  await sql`
    with ${numbers}
    insert into outbox (user_id, kind, recipient, subject, message_id, state, attempts, next_attempt_at, sent_at, created_at)
    select n, 'activation', 'user-' || n || '@example.com', 'Account activation', '<' || n || '@example.com>', 'sent', 1, ${at}, ${at}, ${at} from numbers
  `.execute(db)
  await sql`
    with ${numbers}
    insert into audit (at, action, actor_id, user_id, address, user_agent, request_id, details)
    select ${at} + n, 'signed_in', n, n, '203.0.113.7', 'Mozilla/5.0 (X11; Linux x86_64)', 'request-' || n, '{}' from numbers
  `.execute(db)
  await sql.raw('analyze').execute(db)
  await db.destroy()
  await source.db.destroy()
}

const yes = (dialect: DialectName) => (dialect === 'postgres' ? sql`true` : sql`1`)

const series = (dialect: DialectName, count: number) =>
  dialect === 'postgres'
    ? sql`numbers as (select n from generate_series(1, ${sql.lit(count)}) as n)`
    : sql`recursive numbers (n) as (
        select 1 union all select n + 1 from numbers where n < ${sql.lit(count)})`
