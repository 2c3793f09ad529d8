/** Turns what happened into a finished mail for the outbox. */
import { randomUUID } from 'node:crypto'
import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import type { Settings } from '../config/settings.ts'
import { accentOf } from '../domain/accent.ts'
import type { Clock } from '../domain/clock.ts'
import { describeDevice } from '../domain/device.ts'
import type { User } from '../domain/user.ts'
import type { CredentialState, NewMail } from '../store/store.ts'
import type { LinkPurpose, LinkTokens } from '../tokens/link-tokens.ts'
import type { MailKind, SignInPlace } from './kinds.ts'
import { LINK_OF_KIND } from './kinds.ts'
import { renderMail } from './render-mail.ts'

/** From where and when somebody signed in, as the server saw it. */
export interface SignInOrigin extends Pick<SignInPlace, 'address' | 'at'> {
  readonly userAgent: string
}

/** What a mail is about. */
export interface MailOccasion {
  readonly kind: MailKind
  /** An `id` of 0 stands for somebody without an account. */
  readonly user: Pick<User, 'id' | 'email' | 'profile' | 'locale'>
  /** Where it goes, when not to the account's address. */
  readonly to?: string | undefined
  /** For the kinds that have one. */
  readonly link: string | null
  /** How long the link is good, in seconds. */
  readonly linkLifetime: number | null
  readonly signIn?: SignInOrigin | undefined
}

/** What happened, as the flows tell it. */
export interface Occasion {
  readonly kind: MailKind
  readonly user: MailOccasion['user'] & CredentialState
  readonly to?: string
  /** What the link of the mail hangs on, where that is not the account itself. */
  readonly subject?: CredentialState
  readonly signIn?: SignInOrigin
}

/** A composer for the flows: it makes the link of the kinds that have one, and `composeMail` does the rest. */
export function createComposer(deps: {
  readonly settings: Pick<Settings, 'server' | 'links' | 'mails' | 'portal'>
  readonly clock: Clock
  readonly links: Pick<LinkTokens, 'make'>
}): (occasion: Occasion) => NewMail {
  const { server, links } = deps.settings
  const purposes: Readonly<Record<LinkPurpose, readonly [path: string, lifetime: number]>> = {
    activation: [links.activation, links.activationLifetime],
    invitation: [links.invitation, links.invitationLifetime],
    password_reset: [links.passwordReset, links.resetLifetime],
    email_reset: [links.emailReset, links.resetLifetime],
    email_change: [links.emailChange, links.activationLifetime],
    email_undo: [links.emailUndo, links.undoLifetime],
  }
  return ({ subject, ...mail }) => {
    const purpose = LINK_OF_KIND[mail.kind]
    // a mail without a link takes as long to make: a stranger must not tell by it which one the owner gets
    const { uid, token } = deps.links.make(purpose ?? 'activation', subject ?? mail.user)
    if (!purpose) return composeMail({ ...mail, link: null, linkLifetime: null }, deps)
    const [path, linkLifetime] = purposes[purpose]
    const link = server.frontendUrl + path.replace('{uid}', uid).replace('{token}', token)
    return composeMail({ ...mail, link, linkLifetime }, deps)
  }
}

/** Renders the mail in the language of the person, or of the site. TypeError if a link is missing or not http(s). */
export function composeMail(
  { kind, user, to = user.email, link, linkLifetime, signIn }: MailOccasion,
  deps: { readonly settings: Pick<Settings, 'server' | 'mails' | 'portal'>; readonly clock: Clock },
): NewMail {
  const { server, mails, portal } = deps.settings
  const data = {
    siteName: server.siteName,
    firstName: String(user.profile.first_name ?? ''),
    email: user.email,
    link,
    linkLifetime,
    frontendUrl: server.frontendUrl,
    signIn: signIn ? placeOf(signIn, user.locale ?? mails.locale) : null,
  }
  const { templates, locale: siteLocale } = mails
  const accent = accentOf(portal.accentColor)
  return {
    ...renderMail(kind, data, { locale: user.locale ?? siteLocale, siteLocale, templates, accent }),
    userId: user.id > 0 ? user.id : null,
    kind,
    to,
    messageId: `<${randomUUID()}@${messageIdHost(server.publicUrl, mails.from)}>`,
    createdAt: deps.clock.now(),
  }
}

const placeOf = ({ userAgent, address, at }: SignInOrigin, language: string): SignInPlace => ({
  device: describeDevice(userAgent, language),
  address,
  at,
})

/**
 * The right side of Message-IDs, which should be a domain of ours (RFC 5322 §3.6.4): that of the server, or that of
 * the sender where the server has only an IP address or a local name.
 */
function messageIdHost(publicUrl: string, from: string): string {
  const host = URL.parse(publicUrl)?.hostname ?? ''
  if (host.includes('.') && isIP(host) === 0) return host
  const domain = from.slice(from.lastIndexOf('@') + 1).replace(/>.*/, '')
  return domainToASCII(domain) || 'localhost'
}
