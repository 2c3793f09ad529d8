/** Paths of the pages, and the one rule about where a sign-in may lead to. */
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

/**
 * A path of this site that somebody asked to be led to, or null. Anything that a browser could take for another
 * site is refused: a sign-in page that leads elsewhere is what phishing is made of (OWASP: Unvalidated Redirects).
 */
export function ownPath(wanted: string | null, origin: string): string | null {
  // browsers drop control characters and read a backslash as a slash before they look for a host
  if (wanted === null || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wanted)) return null
  const url = URL.parse(wanted, origin)
  return url && url.origin === origin ? `${url.pathname}${url.search}${url.hash}` : null
}

/** The sign-in page that leads back to a path. */
export const signInFor = (path: string): string =>
  path === PATHS.account ? PATHS.signIn : `${PATHS.signIn}?next=${encodeURIComponent(path)}`

/** Where to go after signing in: where the address says, if it is ours, else the account. */
export const afterSignIn = (search: string): string =>
  ownPath(new URLSearchParams(search).get('next'), location.origin) ??
  (settings.pages === 'staff' ? PATHS.admin : PATHS.account)

/** The two parts of a mailed link. */
export interface MailedLink {
  readonly uid: string
  readonly token: string
}

/** Reads a mailed link out of an address, by the pattern of the settings; null if it is another one. */
export function readLink(pattern: string, address: string): MailedLink | null {
  const form = pattern
    .split(/(\{uid\}|\{token\})/)
    .map((part) =>
      part === '{uid}' ? '(?<uid>[^/?#&]+)' : part === '{token}' ? '(?<token>[^/?#&]+)' : escapeRegExp(part),
    )
    .join('')
  const { uid, token } = new RegExp(`^/${form}/?$`).exec(address)?.groups ?? {}
  return uid === undefined || token === undefined ? null : { uid, token }
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
