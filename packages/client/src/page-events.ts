/** Moments when this tab should look again: another tab spoke, the page came back from the past, or the network did. */

/** Speaks to the other tabs of the origin. */
export interface Tabs {
  /** Tells them that somebody signed in or out here. */
  tell(): void
  close(): void
}

const QUIET: Tabs = { tell: () => {}, close: () => {} }

/** Listens, in a page; elsewhere there are no tabs. */
export function openTabs(name: string, lookAgain: () => void): Tabs {
  if (typeof document === 'undefined' || typeof BroadcastChannel === 'undefined') return QUIET
  const channel = new BroadcastChannel(name)
  channel.onmessage = lookAgain
  // a page from the back/forward cache heard nothing while it was away
  const onShow = (event: PageTransitionEvent) => event.persisted && lookAgain()
  addEventListener('pageshow', onShow)
  addEventListener('online', lookAgain)
  return {
    tell: () => channel.postMessage(null),
    close: () => {
      channel.close()
      removeEventListener('pageshow', onShow)
      removeEventListener('online', lookAgain)
    },
  }
}
