/** What the pages behind the door keep of the server's answers: loaded once, shown at once, renewed on coming back. */
import { isDoorwardClientError } from '@doorward/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'

/** Only a network that failed may be better a moment later. */
const mayHelp = (count: number, error: Error): boolean =>
  count < 2 && isDoorwardClientError(error) && (error.code === 'network_error' || error.status >= 502)

const queries = new QueryClient({
  defaultOptions: {
    // a browser that believes to be offline must say so, not wait in silence
    queries: { retry: mayHelp, staleTime: 5000, networkMode: 'always', refetchOnReconnect: true },
    mutations: { networkMode: 'always' },
  },
})

/** Provides the queries. Another person begins with none of the answers to the one before. */
export const Queries = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={queries}>{children}</QueryClientProvider>
)

/** Forgets every answer. */
export const forgetQueries = (): void => queries.clear()
