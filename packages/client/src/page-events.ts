/** Moments when this tab should look again: another tab spoke, the page came back from the past, or the network did. */

/** What tabs tell each other: where to look, or what the storage did not take. */
export type News = { readonly text: string | null } | null

/** Speaks to the other tabs of the origin. */
export interface Tabs {
  /** Tells them that somebody signed in or out here, or what could not be kept. Gives whether they can hear it. */
  tell(news?: News): boolean
  close(): void
}

/** Where no other tab shares the session. */
export const NO_TABS: Tabs = { tell: () => false, close: () => {} }

/** What is done with news. */
export interface TabsDeps {
  readonly lookAgain: () => void
  /** Takes what another tab could not keep. */
  readonly take: (text: string | null) => void
}

/** Listens, in a page; elsewhere there are no tabs. `name` is the channel's and the key of the storage. */
export function openTabs(name: string, { lookAgain, take }: TabsDeps): Tabs {
  if (typeof document === 'undefined') return NO_TABS
  // a page from the back/forward cache heard nothing while it was away
  const onShow = (event: PageTransitionEvent) => event.persisted && lookAgain()
  // a message may come before what it is about can be read here: localStorage speaks for itself when it can
  const onStorage = ({ key }: StorageEvent) => (key === name || key === null) && lookAgain()
  const onNews = ({ data }: MessageEvent<News>) => {
    if (data) take(data.text)
    lookAgain()
  }
  let channel = openChannel(name)
  if (channel) channel.onmessage = onNews
  addEventListener('storage', onStorage)
  addEventListener('pageshow', onShow)
  addEventListener('online', lookAgain)
  return {
    tell: (news = null) => {
      channel?.postMessage(news)
      return channel !== null
    },
    close: () => {
      channel?.close()
      channel = null
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
