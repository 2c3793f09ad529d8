/** The section of settings about passwords: which are good enough, and what hashing them costs. */
import { baseUrl, readableFile } from './checks.ts'
import { flag, number, optionalText, optOutWhen, text } from './descriptors.ts'

/** Section `passwords`. */
export const passwordSettings = {
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
      optOut: { when: (length) => length < 8, risk: 'passwords may be short enough to be guessed' },
    }),
    maxLength: number({
      default: 1024,
      djoser: 1_000_000,
      min: 64,
      max: 1_000_000,
      doc: 'Most characters of a password. It is never truncated.',
    }),
    refuseSiteName: flag({
      default: true,
      djoser: false,
      doc: 'Whether a password that resembles `server.siteName` is refused (OWASP ASVS 5.0, V6.2.11).',
    }),
    breachedHost: text({
      default: '',
      env: 'BREACHED_PASSWORDS_URL',
      check: baseUrl,
      doc: 'A host that knows the passwords of data breaches and answers at `/range/{prefix}`, such as `https://api.pwnedpasswords.com`; it is sent 5 of the 40 digits of a SHA-1. Unset: nobody is asked. If it does not answer within a second, the password passes.',
    }),
    breachedFile: optionalText({
      default: null,
      env: 'BREACHED_PASSWORDS_FILE',
      check: readableFile,
      doc: 'The same as a file: SHA-1 hashes in hexadecimal, one a line and sorted, each maybe followed by `:` and a count. It is searched, never read whole.',
    }),
    retypeOnChange: flag({
      default: false,
      djoser: true,
      counterpart: 'SET_PASSWORD_RETYPE',
      doc: 'Whether a change needs `re_new_password`.',
    }),
    retypeOnReset: flag({
      default: false,
      djoser: true,
      counterpart: 'PASSWORD_RESET_CONFIRM_RETYPE',
      doc: 'Whether a reset needs `re_new_password`.',
    }),
    tellUnknownAddress: flag({
      default: false,
      counterpart: 'PASSWORD_RESET_SHOW_EMAIL_NOT_FOUND, USERNAME_RESET_SHOW_EMAIL_NOT_FOUND',
      doc: 'Whether reset and resend answer 400 for an unknown address. Tells strangers who has an account.',
      optOut: optOutWhen(true, 'strangers can find out who has an account'),
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
} as const
