/** Every text that the forms show, in one object: replace some or all of them to speak another language. */
import type { ClientErrorCode, User } from '@doorward/client'

/** All texts. Those with a value in them are functions. */
export interface Labels {
  /** Names of fields, by their names on the wire; a declared field without one shows its name. */
  readonly fields: Readonly<Record<string, string>>
  /** Said instead of the server's sentence, by code. */
  readonly errors: Readonly<Partial<Record<ClientErrorCode, string>>>
  readonly showPassword: string
  readonly working: string
  readonly loading: string
  readonly unreachable: string
  readonly denied: string
  readonly register: string
  readonly checkMail: (email: string) => string
  readonly resend: string
  readonly resendIn: (seconds: number) => string
  readonly resent: string
  readonly activate: string
  readonly activateHint: string
  readonly activated: string
  readonly signIn: string
  readonly signedIn: (user: User) => string
  readonly forgotPassword: string
  readonly resetMailed: (email: string) => string
  readonly resetPassword: string
  readonly passwordReset: string
  readonly changePassword: string
  readonly passwordChanged: string
  readonly changeEmail: string
  readonly emailChanged: (email: string) => string
  readonly emailMailed: (email: string) => string
  readonly confirmEmail: string
  readonly confirmEmailHint: string
  readonly emailConfirmed: string
  readonly undoEmail: string
  readonly undoEmailHint: string
  readonly emailUndone: string
  readonly saveProfile: string
  readonly profileSaved: string
  readonly devices: string
  readonly thisDevice: string
  readonly lastUsed: (when: string) => string
  readonly endSession: string
  readonly endSessionOn: (device: string) => string
  readonly endOtherSessions: string
  readonly sessionsEnded: (count: number) => string
  readonly deleteAccount: string
  readonly deleteHint: string
  readonly accountDeleted: string
}

const fields = {
  email: 'E-mail address',
  password: 'Password',
  re_password: 'Password, once more',
  current_password: 'Current password',
  new_password: 'New password',
  re_new_password: 'New password, once more',
  new_email: 'New e-mail address',
  first_name: 'First name',
  last_name: 'Last name',
  role: 'Role',
}

const errors = {
  network_error: 'The server could not be reached. Check your connection and try again.',
  no_active_account: 'The e-mail address or the password is wrong, or the account is not active yet.',
  invalid_uid: 'This link is not complete. Copy it from the mail once more.',
  invalid_link_token: 'This link was used before, or is too old. Ask for a new one.',
  stale_token: 'This account is active already. You can sign in.',
  blank: 'This field is required.',
  required: 'This field is required.',
  password_mismatch: 'The two passwords are not the same.',
} satisfies Labels['errors']

/** The English texts, which are the default. */
export const ENGLISH: Labels = {
  fields,
  errors,
  showPassword: 'Show password',
  working: 'One moment…',
  loading: 'Loading…',
  unreachable: 'The server cannot be reached at the moment.',
  denied: 'You do not have permission to see this.',
  register: 'Create account',
  checkMail: (email) => `We have sent a mail to ${email}. Open the link in it to activate your account.`,
  resend: 'Send the mail again',
  resendIn: (seconds) => `Send the mail again (in ${seconds} s)`,
  resent: 'The mail is on its way again.',
  activate: 'Activate account',
  activateHint: 'One press, and your account is ready.',
  activated: 'Your account is active. You can sign in now.',
  signIn: 'Sign in',
  signedIn: ({ email }) => `You are signed in as ${email}.`,
  forgotPassword: 'Send me a link',
  resetMailed: (email) => `If ${email} has an account, a mail with a link is on its way.`,
  resetPassword: 'Set the new password',
  passwordReset: 'The new password is set. You can sign in with it now.',
  changePassword: 'Change password',
  passwordChanged: 'Your password is changed. Other devices are signed out.',
  changeEmail: 'Change e-mail address',
  emailChanged: (email) => `From now on you sign in with ${email}.`,
  emailMailed: (email) => `We have sent a mail to ${email}. Open the link in it to confirm the address.`,
  confirmEmail: 'Confirm the address',
  confirmEmailHint: 'One press, and you sign in with the new address.',
  emailConfirmed: 'The new address is confirmed. Sign in with it from now on.',
  undoEmail: 'Take the change back',
  undoEmailHint:
    'If you did not change the address of your account, take it back. You will choose a new password.',
  emailUndone:
    'The old address is back and everybody is signed out. A mail with a link for a new password follows.',
  saveProfile: 'Save',
  profileSaved: 'Saved.',
  devices: 'Where you are signed in',
  thisDevice: 'This device',
  lastUsed: (when) => `Last used ${when}`,
  endSession: 'Sign out',
  endSessionOn: (device) => `Sign out on ${device}`,
  endOtherSessions: 'Sign out on all other devices',
  sessionsEnded: (count) => (count === 1 ? 'One device is signed out.' : `${count} devices are signed out.`),
  deleteAccount: 'Delete my account',
  deleteHint: 'This cannot be undone. Enter your password to confirm it.',
  accountDeleted: 'Your account is deleted.',
}

/** Some texts; the others stay as they are. Names of fields and sentences of errors are replaced one by one. */
export type LabelChanges = Partial<Labels>

/** The texts with the changes in them. */
export const withLabels = (changes: LabelChanges = {}, base: Labels = ENGLISH): Labels => ({
  ...base,
  ...changes,
  fields: { ...base.fields, ...changes.fields },
  errors: { ...base.errors, ...changes.errors },
})
