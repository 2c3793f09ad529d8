/** The head of a page: its title in the tab, said aloud when it opens, and focus at its beginning. */
import type { ReactNode } from 'react'
import { useEffect, useSyncExternalStore } from 'react'
import { settings } from '../settings.ts'

let announced = ''
let first = true
const listeners = new Set<() => void>()

function announce(title: string): void {
  document.title = `${title} · ${settings.siteName}`
  // the browser says the title of the page that it loaded itself
  if (!first) {
    announced = title
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }
  first = false
  for (const listener of listeners) listener()
}

/** Says the title of the page that opened to screen readers. */
export function RouteAnnouncer() {
  const title = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => announced,
  )
  return (
    <div className="hidden" role="status" aria-live="polite">
      {title}
    </div>
  )
}

/** Names the page in the tab and to screen readers. */
export function usePageTitle(title: string): void {
  useEffect(() => announce(title), [title])
}

/** A page of one card: what most pages for people are. */
export function CardPage({
  title,
  lead,
  emblem,
  children,
}: {
  title: string
  lead?: ReactNode
  emblem?: ReactNode
  children?: ReactNode
}) {
  usePageTitle(title)
  return (
    <div className="card stack stack--loose">
      <header className="stack stack--tight">
        {emblem}
        <h1>{title}</h1>
        {lead && <p className="lead">{lead}</p>}
      </header>
      {children}
    </div>
  )
}
