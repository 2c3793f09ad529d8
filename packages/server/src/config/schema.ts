/**
 * Every setting there is, as one table. The resolved type, the environment variables, the list of faults and
 * `docs/reference/settings.md` all come from here. A preset is only another column of this table.
 */
import type { ErrorCode } from '../domain/errors.ts'
import type { ProfileFields } from '../domain/profile-field.ts'
import type { User } from '../domain/user.ts'
import type { MailTemplates } from '../mail/kinds.ts'
import { choice, duration, flag, list, number, optionalText, text, value } from './descriptors.ts'
import { tokenSettings } from './token-settings.ts'

/** What may go into an access token beside the standard claims. */
export type CustomClaims = (user: User) => Readonly<Record<string, unknown>>

/** Who may call an operation. */
export type Permission = 'anyone' | 'signedIn' | 'selfOrStaff' | 'staff'

/** Operations whose permission can be changed, and what it is by default. */
export const PERMISSIONS = {
  register: 'anyone',
  activate: 'anyone',
  resendActivation: 'anyone',
  requestPasswordReset: 'anyone',
  resetPassword: 'anyone',
  requestEmailReset: 'anyone',
  resetEmail: 'anyone',
  signIn: 'anyone',
  changePassword: 'selfOrStaff',
  changeEmail: 'selfOrStaff',
  readUser: 'selfOrStaff',
  listUsers: 'selfOrStaff',
  deleteUser: 'selfOrStaff',
  signOutDatabaseToken: 'signedIn',
} as const satisfies Record<string, Permission>

/** The table of settings, in sections. */
export const SETTINGS = {
  server: {
    host: text({ default: '127.0.0.1', env: 'HOST', doc: 'Address to listen on.' }),
    port: number({ default: 8000, env: 'PORT', min: 0, max: 65535, doc: 'Port to listen on.' }),
    environment: choice(['development', 'production'], {
      default: 'development',
      env: 'NODE_ENV',
      doc: 'In production unsafe defaults refuse to start and the development mailbox does not exist.',
    }),
    publicUrl: text({
      default: '',
      env: 'PUBLIC_URL',
      doc: 'Where this server is reached from outside. Default `http://HOST:PORT`. Never taken from a request.',
    }),
    frontendUrl: text({
      default: '',
      env: 'FRONTEND_URL',
      counterpart: 'DOMAIN, EMAIL_FRONTEND_PROTOCOL, EMAIL_FRONTEND_DOMAIN',
      doc: 'What mailed links start with. Default: `server.publicUrl`.',
    }),
    siteName: text({
      default: 'Doorward',
      env: 'SITE_NAME',
      counterpart: 'SITE_NAME, EMAIL_FRONTEND_SITE_NAME',
      doc: 'The name of your site in mails and pages.',
    }),
    corsOrigins: list({
      default: [],
      env: 'CORS_ORIGINS',
      counterpart: 'CORS_ALLOWED_ORIGINS (django-cors-headers)',
      doc: 'Origins of front ends that may call the API. The origin of `server.frontendUrl` is always allowed.',
    }),
    trustProxy: text({
      default: '',
      env: 'TRUST_PROXY',
      counterpart: 'NUM_PROXIES (DRF)',
      doc: 'How many proxies stand before the server, or their networks in CIDR form, separated by commas.',
    }),
    logLevel: choice(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'], {
      default: 'info',
      env: 'LOG_LEVEL',
      doc: 'How much is logged.',
    }),
    bodyLimit: number({
      default: 65536,
      env: 'BODY_LIMIT',
      min: 1024,
      max: 16_777_216,
      counterpart: 'DATA_UPLOAD_MAX_MEMORY_SIZE',
      doc: 'Largest body of a request, in bytes. Beyond it: 413.',
    }),
    throttle: flag({
      default: true,
      env: 'DOORWARD_THROTTLE',
      counterpart: 'DEFAULT_THROTTLE_CLASSES',
      doc: 'Slows down guessing. Switch it off only for load tests and comparisons.',
    }),
  },
  database: {
    url: text({
      default: 'sqlite:./data/doorward.db',
      env: 'DATABASE_URL',
      counterpart: 'DATABASES',
      doc: 'Where everything is stored: `sqlite:<file>` or `postgres://…`.',
    }),
  },
  api: {
    authPath: text({
      default: '/auth',
      env: 'AUTH_PATH',
      counterpart: "path('auth/', …)",
      doc: 'Under which path the API is mounted.',
    }),
    headerTypes: list({
      default: ['JWT', 'Bearer'],
      djoser: ['JWT'],
      env: 'AUTH_HEADER_TYPES',
      counterpart: 'AUTH_HEADER_TYPES',
      doc: 'Schemes of the Authorization header that carry an access token. The first goes into WWW-Authenticate.',
    }),
    headerName: text({
      default: 'authorization',
      counterpart: 'AUTH_HEADER_NAME',
      doc: 'Name of the header that carries the access token.',
    }),
    permissions: value<Partial<Record<keyof typeof PERMISSIONS, Permission>>>({
      default: {},
      counterpart: 'PERMISSIONS',
      doc: 'Who may call an operation: `anyone`, `signedIn`, `selfOrStaff` or `staff`, by name of the operation.',
    }),
    messages: value<Partial<Record<ErrorCode, string>>>({
      default: {},
      counterpart: 'CONSTANTS',
      doc: 'Your own sentences for errors, by code.',
    }),
  },
  users: {
    fields: value<ProfileFields>({
      default: {},
      counterpart: 'REQUIRED_FIELDS, SERIALIZERS (user, current_user, user_create)',
      doc: 'Fields of your own beside first_name, last_name and role; they become real columns.',
    }),
    roles: list({
      default: [],
      env: 'ROLES',
      counterpart: 'choices of the model field',
      doc: 'The roles there are. Empty: any text of up to 30 characters.',
    }),
    rolesAtRegistration: list({
      default: [],
      env: 'ROLES_AT_REGISTRATION',
      doc: 'The roles a person may take at registration. Empty: all but the reserved ones.',
    }),
    reservedRoles: list({
      default: ['admin'],
      djoser: [],
      env: 'RESERVED_ROLES',
      doc: 'Roles that only staff may give.',
    }),
    ownRoleChangeable: flag({
      default: false,
      djoser: true,
      doc: 'Whether a person may change the own role. Off: staff only.',
    }),
    emailComparison: choice(['insensitive', 'exact'], {
      default: 'insensitive',
      djoser: 'exact',
      doc: 'How addresses are compared. `exact` makes two accounts of `A@x.org` and `a@x.org`.',
    }),
    hideOthers: flag({
      default: true,
      counterpart: 'HIDE_USERS',
      doc: 'Accounts of others do not exist for those without staff rights. Off: 403 instead of 404, and all are listed.',
    }),
    showIdAtRegistration: flag({
      default: false,
      djoser: true,
      doc: 'Whether the answer to a registration carries the id. Off: it tells nothing about the account.',
    }),
  },
  registration: {
    open: flag({ default: true, env: 'REGISTRATION_OPEN', doc: 'Whether anybody may register.' }),
    retypePassword: flag({
      default: false,
      djoser: true,
      counterpart: 'USER_CREATE_PASSWORD_RETYPE',
      doc: 'Whether `re_password` must be sent. If it is sent, it must always be equal.',
    }),
    activationMail: flag({
      default: true,
      counterpart: 'SEND_ACTIVATION_EMAIL',
      doc: 'New accounts are inactive until the link in their mail is used.',
    }),
    confirmationMail: flag({
      default: true,
      counterpart: 'SEND_CONFIRMATION_EMAIL',
      doc: 'Mail after activation (or after registration, where there is no activation mail).',
    }),
    tellTakenAddress: flag({
      default: false,
      djoser: true,
      doc: 'Whether a taken address is an error. Off: the answer is the same, and the owner is told by mail.',
    }),
    tellNothingToResend: flag({
      default: false,
      djoser: true,
      doc: 'Whether resending answers 400 for an unknown or active address. Off: always 204.',
    }),
  },
  links: {
    activation: text({
      default: 'activate/{uid}/{token}',
      counterpart: 'ACTIVATION_URL',
      doc: 'Front-end path of the activation link.',
    }),
    passwordReset: text({
      default: 'password/reset/confirm/{uid}/{token}',
      counterpart: 'PASSWORD_RESET_CONFIRM_URL',
      doc: 'Front-end path of the password reset link.',
    }),
    emailReset: text({
      default: 'email/reset/confirm/{uid}/{token}',
      counterpart: 'USERNAME_RESET_CONFIRM_URL',
      doc: 'Front-end path of the e-mail reset link.',
    }),
    activationLifetime: duration({
      default: 259_200,
      min: 60,
      counterpart: 'PASSWORD_RESET_TIMEOUT',
      doc: 'How long an activation link is good. Resending makes a new one.',
    }),
    resetLifetime: duration({
      default: 3600,
      djoser: 259_200,
      min: 60,
      counterpart: 'PASSWORD_RESET_TIMEOUT',
      doc: 'How long a reset link is good. Short, because it opens the account.',
    }),
  },
  passwords: {
    trim: flag({
      default: false,
      djoser: true,
      counterpart: 'trim_whitespace (DRF)',
      doc: 'Whether white space around a password is cut off. Off: every character counts.',
    }),
    minLength: number({
      default: 8,
      min: 1,
      max: 128,
      counterpart: 'MinimumLengthValidator',
      doc: 'Fewest characters of a password (NIST SP 800-63B-4 §3.1.1).',
    }),
    maxLength: number({
      default: 1024,
      djoser: 1_000_000,
      min: 64,
      max: 1_000_000,
      doc: 'Most characters of a password. It is never truncated.',
    }),
    retypeOnChange: flag({
      default: false,
      djoser: true,
      counterpart: 'SET_PASSWORD_RETYPE',
      doc: 'Whether a change needs `re_new_password`. If it is sent, it must always be equal.',
    }),
    retypeOnReset: flag({
      default: false,
      djoser: true,
      counterpart: 'PASSWORD_RESET_CONFIRM_RETYPE',
      doc: 'Whether a reset needs `re_new_password`. If it is sent, it must always be equal.',
    }),
    tellUnknownAddress: flag({
      default: false,
      counterpart: 'PASSWORD_RESET_SHOW_EMAIL_NOT_FOUND, USERNAME_RESET_SHOW_EMAIL_NOT_FOUND',
      doc: 'Whether reset and resend answer 400 for an unknown address. Tells strangers who has an account.',
    }),
    memoryCost: number({
      default: 19_456,
      min: 8,
      max: 4_194_304,
      counterpart: 'PASSWORD_HASHERS',
      doc: 'Memory of argon2id, in KiB (OWASP Password Storage Cheat Sheet).',
    }),
    timeCost: number({ default: 2, min: 1, max: 64, doc: 'Passes of argon2id.' }),
    parallelism: number({ default: 1, min: 1, max: 16, doc: 'Lanes of argon2id.' }),
    queueLength: number({
      default: 256,
      min: 1,
      max: 100_000,
      doc: 'How many passwords may wait to be hashed. Beyond it: 503 with Retry-After.',
    }),
  },
  mails: {
    smtpUrl: optionalText({
      default: null,
      env: 'SMTP_URL',
      counterpart: 'EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS',
      doc: 'The mail server: `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`. Unset: the development mailbox.',
    }),
    from: text({
      default: 'webmaster@localhost',
      env: 'MAIL_FROM',
      counterpart: 'DEFAULT_FROM_EMAIL',
      doc: 'Sender of the mails.',
    }),
    locale: text({
      default: 'en',
      env: 'MAIL_LOCALE',
      counterpart: 'LANGUAGE_CODE',
      doc: 'Language of mails to those who have not chosen one: `en` or `id`.',
    }),
    templates: value<MailTemplates>({
      default: {},
      counterpart: 'EMAIL',
      doc: 'Your own mails, by language and kind: functions from data to subject, text and HTML.',
    }),
    passwordChanged: flag({
      default: true,
      counterpart: 'PASSWORD_CHANGED_EMAIL_CONFIRMATION',
      doc: 'Mail after a password was changed or reset.',
    }),
    emailChanged: flag({
      default: true,
      counterpart: 'USERNAME_CHANGED_EMAIL_CONFIRMATION',
      doc: 'Mail to the new address after an e-mail change.',
    }),
    emailChangedToOldAddress: flag({
      default: true,
      djoser: false,
      doc: 'Mail to the old address after an e-mail change, so that its owner notices.',
    }),
  },
  emailChange: {
    retypeOnChange: flag({
      default: false,
      counterpart: 'SET_USERNAME_RETYPE',
      doc: 'Whether `set_email` needs `re_new_email`.',
    }),
    retypeOnReset: flag({
      default: false,
      counterpart: 'USERNAME_RESET_CONFIRM_RETYPE',
      doc: 'Whether `reset_email_confirm` needs `re_new_email`.',
    }),
  },
  ...tokenSettings,
} as const
