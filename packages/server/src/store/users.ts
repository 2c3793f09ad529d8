/** Accounts in the database. */
import {
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  type SqlBool,
  sql,
  type Updateable,
} from 'kysely'
import { andThen } from '../domain/awaitable.ts'
import type { NewUser, User } from '../domain/user.ts'
import { type DialectName, isUniqueViolation } from './dialect.ts'
import { createHashReader } from './password-hashes.ts'
import type { Prepared, Value } from './prepared.ts'
import { checkProfile, type ProfileColumn } from './profile-columns.ts'
import type { Database, UsersTable } from './schema.ts'
import { createSharedRead } from './shared-reads.ts'
import type { CredentialState, UserChanges, UserStore } from './store.ts'
import { createUserAdministration } from './user-administration.ts'
import { readUser, type UserRow, userSelection } from './user-rows.ts'
import { idsOfOthers, restoreLimit, restoreUsers } from './user-transfer.ts'

type Condition = (eb: ExpressionBuilder<Database, 'users'>) => Expression<SqlBool>

/** Held by whoever makes the first account with staff rights, until the end of the transaction. */
const STAFF_LOCK = 7_355_611

/** Accounts with the given profile columns, in a database or one of its transactions. */
export function createUserStore(
  db: Kysely<Database>,
  columns: readonly ProfileColumn[],
  { prepared, dialect }: { readonly prepared: Prepared; readonly dialect: DialectName },
): UserStore {
  const selection = userSelection(db.dynamic, columns)
  const select = () => db.selectFrom('users').select(selection)
  const change = createChange(db, columns)
  const insert = createInsert(db, columns)
  const byId = prepared('users.byId', (value) => select().where('id', '=', value<number>(0)))
  const byIds = prepared('users.byIds', (value) => select().where('id', '=', sql<number>`any(${value(0)})`))
  const sharedById = createSharedRead(byIds, ({ id }) => id)
  const isApart = dialect === 'postgres' && !db.isTransaction
  const byEmail = prepared('users.byEmail', (value) => select().where('email', '=', value<string>(0)))
  const one = (row: UserRow | undefined): User | null => (row ? readUser(columns, row) : null)
  const first = ([row]: readonly UserRow[]): User | null => one(row)
  const hasStaff = async () => {
    const staff = db.selectFrom('users').select('id').where('is_staff', '=', true).limit(1)
    return (await staff.executeTakeFirst()) !== undefined
  }
  return {
    insert,
    insertAlike: (user, isMeant) => insertAlike(db, dialect, { insert, user, isMeant }),
    byId: (id) => (isApart ? sharedById(id).then(one) : andThen(byId(id), first)),
    byEmail: (email) => andThen(byEmail(email), first),
    list: async ({ afterId, limit }) => {
      const rows = await select().where('id', '>', afterId).orderBy('id').limit(limit).execute()
      return rows.map((row) => readUser(columns, row))
    },
    passwordHashes: createHashReader(db),
    hasStaff,
    hasStaffForUpdate: async () => {
      // on SQLite a transaction that writes is alone from its beginning
      if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${STAFF_LOCK})`.execute(db)
      return hasStaff()
    },
    ...createUserAdministration(db, { columns, dialect }),
    update: (id, changes) => change(id, (eb) => eb('id', '=', id), changes),
    updateIfUnchanged: (seen, changes) => change(seen.id, isUnchanged(seen), changes),
    holdIfUnchanged: prepareHold(db, { prepared, dialect }),
    activate: async (seen) => {
      const { numUpdatedRows } = await db
        .updateTable('users')
        .set({ is_active: true })
        .where(stillWaits(seen))
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    deleteWaiting: async (seen) => {
      const { numDeletedRows } = await db.deleteFrom('users').where(stillWaits(seen)).executeTakeFirst()
      return numDeletedRows > 0n
    },
    restore: (users) => restoreUsers(db, { dialect, columns }, users),
    restoreLimit: restoreLimit(columns),
    idsOfOthers: (users) => idsOfOthers(db, users),
    delete: async (id) => {
      const { numDeletedRows } = await db.deleteFrom('users').where('id', '=', id).executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

function createInsert(db: Kysely<Database>, columns: readonly ProfileColumn[]): UserStore['insert'] {
  const selection = userSelection(db.dynamic, columns)
  return async (user) => {
    const values = {
      email: user.email,
      password_hash: user.passwordHash,
      is_active: user.isActive,
      is_staff: user.isStaff,
      locale: user.locale,
      created_at: user.createdAt,
      invited_at: user.invitedAt ?? null,
      ...checkProfile(columns, user.profile),
    }
    const row = await db
      .insertInto('users')
      .values(values)
      .onConflict((conflict) => conflict.column('email').doNothing())
      .returning(selection)
      .executeTakeFirst()
    return row ? readUser(columns, row) : null
  }
}

/** Beside its rows an account has a dozen entries in indexes, which take longer to write than anything else here. */
async function insertAlike(
  db: Kysely<Database>,
  dialect: DialectName,
  { insert, user, isMeant }: { insert: UserStore['insert']; user: NewUser; isMeant: boolean },
): Promise<User | null> {
  await sql`savepoint new_account`.execute(db)
  // of the same length, and no address
  const inserted = await insert(isMeant ? user : { ...user, email: user.email.replace('@', ' ') })
  await (isMeant ? sql`release savepoint new_account` : sql`rollback to savepoint new_account`).execute(db)
  // there, ids would come back with the savepoint, and the next one would tell
  if (dialect === 'sqlite') await useUp(db, inserted?.id ?? 0)
  return isMeant ? inserted : null
}

async function useUp(db: Kysely<Database>, id: number): Promise<void> {
  await sql`update sqlite_sequence set seq = max(seq, ${id}) where name = 'users'`.execute(db)
}

function prepareHold(
  db: Kysely<Database>,
  { prepared, dialect }: { readonly prepared: Prepared; readonly dialect: DialectName },
): UserStore['holdIfUnchanged'] {
  const asSeen = (value: Value) => (eb: ExpressionBuilder<Database, 'users'>) =>
    eb.and([
      eb('id', '=', value<number>(0)),
      eb('email', '=', value<string>(1)),
      eb('password_hash', '=', value<string>(2)),
      eb('is_active', '=', value<boolean>(3)),
    ])
  const hold = prepared('users.hold', (value) =>
    db
      .selectFrom('users')
      .select('id')
      .where(asSeen(value))
      // on SQLite a transaction that writes is alone from its beginning
      .$if(dialect === 'postgres', (query) => query.forNoKeyUpdate()),
  )
  const signIn = prepared('users.signIn', (value) =>
    db
      .updateTable('users')
      .set({ last_login: value<number>(4) })
      .where(asSeen(value))
      .returning('id'),
  )
  return async ({ id, email, passwordHash }, lastLogin) => {
    const seen = [id, email, passwordHash, true]
    const held = lastLogin === null ? await hold(...seen) : await signIn(...seen, lastLogin)
    return held.length > 0
  }
}

const isUnchanged =
  (seen: CredentialState): Condition =>
  (eb) =>
    eb.and([
      eb('id', '=', seen.id),
      eb('email', '=', seen.email),
      eb('password_hash', '=', seen.passwordHash),
      eb('last_login', 'is not distinct from', seen.lastLogin),
    ])

const stillWaits =
  (seen: CredentialState): Condition =>
  (eb) =>
    eb.and([isUnchanged(seen)(eb), eb('is_active', '=', false), eb('deactivated_at', 'is', null)])

const isTaken =
  (email: string, id: number): Condition =>
  ({ exists, selectFrom }) =>
    exists(
      selectFrom('users as other')
        .select('other.id')
        .where('other.email', '=', email)
        .where('other.id', '<>', id),
    )

/** The one way in which accounts change: one conditional UPDATE, and only if it does nothing, the reason why. */
function createChange(db: Kysely<Database>, columns: readonly ProfileColumn[]) {
  const selection = userSelection(db.dynamic, columns)

  const write = async (id: number, condition: Condition, changes: UserChanges) => {
    const values = { ...changedColumns(changes), ...checkProfile(columns, changes.profile ?? {}) }
    const { email } = changes
    if (Object.values(values).every((value) => value === undefined)) {
      return db.selectFrom('users').select(selection).where(condition).executeTakeFirst()
    }
    return db
      .updateTable('users')
      .set(values)
      .where(condition)
      .$if(email !== undefined, (query) => query.where((eb) => eb.not(isTaken(email ?? '', id)(eb))))
      .returning(selection)
      .executeTakeFirst()
  }

  return async function change(
    id: number,
    condition: Condition,
    changes: UserChanges,
  ): Promise<User | null | 'taken'> {
    const { email } = changes
    if (email === undefined) {
      const row = await write(id, condition, changes)
      return row ? readUser(columns, row) : null
    }
    const row = await unlessTaken(db, () => write(id, condition, changes))
    if (row === 'taken') return 'taken'
    if (row) return readUser(columns, row)
    const reason = await db
      .selectFrom('users')
      .select((eb) => eb.case().when(isTaken(email, id)(eb)).then(1).else(0).end().as('taken'))
      .where(condition)
      .executeTakeFirst()
    if (!reason) return null
    // the address was taken a moment ago and is free now: once more
    return reason.taken ? 'taken' : change(id, condition, changes)
  }
}

/**
 * On PostgreSQL two transactions may both find an address free; the unique index lets the second one wait and then
 * fail. A savepoint keeps that failure from ending the caller's transaction. On SQLite writers take turns.
 */
async function unlessTaken<T>(db: Kysely<Database>, write: () => Promise<T>): Promise<T | 'taken'> {
  if (db.isTransaction) await sql`savepoint email_change`.execute(db)
  try {
    const written = await write()
    if (db.isTransaction) await sql`release savepoint email_change`.execute(db)
    return written
  } catch (error) {
    if (db.isTransaction) await sql`rollback to savepoint email_change`.execute(db)
    if (isUniqueViolation(error)) return 'taken'
    throw error
  }
}

/** The columns beside the profile. Undefined ones are not written. */
const changedColumns = (user: UserChanges) =>
  ({
    email: user.email,
    password_hash: user.passwordHash,
    is_active: user.isActive,
    is_staff: user.isStaff,
    locale: user.locale,
    last_login: user.lastLogin,
    deactivated_at: user.deactivatedAt,
    deactivation_reason: user.deactivationReason,
    invited_at: user.invitedAt,
  }) satisfies Updateable<UsersTable>
