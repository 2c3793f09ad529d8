/** What one page says to the next, in the browser's history: it survives a reload and shows in no address. */
import { useHistoryState } from 'wouter/use-browser-location'

/** What can be said. */
export interface Said {
  /** The address that a mail went to. */
  readonly email?: string
  /** What the mail is about. */
  readonly about?: 'activation' | 'reset'
  /** What has just happened. */
  readonly happened?: 'signedOut' | 'deleted'
}

/** What the page before said. */
export const useSaid = (): Said => useHistoryState<Said | null>() ?? {}
