/** Which mails there are and what each of them needs to know. */

/** Every kind of mail. */
export type MailKind =
  /** The link that activates a new account. */
  | 'activation'
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
