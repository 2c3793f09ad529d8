/** Many accounts at once, as they were somewhere else: for imports. */
import { type Kysely, sql } from 'kysely'
import type { User } from '../domain/user.ts'
import type { DialectName } from './dialect.ts'
import { checkProfile, type ProfileColumn } from './profile-columns.ts'
import type { Database } from './schema.ts'

/** An account to be stored as it is; without an id it gets the next one. */
export type RestoredUser = Omit<User, 'id'> & { readonly id: number | null }

/** Fewest parameters that a statement may have on either database, with a reserve. */
const MOST_PARAMETERS = 30_000

/** How many accounts one call may store. */
export const restoreLimit = (columns: readonly ProfileColumn[]): number =>
  Math.min(1000, Math.floor(MOST_PARAMETERS / (columns.length + 12)))

/**
 * Stores accounts; one whose address or id is taken is passed over. Returns how many were stored. Ids that come
 * later start behind the highest one.
 */
export async function restoreUsers(
  db: Kysely<Database>,
  { dialect, columns }: { readonly dialect: DialectName; readonly columns: readonly ProfileColumn[] },
  users: readonly RestoredUser[],
): Promise<number> {
  const [kept, fresh] = [users.filter(({ id }) => id !== null), users.filter(({ id }) => id === null)]
  const stored = (await insertAll(db, columns, kept)) + (await insertAll(db, columns, fresh))
  if (dialect === 'postgres' && kept.length > 0) await moveSequence(db)
  return stored
}

/** The ids that keep an account from being stored although nobody has its address. */
export async function idsOfOthers(
  db: Kysely<Database>,
  users: readonly Pick<User, 'id' | 'email'>[],
): Promise<ReadonlySet<number>> {
  const [ids, emails] = [users.map(({ id }) => id), users.map(({ email }) => email)]
  const there = await db
    .selectFrom('users')
    .select(['id', 'email'])
    .where((eb) => eb.or([eb('id', 'in', ids), eb('email', 'in', emails)]))
    .execute()
  const [known, taken] = [new Set(there.map(({ email }) => email)), new Set(there.map(({ id }) => id))]
  return new Set(users.filter(({ id, email }) => taken.has(id) && !known.has(email)).map(({ id }) => id))
}

async function insertAll(
  db: Kysely<Database>,
  columns: readonly ProfileColumn[],
  users: readonly RestoredUser[],
): Promise<number> {
  if (users.length === 0) return 0
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('users')
    .values(users.map((user) => toRow(columns, user)))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows)
}

const toRow = (columns: readonly ProfileColumn[], user: RestoredUser) => ({
  ...(user.id !== null && { id: user.id }),
  email: user.email,
  password_hash: user.passwordHash,
  is_active: user.isActive,
  is_staff: user.isStaff,
  locale: user.locale,
  last_login: user.lastLogin,
  created_at: user.createdAt,
  deactivated_at: user.deactivatedAt,
  deactivation_reason: user.deactivationReason,
  invited_at: user.invitedAt,
  ...checkProfile(columns, user.profile),
})

/** PostgreSQL counts ids beside the table, and does not see those that were given. */
async function moveSequence(db: Kysely<Database>): Promise<void> {
  await sql`
    select setval(sequence, greatest((select max(id) from users), nextval(sequence)))
    from pg_get_serial_sequence('users', 'id') as sequence
  `.execute(db)
}
