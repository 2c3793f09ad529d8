/** The public keys, for other services. */
import { mountDoorward } from '@doorward/server/next'
import { accounts } from '../../../lib/accounts.ts'

export const { GET } = mountDoorward(accounts)

/** Keys change, so they are not put into the build. */
export const dynamic = 'force-dynamic'
