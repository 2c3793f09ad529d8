/** Finding accounts among many: by what they begin with, by how they stand, page by page. */
import {
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  type RawBuilder,
  type SqlBool,
  sql,
} from 'kysely'
import type { AccountState, User } from '../domain/user.ts'
import { binary, endOfPrefix } from './collation.ts'
import type { DialectName } from './dialect.ts'
import type { ProfileColumn } from './profile-columns.ts'
import type { Database } from './schema.ts'
import type { UserQuery } from './user-query.ts'
import { readUser, userSelection } from './user-rows.ts'

type Builder = ExpressionBuilder<Database, 'users'>
type Condition = Expression<SqlBool>

/** How accounts lie in this database. */
export interface UserTable {
  readonly columns: readonly ProfileColumn[]
  readonly dialect: DialectName
}

/** The accounts that match, in the order asked for. */
export async function searchUsers(
  db: Kysely<Database>,
  table: UserTable,
  query: UserQuery,
): Promise<readonly User[]> {
  const rows = await userQuery(db, table, query).execute()
  return rows.map((row) => readUser(table.columns, row))
}

/** From so many characters on, few match. */
const SELECTIVE = 3

/** The query that finds them. */
export function userQuery(db: Kysely<Database>, { columns, dialect }: UserTable, query: UserQuery) {
  const email = binary(dialect, sql.ref('email'))
  const byEmail = query.sort === 'email'
  // PostgreSQL takes a long prefix for more common than it is, and would walk the index of the order to the end of the
  // table; a short one is so common that sorting all who match would take longer than that walk
  const sortsMatches = [...(query.search ?? '')].length >= SELECTIVE
  return db
    .selectFrom('users')
    .select(userSelection(db.dynamic, columns))
    .where((eb) => eb.and([...filters(eb, query), ...words(eb, dialect, query.search)]))
    .$if(query.after !== undefined, (from) =>
      byEmail ? from.where(email, '>', String(query.after)) : from.where('id', '<', Number(query.after)),
    )
    .$if(byEmail, (from) => from.orderBy(sortsMatches ? sql`${email} || ''` : email))
    .$if(!byEmail, (from) => from.orderBy(sortsMatches ? sql`id + 0` : 'id', 'desc'))
    .limit(query.limit)
}

function filters(eb: Builder, query: UserQuery): readonly Condition[] {
  const { state, isActive, isStaff, role, createdSince } = query
  return [
    ...(state === undefined ? [] : [STATES[state](eb)]),
    ...(isActive === undefined ? [] : [eb('is_active', '=', isActive)]),
    ...(isStaff === undefined ? [] : [eb('is_staff', '=', isStaff)]),
    ...(role === undefined ? [] : [eb('role', '=', role)]),
    ...(createdSince === undefined ? [] : [eb('created_at', '>=', createdSince)]),
  ]
}

/** The same as `accountState`, for the database. */
const STATES: Readonly<Record<AccountState, (eb: Builder) => Condition>> = {
  active: (eb) => eb.and([eb('is_active', '=', true), eb('deactivated_at', 'is', null)]),
  deactivated: (eb) => eb('deactivated_at', 'is not', null),
  invited: (eb) => eb.and([waits(eb), eb('invited_at', 'is not', null)]),
  pending: (eb) => eb.and([waits(eb), eb('invited_at', 'is', null)]),
}

const waits = (eb: Builder): Condition =>
  eb.and([eb('is_active', '=', false), eb('deactivated_at', 'is', null)])

/** Nothing for no words; else that address or names begin with them. */
function words(eb: Builder, dialect: DialectName, search: string | undefined): readonly Condition[] {
  if (search === undefined) return []
  const begins = (text: RawBuilder<unknown>, prefix: string) => beginsWith(eb, binary(dialect, text), prefix)
  const named = (column: 'first_name' | 'last_name', prefix: string) =>
    eb.or(spellings(prefix).map((one) => begins(sql`lower(${sql.ref(column)})`, one)))
  const space = search.lastIndexOf(' ')
  const both = eb.and([
    named('first_name', search.slice(0, space)),
    named('last_name', search.slice(space + 1)),
  ])
  return [
    eb.or([
      begins(sql.ref('email'), search),
      begins(sql.ref('email'), search.toLowerCase()),
      named('first_name', search),
      named('last_name', search),
      ...(space > 0 ? [both] : []),
    ]),
  ]
}

const beginsWith = (eb: Builder, text: RawBuilder<string>, prefix: string): Condition =>
  eb.and([eb(text, '>=', prefix), eb(text, '<', endOfPrefix(prefix))])

/**
 * How `lower()` may spell the beginning of a name. SQLite's knows the letters of ASCII alone, so `Éva` stays as it is:
 * the way it is typed, in small letters, and with a capital at the start.
 */
function spellings(prefix: string): readonly string[] {
  const small = prefix.toLowerCase()
  const [first = ''] = small
  const capital = first.toUpperCase() + small.slice(first.length)
  return [...new Set([small, asciiLower(prefix), asciiLower(capital)])]
}

const asciiLower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
