/**
 * The section of settings about guessing: how much may be tried, and how long one waits then. Each limit reads
 * `5 per 1h, then 2s to 15m`: five attempts at once, all forgiven after an hour, one by one; beyond them a wait
 * of 2 seconds, twice as long each time, up to 15 minutes.
 */
import { limit, redisUrl } from './checks.ts'
import { duration, flag, optionalText, optOutWhen, text } from './descriptors.ts'

const limitOf = (preset: string, env: string, doc: string) =>
  text({ default: preset, env, check: limit, doc, counterpart: 'DEFAULT_THROTTLE_RATES (DRF)' })

/** Section `throttle`. */
export const throttleSettings = {
  throttle: {
    redisUrl: optionalText({
      default: null,
      env: 'REDIS_URL',
      check: redisUrl,
      counterpart: 'CACHES',
      doc: 'A Redis that counts for all instances: `redis://…`. Unset: PostgreSQL counts for all, SQLite’s one process in memory.',
    }),
    hashing: limitOf(
      '200 per 2m, then 1s to 10s',
      'THROTTLE_HASHING',
      'Requests of one address that make the server hash a password, right or wrong.',
    ),
    signInAddress: limitOf(
      '50 per 1h, then 2s to 1m',
      'THROTTLE_SIGN_IN_ADDRESS',
      'Failed sign-ins of one address (IPv6: of one /64), whatever accounts it tries.',
    ),
    signInNetwork: limitOf(
      '5 per 4h, then 2s to 15m',
      'THROTTLE_SIGN_IN_NETWORK',
      'Failed sign-ins of one address to one account.',
    ),
    signInAccount: limitOf(
      '20 per 1d, then 2s to 15m',
      'THROTTLE_SIGN_IN_ACCOUNT',
      'Failed sign-ins of all unknown devices together to one account. Beyond it the owner gets a mail with a way in.',
    ),
    signInDevice: limitOf(
      '10 per 1h, then 1s to 5m',
      'THROTTLE_SIGN_IN_DEVICE',
      'Failed sign-ins of a device that signed in to the account before: its own allowance, which nobody else uses up.',
    ),
    currentPassword: limitOf(
      '5 per 4h, then 2s to 15m',
      'THROTTLE_CURRENT_PASSWORD',
      'Wrong current passwords of one session, where one is asked for again.',
    ),
    links: limitOf(
      '20 per 1h, then 1s to 5m',
      'THROTTLE_LINKS',
      'Wrong links of one address, of whatever purpose.',
    ),
    refresh: limitOf('60 per 1h, then 1s to 1m', 'THROTTLE_REFRESH', 'Refused refreshes of one address.'),
    register: limitOf('20 per 1h, then 30s to 10m', 'THROTTLE_REGISTER', 'Registrations of one address.'),
    mailsOfAddress: limitOf(
      '30 per 1h, then 10s to 5m',
      'THROTTLE_MAILS_OF_ADDRESS',
      'Mails that one address asks for: links for activation, reset and e-mail change.',
    ),
    mailsToAccount: limitOf(
      '3 per 1h, then 1m to 15m',
      'THROTTLE_MAILS_TO_ACCOUNT',
      'Mails of one kind to one address, whoever asks. Each purpose is counted by itself.',
    ),
    deviceCookie: flag({
      default: true,
      djoser: false,
      doc: 'Whether a sign-in sets a signed cookie by which the device is known again (OWASP: device cookies).',
      optOut: optOutWhen(false, 'somebody who guesses can slow down the owner too'),
    }),
    deviceLifetime: duration({
      default: 15_552_000,
      min: 3600,
      doc: 'How long a device is known.',
    }),
  },
} as const
