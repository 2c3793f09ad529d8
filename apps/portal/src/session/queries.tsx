/** What the pages behind the door keep of the server's answers: loaded once, shown at once, renewed on coming back. */
import { isDoorwardClientError } from '@doorward/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'

/** Only a network that failed may be better a moment later. */
const mayHelp = (count: number, error: Error): boolean =>
  count < 2 && isDoorwardClientError(error) && (error.code === 'network_error' || error.status >= 502)

const emptyQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      // a browser that believes to be offline must say so, not wait in silence
      queries: { retry: mayHelp, staleTime: 5000, networkMode: 'always', refetchOnReconnect: true },
      mutations: { networkMode: 'always' },
    },
  })

/** Whose answers are kept; null: of a page that is for everybody. */
let kept: { readonly owner: number | null; readonly queries: QueryClient } | undefined

function queriesOf(owner: number | null): QueryClient {
  if (kept?.owner !== owner) kept = { owner, queries: emptyQueries() }
  return kept.queries
}

/** Provides the queries. Another owner begins with none of the answers to the one before. */
export const Queries = ({ owner, children }: { owner: number | null; children: ReactNode }) => (
  <QueryClientProvider client={queriesOf(owner)}>{children}</QueryClientProvider>
)
