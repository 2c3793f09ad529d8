/** What staff look for among accounts. */
import type { AccountState } from '../domain/user.ts'

/** Which accounts, and which page of them. */
export interface UserQuery {
  /** What address, first name or last name begins with, or both names with a space between. Every letter is literal. */
  readonly search?: string | undefined
  readonly state?: AccountState | undefined
  readonly isActive?: boolean | undefined
  readonly isStaff?: boolean | undefined
  readonly role?: string | undefined
  /** Milliseconds since 1970. */
  readonly createdSince?: number | undefined
  readonly sort: 'newest' | 'email'
  /** The last account of the page before: its id, or its address when sorted by address. */
  readonly after?: number | string | undefined
  readonly limit: number
}
