/** Puts the client together: options, the session of this device, and the flows of the story. */
import { createAccount } from './account.ts'
import { deviceClock } from './clock.ts'
import type { Flows } from './flows.ts'
import { createFlows } from './flows.ts'
import { createKeeper } from './keeper.ts'
import { NO_TABS, openTabs } from './page-events.ts'
import type { Listener, SessionState, User } from './state.ts'
import { createState, signedOut } from './state.ts'
import type { StorageChoice } from './storage.ts'
import { openStorage } from './storage.ts'
import { AUTHORIZATION, createTransport } from './transport.ts'

/** How a client is made. */
export interface ClientOptions {
  /** Where the API is: `https://accounts.example.com/auth`, or in a page of the server itself `/auth`. No query, no fragment. */
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
  /**
   * The platform's `fetch` with the token of whoever is signed in. TypeError for an origin that is not listed,
   * `network_error` when there is no answer; what the caller's `signal` called off rejects with its reason.
   */
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

/** Makes a client. TypeError for a base URL or an origin that is none: they are of http or https, without query and fragment. */
export function createClient(options: ClientOptions): DoorwardClient {
  const { storage = 'memory' } = options
  const inCookie = storage === 'cookie'
  const base = absolute(options.baseUrl)
  const name = `doorward:${base}`
  const state = createState()
  const kept = openStorage(storage, name, (news) => tabs.tell(news))
  const keeper = createKeeper(kept, deviceClock, inCookie)
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
  const tabs = isShared ? openTabs(name, { lookAgain: account.lookAgain, take: kept.take }) : NO_TABS
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

/** With one slash at the end; relative to the page, where there is one. */
function absolute(baseUrl: string): string {
  // paths are put behind it
  if (/[?#]/.test(baseUrl)) throw noAddress(baseUrl, 'baseUrl')
  return addressOf(`${baseUrl.replace(/\/+$/, '')}/`, 'baseUrl', globalThis.location?.href).href
}

function addressOf(text: string, option: keyof ClientOptions, page?: string): URL {
  try {
    const url = new URL(text, page)
    if (/^https?:$/.test(url.protocol)) return url
  } catch {}
  throw noAddress(text, option)
}

const noAddress = (text: string, option: keyof ClientOptions): TypeError =>
  new TypeError(
    `"${text}" is no "${option}": write it as "https://accounts.example.com/auth", without query and fragment.`,
  )

function sendingOptions(options: ClientOptions, base: string) {
  const { locale, origins = [], headerName = AUTHORIZATION, headerType = 'JWT', ...rest } = options
  return {
    ...{ headerName, headerType },
    origins: new Set([base, ...origins].map((url) => addressOf(url, 'origins').origin)),
    fetch: rest.fetch ?? ((input: RequestInfo | URL, init?: RequestInit) => globalThis.fetch(input, init)),
    locale: () => (typeof locale === 'function' ? locale() : locale),
  }
}
