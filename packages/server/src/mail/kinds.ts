/** Which mails there are and what each of them needs to know. */
import type { LinkPurpose } from '../tokens/link-tokens.ts'

/** Every kind of mail. */
export type MailKind =
  /** The link that activates a new account. */
  | 'activation'
  /** Staff made an account for somebody: the link that sets its first password. */
  | 'invitation'
  /** The account is ready. */
  | 'confirmation'
  /** The link that sets a new password. */
  | 'password_reset'
  /** The password was changed. */
  | 'password_changed'
  /** The link that sets a new address. */
  | 'email_reset'
  /** The address was changed; goes to the new one. */
  | 'email_changed'
  /** The address was changed; goes to the old one. */
  | 'email_changed_notice'
  /** Somebody tried to register with an address that has an account. */
  | 'account_exists'
  /** A spent refresh token came back, so the session was ended. */
  | 'refresh_token_reused'
  /** The link that confirms a new address; goes to that address. */
  | 'email_change'
  /** Somebody wants an address for their account that belongs to another one; goes to the owner of that one. */
  | 'email_change_taken'
  /** A change of the address was taken back; goes to the restored one, with a link that sets a new password. */
  | 'email_restored'
  /** Many wrong passwords; with a link that sets a new one, for an owner who is kept waiting too. */
  | 'failed_sign_ins'
  /** A sign-in from a device that the account has not been used on before. */
  | 'new_device'

/** What the link of a mail does, for the kinds that have one. */
export const LINK_OF_KIND: Readonly<Partial<Record<MailKind, LinkPurpose>>> = {
  activation: 'activation',
  invitation: 'invitation',
  password_reset: 'password_reset',
  email_reset: 'email_reset',
  email_change: 'email_change',
  email_changed_notice: 'email_undo',
  email_restored: 'password_reset',
  failed_sign_ins: 'password_reset',
}

/** From where and when somebody signed in. */
export interface SignInPlace {
  /** Such as `Firefox on Windows`. */
  readonly device: string
  /** The IP address; empty where it is not known. */
  readonly address: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** What a template may mention. */
export interface MailData {
  readonly siteName: string
  /** First address line of the greeting; may be empty. */
  readonly firstName: string
  /** The address that signs in to the account. */
  readonly email: string
  /** The link of the mail, for the kinds that have one. */
  readonly link: string | null
  /** How long the link is good, in seconds, for the kinds that have one. */
  readonly linkLifetime: number | null
  /** Where the front end starts: for mails that say what to do next. */
  readonly frontendUrl: string
  /** From where the account was signed in to, for the mail about a new device. */
  readonly signIn: SignInPlace | null
}

/** A finished mail. `subject` is one line without control characters. */
export interface RenderedMail {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** A template: from data to a mail. Without `html`, the text is laid out as HTML. */
export type MailTemplate = (data: MailData) => { subject: string; text: string; html?: string }

/** A project's own templates, by language and kind; what is missing falls back to Doorward's. */
export type MailTemplates = Readonly<Record<string, Partial<Record<MailKind, MailTemplate>>>>
