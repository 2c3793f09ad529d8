/** What a user interface needs to know: is somebody signed in, and who. Each state is a new frozen object. */
import type { ClientErrorCode } from './errors.ts'
import type { User as WireUser } from './generated/wire.ts'

/**
 * The fields that a project declares in `users.fields`, for TypeScript. Empty; a project fills it in once:
 *
 *     declare module '@doorward/client' {
 *       interface DeclaredFields { company: string | null }
 *     }
 *
 * biome-ignore lint/suspicious/noEmptyInterface: it exists to be declared again by projects
 */
export interface DeclaredFields {}

/** An account as the API shows it. An interface, so that types made from it name it and not the files of this package. */
export interface User extends WireUser, DeclaredFields {}

/** Whether somebody is signed in here. */
export interface SessionState {
  /** `loading` until the storage was read and the account fetched. */
  readonly status: 'loading' | 'signedIn' | 'signedOut'
  /** Null while nobody is signed in, and while the server could not be reached to ask who it is. */
  readonly user: User | null
  /** Why the server ended the session that was here (`session_ended`, `refresh_token_reused`, …), or null. */
  readonly endedBy: ClientErrorCode | null
}

/** Nothing is known yet; also what a server renders. */
export const LOADING: SessionState = Object.freeze({ status: 'loading', user: null, endedBy: null })

/** Nobody is signed in. */
export const signedOut = (endedBy: ClientErrorCode | null = null): SessionState =>
  Object.freeze({ status: 'signedOut', user: null, endedBy })

/** Somebody is signed in. */
export const signedIn = (user: User | null): SessionState =>
  Object.freeze({ status: 'signedIn', user, endedBy: null })

/** Told of every new state. */
export type Listener = (state: SessionState) => void

/** The current state, and who wants to hear of the next. */
export interface StateHolder {
  get(): SessionState
  set(state: SessionState): void
  subscribe(listener: Listener): () => void
}

/** Makes a holder. Listeners are told one after the other; one that throws does not keep the others from hearing. */
export function createState(): StateHolder {
  let current = LOADING
  const listeners = new Set<Listener>()
  return {
    get: () => current,
    set: (state) => {
      current = state
      for (const listener of [...listeners]) {
        try {
          listener(state)
        } catch (error) {
          reportError(error)
        }
      }
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
