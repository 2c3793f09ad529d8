/** Whether the person has staff rights: the account does not say so, but the API shows its staff where to work. */
import { useQuery } from '@tanstack/react-query'
import { client } from './session.ts'

/** Whether there is an administration for this person. False until the server has said so. */
export function useIsStaff(): boolean {
  const { data } = useQuery({
    queryKey: ['root'],
    queryFn: () => client.request<{ admin?: string }>('GET', ''),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data?.admin !== undefined
}
