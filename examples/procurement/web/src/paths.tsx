/** Where the person is, without a library: the path of the page, and links that change it without loading it anew. */
import { type MouseEvent, type ReactNode, useSyncExternalStore } from 'react'

const MOVED = 'moved'

const subscribe = (listener: () => void): (() => void) => {
  for (const event of ['popstate', MOVED]) addEventListener(event, listener)
  return () => {
    for (const event of ['popstate', MOVED]) removeEventListener(event, listener)
  }
}

/** The path, without a slash at its end. */
export const usePath = (): string =>
  useSyncExternalStore(subscribe, () => location.pathname.replace(/(.)\/$/, '$1'))

/** Goes to another page. `replace`: the one that is left cannot be come back to. */
export function go(path: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', path)
  dispatchEvent(new Event(MOVED))
}

/** A link within the front end. */
export function Link({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    go(to)
  }
  return (
    <a href={to} onClick={follow}>
      {children}
    </a>
  )
}
