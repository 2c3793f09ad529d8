/** What stands in the place of a password for accounts that have none yet. */
import { randomBytes } from 'node:crypto'

/** Django's mark, and something random, so that links made for the account before are good no more. */
export const unusablePassword = (): string => `!${randomBytes(30).toString('base64url')}`
