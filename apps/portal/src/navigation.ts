/** Paths of the pages, and where a sign-in leads to. */
import { ownPath } from './own-path.ts'
import { settings } from './settings.ts'

/** The pages. */
export const PATHS = {
  home: '/',
  register: '/register',
  checkMail: '/check-mail',
  signIn: '/sign-in',
  forgot: '/password/reset',
  resend: '/activate/resend',
  activate: '/activate',
  invitation: '/invitation',
  reset: '/password/reset/confirm',
  emailReset: '/email/reset/confirm',
  emailChange: '/email/change/confirm',
  emailUndo: '/email/change/undo',
  account: '/account',
  security: '/account/security',
  devices: '/account/devices',
  activity: '/account/activity',
  data: '/account/data',
  admin: '/admin',
  mailbox: '/mailbox',
  docs: '/docs',
} as const

/** The sign-in page that leads back to a path. */
export const signInFor = (path: string): string =>
  path === PATHS.account ? PATHS.signIn : `${PATHS.signIn}?next=${encodeURIComponent(path)}`

/** Where to go after signing in: where the address says, if it is ours, else the account. */
export const afterSignIn = (search: string): string =>
  ownPath(new URLSearchParams(search).get('next'), location.origin) ??
  (settings.pages === 'staff' ? PATHS.admin : PATHS.account)
