/** Who is signed in on this device: restored at start, renewed when needed, ended when the server or the person says so. */
import { type Clock, inTime } from './clock.ts'
import type { DoorwardClientError } from './errors.ts'
import { isDoorwardClientError, unexpectedAnswer } from './errors.ts'
import type { Keeper } from './keeper.ts'
import { withLock } from './lock.ts'
import type { Tabs } from './page-events.ts'
import type { Refresh } from './refresh.ts'
import { createRefresh, endsSession } from './refresh.ts'
import type { Session, Tokens } from './session.ts'
import { sessionOf } from './session.ts'
import type { StateHolder, User } from './state.ts'
import { signedIn, signedOut } from './state.ts'
import { bodyOf, type Transport } from './transport.ts'

/** What the account is kept with. */
export interface AccountDeps {
  readonly keeper: Keeper
  readonly state: StateHolder
  readonly clock: Clock
  /** Null where no other tab shares the session. */
  readonly lock: string | null
  readonly transport: () => Transport
  readonly tabs: () => Tabs
}

/** The person on this device. */
export interface Account {
  /** Asks the server who is signed in. Throws `DoorwardClientError`; a failed network changes nothing. */
  loadUser(): Promise<User>
  /** Sends a sign-in and takes its tokens, for a session of its own. */
  begin(request: Request): Promise<void>
  /** Asks for another access token for the same session. */
  replaceAccess(request: Request): Promise<void>
  /** Forgets the session here and in the other tabs. */
  end(endedBy?: DoorwardClientError): Promise<void>
  /** Looks whether another tab signed in or out, and whether the server can be reached again. */
  lookAgain(): Promise<void>
  readonly refresh: Refresh
}

/** Makes the account. */
export function createAccount(deps: AccountDeps): Account {
  const { keeper, state, clock } = deps
  /** The session whose account the state shows, and the one for which it is being fetched because a tab spoke. */
  let shown: string | null = null
  let asked: string | null = null
  const end: Account['end'] = async (endedBy) => {
    await keeper.drop()
    state.set(signedOut(endedBy?.code))
    deps.tabs().tell()
  }
  const loadUser = () =>
    askWhoIsThere(deps, (user, id) => {
      // a failed network does not make anybody unknown
      if (user === null && shown === id) return
      shown = user && id
      state.set(signedIn(user))
    })
  const lookAgain = async () => {
    const session = await keeper.load()
    if (!session && state.get().status !== 'signedOut') state.set(signedOut())
    if (!session || session.id === shown || session.id === asked) return
    asked = session.id
    // who is not reached now is asked again later: nobody waits for this answer
    await loadUser().catch(() => {})
    asked = null
  }
  return {
    loadUser,
    end,
    lookAgain,
    refresh: createEndingRefresh(deps, { end, lookAgain }),
    begin: async (request) => {
      // the answer to a refresh on its way would put its cookie over that of this sign-in
      await withLock(deps.lock, async () => {
        const answer = await deps.transport().send(request)
        await keeper.keep(await receive(answer, { clock, id: newId(), refresh: null }))
      })
      deps.tabs().tell()
    },
    replaceAccess: async (request) => {
      const answer = await deps.transport().sendAuthorized(request)
      const { id } = keeper.current() ?? {}
      if (id === undefined) return
      const renewed = await receive(answer, { clock, id, refresh: null })
      // another tab may have spent the refresh token since, or somebody else have signed in
      const known = await keeper.load()
      if (known?.id === id) await keeper.keep({ ...renewed, refresh: known.refresh })
    },
  }
}

async function askWhoIsThere(
  { keeper, transport }: AccountDeps,
  show: (user: User | null, id: string) => void,
): Promise<User> {
  const asked = keeper.current()
  const tell = (user: User | null) => {
    if (asked && keeper.current()?.id === asked.id) show(user, asked.id)
  }
  const { apiRequest, sendAuthorized } = transport()
  try {
    const user = (await bodyOf(await sendAuthorized(apiRequest('GET', 'users/me/')))) as User
    tell(user)
    return user
  } catch (error) {
    tell(null)
    throw error
  }
}

/** How long the server may take for new tokens before the network counts as failed, in milliseconds. */
const RENEWAL = 15_000

function createEndingRefresh(
  deps: AccountDeps,
  { end, lookAgain }: Pick<Account, 'end' | 'lookAgain'>,
): Refresh {
  const { keeper, clock, lock, transport } = deps
  const ask = (session: Session): Promise<Session> => {
    const { apiRequest, send } = transport()
    const body = session.refresh === null ? {} : { refresh: session.refresh }
    const request = apiRequest('POST', 'jwt/refresh/', body)
    return inTime(RENEWAL, async (signal) => {
      const answer = await send(new Request(request, { signal }))
      return receive(answer, { ...session, clock })
    })
  }
  // the answer may have been lost when the token was spent already; asked again at once, it is given again
  const renew = (session: Session): Promise<Session> =>
    ask(session).catch((error: unknown) => {
      if (!isDoorwardClientError(error) || error.code !== 'network_error') throw error
      return ask(session)
    })
  const refresh = createRefresh({ keeper, clock, lock, renew })
  return async (stale) => {
    try {
      return await refresh(stale)
    } catch (error) {
      if (!endsSession(error)) throw error
      if (keeper.current()?.id === stale.id) await end(error)
      else void lookAgain()
      throw error
    }
  }
}

async function receive(
  answer: Response,
  { clock, id, refresh }: { readonly clock: Clock; readonly id: string; readonly refresh: string | null },
): Promise<Session> {
  const tokens = (await bodyOf(answer)) as Tokens | null
  if (typeof tokens?.access !== 'string') throw unexpectedAnswer(answer.status)
  return sessionOf(tokens, { id, refresh, date: answer.headers.get('date'), clock })
}

/** Tells sessions of one device apart; it protects nothing, so it need not be unguessable. */
const newId = (): string => Math.random().toString(36).slice(2)

/** Whether the session is gone after all: then a sign-out has nothing left to do. */
export const isNobody = (error: unknown): boolean =>
  isDoorwardClientError(error) && (error.status === 401 || error.status === 404)
