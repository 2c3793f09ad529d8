/** The door of pages that are for somebody who is signed in. */

import type { User } from '@doorward/client'
import { useSession } from '@doorward/react'
import type { ReactNode } from 'react'
import { createContext, use } from 'react'
import { Redirect, useLocation, useSearch } from 'wouter'
import { LoadFault, Loading } from '../components/states.tsx'
import { signInFor } from '../navigation.ts'
import { useOwnLanguage } from './own-language.ts'
import { client } from './session.ts'

const Context = createContext<User | null>(null)

/** Shows the page to whoever is signed in; everybody else signs in first and comes back. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { status, user } = useSession()
  const [path] = useLocation()
  const search = useSearch()
  if (status === 'loading') return <Loading />
  if (status === 'signedOut') {
    return <Redirect href={signInFor(search === '' ? path : `${path}?${search}`)} replace />
  }
  if (user === null) return <Unreachable />
  return (
    // another person's pages begin with nothing of the one before
    <Context key={user.id} value={user}>
      <OwnLanguage />
      {children}
    </Context>
  )
}

function OwnLanguage() {
  useOwnLanguage()
  return null
}

/** The session is there, but the server could not be asked whose it is. */
const Unreachable = () => <LoadFault error={UNREACHABLE} retry={() => void client.me().catch(() => {})} />

const UNREACHABLE = Object.assign(new Error('unreachable'), {
  name: 'DoorwardClientError',
  code: 'network_error',
  issues: [],
})

/** Who is signed in, in a page behind the door. */
export function useUser(): User {
  const user = use(Context)
  if (!user) throw new TypeError('There is no SignedIn around this.')
  return user
}
