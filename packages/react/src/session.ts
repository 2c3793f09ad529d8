/** Who is signed in, as React sees it. The same on the server and in the first render of the browser: not known yet. */
import type { SessionState, User } from '@doorward/client'
import { useSyncExternalStore } from 'react'
import { useClient } from './provider.tsx'

const LOADING: SessionState = { status: 'loading', user: null, endedBy: null }

/** Whether somebody is signed in; renders again when that changes, in this tab or another. */
export function useSession(): SessionState {
  const { subscribe, getState } = useClient()
  return useSyncExternalStore(subscribe, getState, () => LOADING)
}

/** Who is signed in, or null; also null while that is not known. */
export const useUser = (): User | null => useSession().user
