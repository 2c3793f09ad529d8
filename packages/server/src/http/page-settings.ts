/** What the web pages are told about the server: nothing that a visitor could not find out by trying. */
import type { Settings } from '../config/settings.ts'
import type { Accent } from '../domain/accent.ts'
import { accentOf } from '../domain/accent.ts'
import type { ProfileField } from '../domain/profile-field.ts'
import { profileFields } from '../domain/profile-field.ts'

/** A field of the profile, as forms show it. */
export interface PageField extends Pick<ProfileField, 'type' | 'maxLength' | 'choices' | 'description'> {
  readonly name: string
  readonly required: boolean
  /** Whether a newcomer gives it, and whether its owner may change it later. */
  readonly atRegistration: boolean
  readonly byOwner: boolean
}

/** The links in mails that lead to a page. */
export const PAGE_LINKS = [
  'activation',
  'passwordReset',
  'emailReset',
  'emailChange',
  'emailUndo',
  'invitation',
] as const

/** The name of such a link in the settings. */
export type PageLink = (typeof PAGE_LINKS)[number]

/** The settings of the pages. */
export interface PageSettings {
  readonly siteName: string
  readonly authPath: string
  /** The header with the access token, and its scheme. */
  readonly headerName: string
  readonly scheme: string
  readonly development: boolean
  /** `staff`: the front end for people is somewhere else. */
  readonly pages: 'all' | 'staff'
  /** Whether `/mailbox` exists. */
  readonly mailbox: boolean
  readonly locales: readonly string[]
  readonly locale: string
  /** The paths of mailed links, with `{uid}` and `{token}`. */
  readonly links: Pick<Settings['links'], PageLink>
  /** Whether a new address counts only once the link mailed to it was used. */
  readonly confirmsNewEmail: boolean
  /** Whether people can take their data home. */
  readonly dataExport: boolean
  readonly registration: Pick<Settings['registration'], 'open' | 'activationMail'>
  readonly passwords: Pick<Settings['passwords'], 'minLength' | 'maxLength'>
  readonly fields: readonly PageField[]
  /** Whether there are sessions to list, and whether the refresh token can go into a cookie. */
  readonly sessions: { readonly stored: boolean; readonly cookie: boolean; readonly recentSignIn: number }
  readonly look: Omit<Settings['portal'], 'enabled' | 'accentColor'> & { readonly accent: Accent }
}

/** Whether no mail server is set up, so that mails are kept to be looked at. */
export const hasMailbox = ({ mails, server }: Settings): boolean =>
  mails.smtpUrl === null && server.environment === 'development'

/** Whether mailed links lead to this server. */
export const isFrontEnd = ({ server }: Settings): boolean => server.frontendUrl === `${server.publicUrl}/`

/** Makes the settings of the pages, in one of the languages that the pages have. */
export function pageSettings(settings: Settings, locales: readonly string[], locale: string): PageSettings {
  const { server, api, links, registration, passwords, sessions, portal } = settings
  const { enabled: _, accentColor, ...look } = portal
  return {
    siteName: server.siteName,
    authPath: api.authPath,
    headerName: api.headerName,
    scheme: api.headerTypes[0] ?? 'Bearer',
    development: server.environment === 'development',
    pages: isFrontEnd(settings) ? 'all' : 'staff',
    mailbox: hasMailbox(settings),
    locales,
    locale,
    links: Object.fromEntries(PAGE_LINKS.map((name) => [name, links[name]])) as PageSettings['links'],
    dataExport: settings.users.dataExport,
    confirmsNewEmail: settings.emailChange.confirmNewAddress,
    registration: { open: registration.open, activationMail: registration.activationMail },
    passwords: { minLength: passwords.minLength, maxLength: passwords.maxLength },
    fields: pageFields(settings),
    sessions: {
      stored: sessions.mode !== 'stateless',
      cookie: sessions.cookieDelivery && !settings.tokens.sliding,
      recentSignIn: sessions.recentSignIn,
    },
    look: { ...look, accent: accentOf(accentColor) },
  }
}

function pageFields({ users }: Settings): readonly PageField[] {
  return Object.entries(profileFields(users)).map(([name, field]) => {
    const isRole = name === 'role'
    const writer = field.writableBy ?? 'self'
    const roles = users.rolesAtRegistration.length > 0 ? users.rolesAtRegistration : users.roles
    const choices = isRole
      ? roles.filter((role) => !users.reservedRoles.includes(role.toLowerCase()))
      : (field.choices ?? [])
    return {
      name,
      type: field.type,
      required: field.required === true,
      atRegistration: writer !== 'staff',
      byOwner: writer === 'self' && (!isRole || users.ownRoleChangeable),
      ...(field.maxLength !== undefined && { maxLength: field.maxLength }),
      ...(choices.length > 0 && { choices }),
      ...(field.description !== undefined && !isRole && { description: field.description }),
    }
  })
}
