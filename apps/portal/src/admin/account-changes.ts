/** What an act on an account changes of what the pages hold. */
import type { Account } from '@doorward/client/admin'
import { useQueryClient } from '@tanstack/react-query'

/** Makes the account known that an act answered with, and forgets what it changed beside. */
export function useAccountChanges(id: number) {
  const queries = useQueryClient()
  return (account?: Account) => {
    if (account) queries.setQueryData(['admin', 'person', id], account)
    for (const key of ['people', 'activity', 'devices']) {
      void queries.invalidateQueries({ queryKey: ['admin', key] })
    }
  }
}
