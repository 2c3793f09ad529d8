/** The whole API of accounts at `/auth/`. */
import { mountDoorward } from '@doorward/server/next'
import { accounts } from '../../../lib/accounts.ts'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = mountDoorward(accounts)
