/** Stands before everything under `/account`: whoever is not signed in gets 401. */
import { refuseStrangers } from '@doorward/server/next'
import { verifier } from './lib/accounts.ts'

export const proxy = refuseStrangers(verifier)

/** The paths that it stands before. */
export const config = { matcher: '/account/:path*' }
