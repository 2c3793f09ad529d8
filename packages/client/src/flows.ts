/** The flows of the story, as methods. Names, fields and answers are those of the API. */
import type { Account } from './account.ts'
import { isNobody } from './account.ts'
import type { Activity, Session as DeviceSession, Operations, Registered } from './generated/wire.ts'
import type { Keeper } from './keeper.ts'
import type { DeclaredFields, StateHolder, User } from './state.ts'
import { signedIn } from './state.ts'
import type { Transport } from './transport.ts'
import { bodyOf } from './transport.ts'

/** The body of an operation of the API. */
export type Body<O extends keyof Operations> = Operations[O]['body']

/** What somebody registers with. */
export type Registration = Body<'register'> & Partial<DeclaredFields>

/** The parts of a mailed link. */
export type LinkParts = Body<'activate'>

/** How a request of one's own is sent. */
export interface RequestOptions {
  /** Without the token, although somebody may be signed in. */
  readonly anonymous?: boolean
  /** Told of the headers of the answer, if it is no refusal. */
  readonly answered?: (headers: Headers) => void
}

/** All methods throw `DoorwardClientError`. */
export interface Flows {
  /** Makes an account, which waits for its activation mail. */
  register(person: Registration): Promise<Registered>
  /** Activates it, with the parts of the mailed link. */
  activate(link: LinkParts): Promise<void>
  /** Mails the activation link again. */
  resendActivation(email: string): Promise<void>
  /** Signs in and gives the account. */
  signIn(credentials: { readonly email: string; readonly password: string }): Promise<User>
  /** Signs out, here and on the server. It throws when the server was not reached; here it has happened all the same. */
  signOut(): Promise<void>
  /** The own account, asked now. */
  me(): Promise<User>
  /** Changes some fields of the own account. */
  updateMe(changes: Body<'patchMe'> & Partial<DeclaredFields>): Promise<User>
  /** Deletes the own account. `current_password` is not needed soon after a sign-in. */
  deleteMe(proof?: Body<'deleteMe'>): Promise<void>
  /** Mails a link for a new password, if the address has an account. */
  requestPasswordReset(email: string): Promise<void>
  /** Sets a new password, with the parts of the mailed link. Sessions end. */
  resetPassword(input: Body<'resetPassword'>): Promise<void>
  /** Changes the password. Other devices are signed out. */
  changePassword(input: Body<'changePassword'>): Promise<void>
  /** Mails a link to the new address, or changes it at once, as the server is set up. `current_password` is not needed soon after a sign-in. */
  changeEmail(input: Body<'changeEmail'>): Promise<void>
  /** Mails a link for a new address, if the address has an account. */
  requestEmailReset(email: string): Promise<void>
  /** As `changeEmail`, with the parts of the mailed link. */
  resetEmail(input: Body<'resetEmail'>): Promise<void>
  /** Confirms a new address, with the parts of the link mailed to it. */
  confirmEmailChange(link: Body<'confirmEmailChange'>): Promise<void>
  /** Takes a change of the address back, with the parts of the link mailed to the old one. Sessions end. */
  undoEmailChange(link: Body<'undoEmailChange'>): Promise<void>
  /** Proves again who one is, so that sensitive operations need no password for a while. */
  reauthenticate(currentPassword: string): Promise<void>
  /** Where the person is signed in. */
  sessions(): Promise<readonly DeviceSession[]>
  /** Signs one device out. For another than this one the server asks for `current_password`, but not soon after a sign-in. */
  endSession(id: string, proof?: Body<'endSession'>): Promise<void>
  /** Signs all other devices out, and says how many they were. `current_password` is not needed soon after a sign-in. */
  endOtherSessions(proof?: Body<'endOtherSessions'>): Promise<number>
  /** What happened to the own account lately, newest first. */
  activity(): Promise<readonly Activity[]>
  /** Chooses the language of mails; null for that of the site. */
  setLanguage(language: Body<'setLanguage'>['language'] | null): Promise<void>
  /** Any request to the API: `path` is below the base URL, as in `users/me/`. Gives the body, or null. */
  request<Answer = unknown>(
    method: string,
    path: string,
    body?: unknown,
    options?: RequestOptions,
  ): Promise<Answer>
}

/** What flows are made with. */
export interface FlowDeps {
  readonly transport: Transport
  readonly account: Account
  readonly keeper: Keeper
  readonly state: StateHolder
  readonly inCookie: boolean
}

/** Makes the flows. */
export function createFlows(deps: FlowDeps): Flows {
  const { transport } = deps
  const request: Flows['request'] = async (method, path, body, { anonymous, answered } = {}) => {
    const sent = transport.apiRequest(method, path, body)
    const answer = await (anonymous ? transport.send(sent) : transport.sendAuthorized(sent))
    if (answer.ok) answered?.(answer.headers)
    return (await bodyOf(answer)) as never
  }
  return {
    ...openFlows(deps, request),
    ...accountFlows(deps, request),
    ...sessionFlows(deps, request),
    request,
  }
}

type Request = Flows['request']

const ANONYMOUS: RequestOptions = { anonymous: true }

/** For everybody, so without a token: one that has ended must not keep anybody from resetting a password. */
function openFlows({ transport, account, inCookie }: FlowDeps, request: Request) {
  const post = async (path: string, body: object): Promise<void> => {
    await request('POST', path, body, ANONYMOUS)
  }
  return {
    register: (person) => request('POST', 'users/', { re_password: person.password, ...person }, ANONYMOUS),
    activate: (link) => post('users/activation/', link),
    resendActivation: (email) => post('users/resend_activation/', { email }),
    requestPasswordReset: (email) => post('users/reset_password/', { email }),
    resetPassword: (input) =>
      post('users/reset_password_confirm/', { re_new_password: input.new_password, ...input }),
    requestEmailReset: (email) => post('users/reset_email/', { email }),
    resetEmail: (input) => post('users/reset_email_confirm/', { re_new_email: input.new_email, ...input }),
    confirmEmailChange: (link) => post('users/set_email_confirm/', link),
    undoEmailChange: (link) => post('users/set_email_undo/', link),
    signIn: async (credentials) => {
      const body = { ...credentials, ...(inCookie && { token_delivery: 'cookie' }) }
      await account.begin(transport.apiRequest('POST', 'jwt/create/', body))
      return account.loadUser()
    },
  } satisfies Partial<Flows>
}

function accountFlows({ account, state, keeper }: FlowDeps, request: Request) {
  return {
    me: () => account.loadUser(),
    updateMe: async (changes) => {
      const { id } = keeper.current() ?? {}
      const user = await request<User>('PATCH', 'users/me/', changes)
      if (keeper.current()?.id === id) state.set(signedIn(user))
      return user
    },
    deleteMe: async (proof = {}) => {
      await request('DELETE', 'users/me/', proof)
      await account.end()
    },
    changePassword: async (input) => {
      await request('POST', 'users/set_password/', { re_new_password: input.new_password, ...input })
    },
    activity: () => request('GET', 'activity/'),
    setLanguage: async (language) => {
      await request('PUT', 'users/me/language/', { language })
    },
    changeEmail: async (input) => {
      await request('POST', 'users/set_email/', { re_new_email: input.new_email, ...input })
      await account.loadUser()
    },
  } satisfies Partial<Flows>
}

function sessionFlows({ transport, account, keeper }: FlowDeps, request: Request) {
  return {
    sessions: () => request('GET', 'sessions/'),
    endSession: async (id, proof = {}) => {
      await request('DELETE', `sessions/${encodeURIComponent(id)}/`, proof)
    },
    endOtherSessions: async (proof = {}) =>
      (await request<{ ended: number }>('POST', 'sessions/revoke_others/', proof)).ended,
    reauthenticate: async (currentPassword) => {
      const body = { current_password: currentPassword }
      await account.replaceAccess(transport.apiRequest('POST', 'jwt/reauthenticate/', body))
    },
    signOut: async () => {
      const session = await keeper.load()
      await account.end()
      if (!session) return
      const body = session.refresh === null ? {} : { refresh: session.refresh }
      await request('POST', 'jwt/logout/', body, ANONYMOUS).catch((error: unknown) => {
        if (!isNobody(error)) throw error
      })
    },
  } satisfies Partial<Flows>
}
