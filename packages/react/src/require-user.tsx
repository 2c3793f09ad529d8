/** Shows its children only to those who may see them. The server decides all the same: this is for people's eyes. */
import { Fragment, type ReactNode } from 'react'
import { useLabels } from './provider.tsx'
import { useSession } from './session.ts'

/** Who may see, and what the others see. */
export interface RequireUserProps {
  /** One of these roles; everybody signed in without. */
  readonly role?: string | readonly string[]
  /** For those who are not signed in: a sign-in form, or what sends them to it. */
  readonly fallback?: ReactNode
  /** While it is not known who is there. */
  readonly loading?: ReactNode
  /** For those with another role. */
  readonly denied?: ReactNode
  readonly children: ReactNode
}

/** The guard. */
export function RequireUser({ role, fallback = null, loading, denied, children }: RequireUserProps) {
  const labels = useLabels()
  const { status, user } = useSession()
  if (status === 'signedOut') return fallback
  if (status === 'loading') return loading ?? <p role="status">{labels.loading}</p>
  if (user === null) return <p role="status">{labels.unreachable}</p>
  const isAllowed = role === undefined || [role].flat().includes(user.role)
  if (!isAllowed) return denied ?? <p role="alert">{labels.denied}</p>
  // what another person signs in to begins with nothing of the one before
  return <Fragment key={user.id}>{children}</Fragment>
}
