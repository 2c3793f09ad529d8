/** The staff API, for whoever is signed in. */
import type { DoorwardClientError } from '@doorward/client'
import { isDoorwardClientError } from '@doorward/client'
import { createAdmin } from '@doorward/client/admin'
import { client } from '../session/session.ts'

/** The staff API. */
export const admin = createAdmin(client)

/** Whether the server wants to know again who is asking. */
export const asksForProof = (error: unknown): error is DoorwardClientError =>
  isDoorwardClientError(error) && error.issues.some(({ path }) => path === 'current_password')
