/** The staff API, for whoever is signed in. */
import { createAdmin } from '@doorward/client/admin'
import { client } from '../session/session.ts'

/** The staff API. */
export const admin = createAdmin(client)
