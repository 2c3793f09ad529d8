/** Moments when this tab should look again: another tab spoke, the page came back from the past, or the network did. */

/** Speaks to the other tabs of the origin. */
export interface Tabs {
  /** Tells them that somebody signed in or out here. */
  tell(): void
  close(): void
}

const QUIET: Tabs = { tell: () => {}, close: () => {} }

/** Listens, in a page; elsewhere there are no tabs. `name` is the channel's and the key of the storage. */
export function openTabs(name: string, lookAgain: () => void): Tabs {
  if (typeof document === 'undefined') return QUIET
  // a page from the back/forward cache heard nothing while it was away
  const onShow = (event: PageTransitionEvent) => event.persisted && lookAgain()
  // a message may come before what it is about can be read here: localStorage speaks for itself when it can
  const onStorage = ({ key }: StorageEvent) => (key === name || key === null) && lookAgain()
  const channel = openChannel(name)
  if (channel) channel.onmessage = lookAgain
  addEventListener('storage', onStorage)
  addEventListener('pageshow', onShow)
  addEventListener('online', lookAgain)
  return {
    tell: () => channel?.postMessage(null),
    close: () => {
      channel?.close()
      removeEventListener('storage', onStorage)
      removeEventListener('pageshow', onShow)
      removeEventListener('online', lookAgain)
    },
  }
}

/** Null where there are none, and where they are forbidden as storage is: in Firefox without cookies. */
function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name)
  } catch {
    return null
  }
}
