/** Puts the client together: options, the session of this device, and the flows of the story. */
import { createAccount } from './account.ts'
import { deviceClock } from './clock.ts'
import type { Flows } from './flows.ts'
import { createFlows } from './flows.ts'
import { createKeeper } from './keeper.ts'
import { openTabs } from './page-events.ts'
import type { Listener, SessionState, User } from './state.ts'
import { createState, signedOut } from './state.ts'
import type { StorageChoice } from './storage.ts'
import { openStorage } from './storage.ts'
import { AUTHORIZATION, createTransport } from './transport.ts'

/** How a client is made. */
export interface ClientOptions {
  /** Where the API is: `https://accounts.example.com/auth`, or in a page of the server itself `/auth`. */
  readonly baseUrl: string
  /** Where the session is kept. Default `memory`. */
  readonly storage?: StorageChoice
  /** Other origins that `fetch` may send the token to: your own services that check it. */
  readonly origins?: readonly string[]
  /** The header with the access token, in small letters. Default `authorization`; another one follows no redirect. */
  readonly headerName?: string
  /** The scheme of that header. Default `JWT`, which every Doorward takes; most others want `Bearer`. */
  readonly headerType?: string
  /** What sends requests. Default: the platform's. */
  readonly fetch?: typeof fetch
  /** The language of messages, as in Accept-Language. Default: what the browser sends. */
  readonly locale?: string | (() => string | undefined)
}

/** A client of one Doorward. */
export interface DoorwardClient extends Flows {
  /** The platform's `fetch` with the token of whoever is signed in. TypeError for an origin that is not listed. */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>
  /** Whether somebody is signed in, as far as is known now. */
  getState(): SessionState
  /** Calls back at every change; gives the function that stops that. */
  subscribe(listener: Listener): () => void
  /** Who is signed in, or null; asks the server the first time. Throws `network_error` when it cannot be known. */
  getUser(): Promise<User | null>
  /** Stops listening to other tabs. */
  close(): void
}

/** Makes a client. TypeError for a base URL that is none. */
export function createClient(options: ClientOptions): DoorwardClient {
  const { storage = 'memory' } = options
  const inCookie = storage === 'cookie'
  const base = absolute(options.baseUrl)
  const name = `doorward:${base}`
  const state = createState()
  const keeper = createKeeper(openStorage(storage, name), deviceClock, inCookie)
  const isShared = storage !== 'memory'
  const account = createAccount({
    ...{ keeper, state, clock: deviceClock, lock: isShared ? name : null },
    transport: () => transport,
    tabs: () => tabs,
  })
  const transport = createTransport({
    ...sendingOptions(options, base),
    ...{ base, inCookie, keeper, clock: deviceClock, refresh: account.refresh, ready: () => restored },
  })
  const tabs = isShared ? openTabs(name, account.lookAgain) : NO_TABS
  const restored = keeper.load().catch(() => null)
  const started = restored.then((session) => {
    if (session !== null) return account.loadUser().catch(() => null)
    if (state.get().status === 'loading') state.set(signedOut())
  })
  return {
    ...createFlows({ transport, account, keeper, state, inCookie }),
    fetch: (input, init) => transport.sendAuthorized(new Request(input, init)),
    getState: state.get,
    subscribe: state.subscribe,
    getUser: async () => {
      await started
      const { status, user } = state.get()
      return status === 'signedIn' ? (user ?? account.loadUser()) : null
    },
    close: () => tabs.close(),
  }
}

const NO_TABS = { tell: () => {}, close: () => {} }

/** With one slash at the end; relative to the page, where there is one. */
const absolute = (baseUrl: string): string =>
  new URL(`${baseUrl.replace(/\/+$/, '')}/`, globalThis.location?.href).href

function sendingOptions(options: ClientOptions, base: string) {
  const { locale, origins = [], headerName = AUTHORIZATION, headerType = 'JWT', ...rest } = options
  return {
    ...{ headerName, headerType },
    origins: new Set([base, ...origins].map((url) => new URL(url).origin)),
    fetch: rest.fetch ?? ((input: RequestInfo | URL, init?: RequestInit) => globalThis.fetch(input, init)),
    locale: () => (typeof locale === 'function' ? locale() : locale),
  }
}
