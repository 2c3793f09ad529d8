/** What one page says to the next, in the browser's history: it survives a reload and shows in no address. */
import { useHistoryState } from 'wouter/use-browser-location'
import type { Values } from '../forms/form.tsx'

/** What can be said. */
export interface Said {
  /** The address that the person goes by: a mail went there, or it was typed. */
  readonly email?: string
  /** What was filled in so far, but for passwords: nobody writes it twice. */
  readonly typed?: Values
  /** What the mail is about. */
  readonly about?: 'activation' | 'reset'
  /** What has just happened. */
  readonly happened?: 'signedOut' | 'deleted'
}

/** What the page before said. */
export const useSaid = (): Said => useHistoryState<Said | null>() ?? {}
