/** Who is signed in on this device. The access token stays in memory, the refresh token in a cookie no script can read. */
import { createClient } from '@doorward/client'
import { settings } from '../settings.ts'

/** Messages come in the language that the page has now. */
const locale = () => document.documentElement.lang

/** The client of the API. */
export const client = createClient({
  baseUrl: settings.authPath,
  storage: settings.sessions.cookie ? 'cookie' : 'local',
  headerName: settings.headerName,
  headerType: settings.scheme,
  locale,
})

/** What of the server stands outside of the API: setting up, the development mailbox. Nobody is signed in there. */
export const site = createClient({ baseUrl: '/', locale })
