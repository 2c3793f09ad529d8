/**
 * `@doorward/client/admin`: what staff do, as methods over a client that somebody with staff rights is signed in to. It
 * is an entry of its own, so that pages for people do not load it.
 */
import type { DoorwardClient } from './create-client.ts'
import type { Body } from './flows.ts'
import type { Account, AuditEntry, MailRecord, Operations, Session, Statistics } from './generated/wire.ts'

export type { Account, AuditEntry, MailRecord, Statistics } from './generated/wire.ts'

type Answer<O extends keyof Operations> = Operations[O]['answer']
type Value = string | number | boolean | undefined

/** The signing keys, and whether they are stored: else the configuration holds the key. */
export type Keys = Answer<'listKeys'>

/** Part of a list, and where the next part begins; null: this was the last. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

/** Where a part of a list begins, and how long it is. */
export interface PageQuery {
  /** `next` of the page before. */
  readonly after?: string | undefined
  readonly limit?: number | undefined
}

/** Which accounts. All conditions must hold. */
export interface AccountQuery extends PageQuery {
  /** What address, first or last name begins with. */
  readonly search?: string | undefined
  readonly state?: Account['account_state'] | undefined
  readonly is_staff?: boolean | undefined
  readonly is_active?: boolean | undefined
  readonly role?: string | undefined
  /** RFC 3339. */
  readonly created_since?: string | undefined
  readonly sort?: 'newest' | 'email' | undefined
}

/** Which mails. */
export interface MailQuery extends PageQuery {
  readonly state?: MailRecord['state'] | undefined
  readonly to?: string | undefined
}

/** Which entries of the audit log. */
export interface AuditQuery extends PageQuery {
  readonly user?: number | undefined
  readonly actor?: number | undefined
  readonly action?: string | undefined
  readonly address?: string | undefined
  readonly since?: string | undefined
  readonly until?: string | undefined
}

/** The own password, where the sign-in is not recent; without it, such a call fails under `current_password`. */
export interface Proof {
  readonly current_password?: string
}

/** What staff can do. All methods throw `DoorwardClientError`. */
export interface AdminClient {
  users(query?: AccountQuery): Promise<Page<Account>>
  user(id: number): Promise<Account>
  /** Makes an account with a password; it is active at once. */
  createUser(person: Body<'createUser'>): Promise<Account>
  /** Makes an account without a password and mails a link that sets one. */
  inviteUser(person: Body<'inviteUser'>): Promise<Account>
  updateUser(id: number, changes: Body<'updateAccount'>): Promise<Account>
  deleteUser(id: number, proof?: Proof): Promise<void>
  deactivateUser(id: number, reason?: string): Promise<Account>
  reactivateUser(id: number): Promise<Account>
  /** Mails an invitation again; earlier links end. */
  inviteAgain(id: number): Promise<Account>
  /** Takes an invitation back; the account is gone. */
  withdrawInvitation(id: number): Promise<void>
  sendActivation(id: number): Promise<void>
  sendPasswordReset(id: number): Promise<void>
  /** Where somebody is signed in. */
  sessions(id: number): Promise<readonly Session[]>
  endSession(id: number, session: string): Promise<void>
  /** Signs somebody out everywhere, and says how many devices that were. */
  endSessions(id: number): Promise<number>
  mails(query?: MailQuery): Promise<Page<MailRecord>>
  mail(id: number): Promise<MailRecord>
  /** Tries a mail again that was given up. */
  retryMail(id: number): Promise<MailRecord>
  audit(query?: AuditQuery): Promise<Page<AuditEntry>>
  keys(): Promise<Keys>
  /** Signs with a new key; nobody is signed out. */
  rotateKeys(proof?: Proof): Promise<Keys>
  /** Forgets a key at once; what it signed is refused. */
  retireKey(kid: string, proof?: Proof): Promise<Keys>
  /** Counts by day, today included. */
  statistics(days?: number): Promise<Statistics>
}

type Request = DoorwardClient['request']

/** Makes the methods. */
export function createAdmin({ request }: Pick<DoorwardClient, 'request'>): AdminClient {
  return { ...accountMethods(request), ...sessionMethods(request), ...operatingMethods(request) }
}

function accountMethods(request: Request) {
  const action = <T>(method: string, id: number, name: string, body?: object): Promise<T> =>
    request<T>(method, `admin/users/${id}/${name}`, body)
  return {
    users: (query = {}) => page<Account>(request, 'admin/users/', query),
    user: (id) => action('GET', id, ''),
    createUser: (person) => request('POST', 'admin/users/', person),
    inviteUser: (person) => request('POST', 'admin/users/invite/', person),
    updateUser: (id, changes) => action('PATCH', id, '', changes),
    deleteUser: (id, proof = {}) => action('DELETE', id, '', proof),
    deactivateUser: (id, reason) => action('POST', id, 'deactivate/', reason === undefined ? {} : { reason }),
    reactivateUser: (id) => action('POST', id, 'reactivate/'),
    inviteAgain: (id) => action('POST', id, 'invitation/'),
    withdrawInvitation: (id) => action('DELETE', id, 'invitation/'),
    sendActivation: (id) => action('POST', id, 'resend_activation/'),
    sendPasswordReset: (id) => action('POST', id, 'send_password_reset/'),
  } satisfies Partial<AdminClient>
}

function sessionMethods(request: Request) {
  const of = (id: number) => `admin/users/${id}/sessions/`
  return {
    sessions: (id) => request('GET', of(id)),
    endSession: async (id, session) => {
      await request('DELETE', `${of(id)}${encodeURIComponent(session)}/`)
    },
    endSessions: async (id) => (await request<{ ended: number }>('DELETE', of(id))).ended,
  } satisfies Partial<AdminClient>
}

function operatingMethods(request: Request) {
  return {
    mails: (query = {}) => page<MailRecord>(request, 'admin/mails/', query),
    mail: (id) => request('GET', `admin/mails/${id}/`),
    retryMail: (id) => request('POST', `admin/mails/${id}/retry/`),
    audit: async (query = {}) => {
      const limit = query.limit ?? 50
      const items = await request<readonly AuditEntry[]>('GET', pathOf('admin/audit/', { ...query, limit }))
      const last = items.length < limit ? undefined : items.at(-1)
      return { items, next: last ? String(last.id) : null }
    },
    keys: () => request('GET', 'admin/keys/'),
    rotateKeys: (proof = {}) => request('POST', 'admin/keys/rotate/', proof),
    retireKey: (kid, proof = {}) => request('POST', `admin/keys/${encodeURIComponent(kid)}/retire/`, proof),
    statistics: (days = 30) => request('GET', `admin/statistics/?days=${days}`),
  } satisfies Partial<AdminClient>
}

/** A page, and the position in the Link header that leads to the next one (RFC 8288). */
async function page<T>(request: Request, path: string, query: object): Promise<Page<T>> {
  let next: string | null = null
  const items = await request<readonly T[]>('GET', pathOf(path, query), undefined, {
    answered: (headers) => {
      const address = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
      next = address === undefined ? null : new URL(address).searchParams.get('after')
    },
  })
  return { items, next }
}

function pathOf(path: string, query: object): string {
  const given = Object.entries(query as Record<string, Value>).filter(
    ([, value]) => value !== undefined && value !== '',
  )
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  return given.length === 0 ? path : `${path}?${search}`
}
