/**
 * Every setting there is, as one table. The resolved type, the environment variables, the list of faults and
 * `docs/reference/settings.md` all come from here. A preset is only another column of this table.
 */
import type { ErrorCode } from '../domain/errors.ts'
import { accountSettings } from './account-settings.ts'
import {
  baseUrl,
  headerToken,
  headerTokens,
  hostName,
  mountPath,
  oneLine,
  origins,
  proxies,
} from './checks.ts'
import { choice, flag, list, number, optOutWhen, text, value } from './descriptors.ts'
import { errorMessages, permissionChanges } from './map-checks.ts'
import { operationSettings } from './operation-settings.ts'
import { passwordSettings } from './password-settings.ts'

import { portalSettings } from './portal-settings.ts'

import { storageSettings } from './storage-settings.ts'

import { throttleSettings } from './throttle-settings.ts'
import { tokenSettings } from './token-settings.ts'

/** Who may call an operation, from the widest circle to the narrowest. */
export const CALLERS = ['anyone', 'signedIn', 'selfOrStaff', 'staff'] as const

/** Who may call an operation. */
export type Permission = (typeof CALLERS)[number]

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

const opensAnOperation = (changes: Partial<Record<keyof typeof PERMISSIONS, Permission>>) =>
  Object.entries(PERMISSIONS).some(([operation, usual]) => {
    const changed = changes[operation as keyof typeof PERMISSIONS]
    return changed !== undefined && CALLERS.indexOf(changed) < CALLERS.indexOf(usual)
  })

/** The table of settings, in sections. */
export const SETTINGS = {
  server: {
    host: text({ default: '127.0.0.1', env: 'HOST', check: hostName, doc: 'Address to listen on.' }),
    port: number({ default: 8000, env: 'PORT', min: 0, max: 65535, doc: 'Port to listen on.' }),
    environment: choice(['development', 'production'], {
      default: 'development',
      env: 'NODE_ENV',
      synonyms: { test: 'development' },
      doc: 'In production unsafe defaults refuse to start and the development mailbox does not exist. `NODE_ENV=test` counts as development.',
    }),
    publicUrl: text({
      default: '',
      env: 'PUBLIC_URL',
      check: baseUrl,
      doc: 'Where this server is reached from outside; resolved without a slash at the end. Default: `http://HOST:PORT`. Never taken from a request.',
    }),
    frontendUrl: text({
      default: '',
      env: 'FRONTEND_URL',
      counterpart: 'DOMAIN, EMAIL_FRONTEND_PROTOCOL, EMAIL_FRONTEND_DOMAIN',
      check: baseUrl,
      doc: 'What mailed links start with; resolved with a slash at the end. Default: `server.publicUrl`.',
    }),
    siteName: text({
      default: 'Doorward',
      env: 'SITE_NAME',
      counterpart: 'SITE_NAME, EMAIL_FRONTEND_SITE_NAME',
      check: oneLine,
      doc: 'The name of your site in mails and pages.',
    }),
    corsOrigins: list({
      default: [],
      env: 'CORS_ORIGINS',
      counterpart: 'CORS_ALLOWED_ORIGINS (django-cors-headers)',
      check: origins,
      doc: 'Origins of front ends that may call the API. The origin of `server.frontendUrl` is always allowed.',
    }),
    trustProxy: text({
      default: '',
      env: 'TRUST_PROXY',
      counterpart: 'NUM_PROXIES (DRF)',
      check: proxies,
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
      djoser: false,
      env: 'DOORWARD_THROTTLE',
      counterpart: 'DEFAULT_THROTTLE_CLASSES',
      doc: 'Whether guessing is slowed down and mails to strangers are limited: by the limits of the section `throttle`.',
      optOut: optOutWhen(false, 'passwords can be guessed at full speed'),
    }),
  },
  ...storageSettings,
  api: {
    authPath: text({
      default: '/auth',
      env: 'AUTH_PATH',
      counterpart: "path('auth/', …)",
      check: mountPath,
      doc: 'Under which path the API is mounted: a slash at the start, none at the end.',
    }),
    headerTypes: list({
      default: ['JWT', 'Bearer'],
      djoser: ['JWT'],
      env: 'AUTH_HEADER_TYPES',
      counterpart: 'AUTH_HEADER_TYPES',
      check: headerTokens,
      doc: 'Schemes of the Authorization header that carry an access token. The first goes into WWW-Authenticate.',
    }),
    headerName: text({
      default: 'authorization',
      counterpart: 'AUTH_HEADER_NAME',
      check: headerToken,
      doc: 'Name of the header that carries the access token.',
    }),
    permissions: value<Partial<Record<keyof typeof PERMISSIONS, Permission>>>({
      default: {},
      counterpart: 'PERMISSIONS',
      check: (changes) => permissionChanges(changes, Object.keys(PERMISSIONS), CALLERS),
      doc: `Who may call an operation: ${CALLERS.map((who) => `\`${who}\``).join(', ')}, by name of the operation: ${Object.keys(PERMISSIONS).join(', ')}.`,
      optOut: { when: opensAnOperation, risk: 'an operation is open to more people than by default' },
    }),
    administration: flag({
      default: true,
      djoser: false,
      doc: 'Whether staff have endpoints of their own under `admin/`: accounts, invitations, mails, keys, statistics.',
    }),
    messages: value<Partial<Record<ErrorCode, string>>>({
      default: {},
      counterpart: 'CONSTANTS',
      check: errorMessages,
      doc: 'Your own sentences for errors, by code, in every language.',
    }),
    translated: flag({
      default: true,
      djoser: false,
      env: 'API_TRANSLATED',
      counterpart: 'LocaleMiddleware',
      doc: 'Whether messages follow Accept-Language. English is what the codes say everywhere; the codes never change.',
    }),
  },
  ...accountSettings,
  ...passwordSettings,
  ...tokenSettings,
  ...throttleSettings,
  ...operationSettings,
  ...portalSettings,
} as const
