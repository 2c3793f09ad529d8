import type { MailSink } from './mail-sink.ts'
import type { MailLink } from './normalise.ts'
import type { Target } from './target.ts'

/** An account as the harness knows it. */
export interface Account {
  readonly name: string
  email: string
  password: string
  first_name: string
  last_name: string
  role: string
  id: number
  access: string
  refresh: string
  /** The link of the latest mail that carried one. */
  link: MailLink
}

/** Accounts made once per run, for cases that change nothing. */
export interface Fixtures {
  readonly staff: Account
  readonly member: Account
  readonly other: Account
  /** Registered, never activated. */
  readonly inactive: Account
}

/** One of the two servers, with everything that belongs to it. */
export interface Side {
  readonly name: 'reference' | 'doorward'
  /** True for both sides of a self-check. */
  readonly isReference: boolean
  readonly target: Target
  /** Where `/api/sales/` is; undefined if that resource is not to be had. */
  readonly sales: Target | undefined
  readonly sink: MailSink
  readonly fixtures: Fixtures
  readonly secret: string
  readonly runName: string
  /** How long to wait for a mail; shrinks with each one that never comes, so that a broken outbox ends soon. */
  patienceMs: number
}
