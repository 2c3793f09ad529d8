/** Rules that look at several settings at once: what fits together, and what production demands. */
import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { Settings } from './settings.ts'
import type { SettingKey } from './table.ts'

/** What a rule finds: a fault refuses to start, a warning is printed. */
export interface Finding {
  readonly kind: 'fault' | 'warning'
  readonly key: SettingKey
  readonly problem: string
  readonly fix: string
}

type Rule = (settings: Settings) => readonly Finding[]

/** Fewest characters of a secret: 256 bits at one byte each would be 32. */
const SECRET_LENGTH = 32
/** Languages that mails are written in. */
const MAIL_LANGUAGES: readonly string[] = ['de', 'en', 'es', 'fr', 'id', 'it', 'ja', 'nl', 'pt', 'zh']

const faultIf = (broken: boolean, key: SettingKey, problem: string, fix: string): readonly Finding[] =>
  broken ? [{ kind: 'fault', key, problem, fix }] : []

const inProduction = (settings: Settings) => settings.server.environment === 'production'

const roles: Rule = ({ users: { roles, rolesAtRegistration, reservedRoles } }) => [
  ...faultIf(
    roles.length > 0 && rolesAtRegistration.some((role) => !roles.includes(role)),
    'users.rolesAtRegistration',
    'has a role that is not in `users.roles`',
    'Add the role to `users.roles`, or leave it out.',
  ),
  ...faultIf(
    rolesAtRegistration.some((role) =>
      reservedRoles.some((name) => name.toLowerCase() === role.toLowerCase()),
    ),
    'users.rolesAtRegistration',
    'has a role that `users.reservedRoles` keeps for staff to give',
    'Leave the role out of one of the two.',
  ),
]

const passwordBounds: Rule = ({ passwords }) => [
  ...faultIf(
    passwords.minLength > passwords.maxLength,
    'passwords.minLength',
    'is larger than `passwords.maxLength`, so no password would do',
    'Write a smaller number.',
  ),
  ...faultIf(
    passwords.memoryCost < 8 * passwords.parallelism,
    'passwords.memoryCost',
    'is less than 8 KiB for each lane (RFC 9106 §3.1)',
    'Write at least 8 times `passwords.parallelism`.',
  ),
]

/** The weakest of OWASP's equivalent choices is 7 MiB in 5 passes; anything below is quick to guess. */
const passwordCost: Rule = ({ passwords: { memoryCost, timeCost } }) =>
  memoryCost >= 7168 && memoryCost * timeCost >= 7168 * 5
    ? []
    : [
        {
          kind: 'warning',
          key: 'passwords.memoryCost',
          problem:
            'together with `passwords.timeCost` is below what the OWASP Password Storage Cheat Sheet asks for',
          fix: 'Outside of tests, leave both as they are.',
        },
      ]

const mailLocale: Rule = ({ mails: { locale, templates } }) =>
  faultIf(
    !MAIL_LANGUAGES.includes(locale) && !Object.hasOwn(templates, locale),
    'mails.locale',
    'is a language without mails',
    `Write one of: ${MAIL_LANGUAGES.join(', ')}; or give \`mails.templates\` for it.`,
  )

const ASYMMETRIC = {
  EdDSA: { type: 'ed25519', curve: undefined, name: 'an Ed25519 key', make: '-algorithm ed25519' },
  ES256: {
    type: 'ec',
    curve: 'prime256v1',
    name: 'a P-256 key',
    make: '-algorithm EC -pkeyopt ec_paramgen_curve:P-256',
  },
  ES384: {
    type: 'ec',
    curve: 'secp384r1',
    name: 'a P-384 key',
    make: '-algorithm EC -pkeyopt ec_paramgen_curve:P-384',
  },
  ES512: {
    type: 'ec',
    curve: 'secp521r1',
    name: 'a P-521 key',
    make: '-algorithm EC -pkeyopt ec_paramgen_curve:P-521',
  },
  RSA: {
    type: 'rsa',
    curve: undefined,
    name: 'an RSA key of at least 2048 bits',
    make: '-algorithm RSA -pkeyopt rsa_keygen_bits:3072',
  },
} as const

/** Whether the signing key is one that the algorithm can sign with (RFC 7518 §3.1, RFC 8037 §3.1). */
const signingKey: Rule = (settings) => {
  const { algorithm, signingKey: key } = settings.tokens
  if (key === null) return []
  if (algorithm.startsWith('HS')) {
    if (!key.includes('-----BEGIN')) return shortSecrets(settings, [key], 'tokens.signingKey')
    // Signing with the text of a public key is how algorithm confusion starts (RFC 8725 §2.1).
    const fix = 'Write a random text, or choose an algorithm such as EdDSA.'
    return faultIf(true, 'tokens.signingKey', `is a PEM key, and ${algorithm} needs a text`, fix)
  }
  const wanted = ASYMMETRIC[/^[RP]S/.test(algorithm) ? 'RSA' : (algorithm as 'EdDSA')]
  const found = privateKey(key)
  const fix = `Make one with \`openssl genpkey ${wanted.make}\`, or leave it out.`
  if (!found) return faultIf(true, 'tokens.signingKey', 'is not a private key in PEM form', fix)
  const { namedCurve, modulusLength = 0 } = found.asymmetricKeyDetails ?? {}
  const fits =
    found.asymmetricKeyType === wanted.type &&
    (wanted.curve === undefined || namedCurve === wanted.curve) &&
    (wanted.type !== 'rsa' || modulusLength >= 2048)
  return faultIf(!fits, 'tokens.signingKey', `is not ${wanted.name}, which ${algorithm} needs`, fix)
}

function privateKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem)
  } catch {
    return null
  }
}

/** Short secrets can be guessed offline from one link or token: refused in production, a warning before. */
const shortSecrets = (settings: Settings, texts: readonly string[], key: SettingKey): readonly Finding[] =>
  texts.every((text) => text.length >= SECRET_LENGTH)
    ? []
    : [
        {
          kind: inProduction(settings) ? 'fault' : 'warning',
          key,
          problem: `is shorter than ${SECRET_LENGTH} characters`,
          fix: 'Make one with `openssl rand -hex 32`.',
        },
      ]

const secrets: Rule = (settings) => shortSecrets(settings, settings.secrets.list, 'secrets.list')

const LOOPBACK = /^(?:(?:.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** Whether what is sent to the address can be read on the way. */
function isUnprotected(address: string): boolean {
  const url = new URL(address)
  return url.protocol !== 'https:' && !LOOPBACK.test(url.hostname)
}

const production: Rule = (settings) => {
  if (!inProduction(settings)) return []
  const { server, mails, secrets } = settings
  const https = 'Write an address that starts with `https://`.'
  return [
    ...faultIf(
      secrets.list.length === 0,
      'secrets.list',
      'is required in production',
      'Make one with `openssl rand -hex 32`.',
    ),
    ...faultIf(server.publicUrl === '', 'server.publicUrl', 'is required in production', https),
    ...faultIf(
      server.publicUrl !== '' && isUnprotected(server.publicUrl),
      'server.publicUrl',
      'is not https, so passwords and tokens could be read on the way',
      https,
    ),
    ...faultIf(
      server.frontendUrl !== '' && isUnprotected(server.frontendUrl),
      'server.frontendUrl',
      'is not https, so mailed links could be read on the way',
      https,
    ),
    ...faultIf(
      mails.smtpUrl === null,
      'mails.smtpUrl',
      'is required in production, where there is no development mailbox',
      'Write `smtp://user:password@host:587` or `smtps://user:password@host:465`.',
    ),
  ]
}

/** What is easily forgotten in production, and only shows when mails or throttling go wrong. */
const productionHints: Rule = (settings) => {
  if (!inProduction(settings)) return []
  const { server, mails } = settings
  const hint = (forgotten: boolean, key: SettingKey, problem: string, fix: string): readonly Finding[] =>
    forgotten ? [{ kind: 'warning', key, problem, fix }] : []
  return [
    ...hint(
      server.trustProxy === '' && server.publicUrl.startsWith('https:'),
      'server.trustProxy',
      'is not set, so throttling takes the proxy that speaks https for the only client',
      'Write how many proxies there are, such as `1`.',
    ),
    ...hint(
      mails.from.endsWith('@localhost'),
      'mails.from',
      'is an address that mail servers refuse',
      'Write an address of your own domain.',
    ),
  ]
}

const breachedHost: Rule = ({ passwords }) =>
  faultIf(
    passwords.breachedHost !== '' && isUnprotected(passwords.breachedHost),
    'passwords.breachedHost',
    'is not https, so anybody on the way could say which passwords are known',
    'Write an address that starts with `https://`.',
  )

const isPostgres = (address: string): boolean => /^postgres(?:ql)?:/.test(address)

/** A pooler keeps no session, so what belongs to one must be said elsewhere. */
const pooler: Rule = ({ database: { url, directUrl, schema } }) => [
  ...faultIf(
    directUrl !== null && !(isPostgres(url) && isPostgres(directUrl)),
    'database.directUrl',
    'is set, and one of the two addresses is not that of a PostgreSQL',
    'Leave it out, or write the address of the same PostgreSQL without the pooler.',
  ),
  ...faultIf(
    directUrl !== null && schema !== null,
    'database.schema',
    'is set beside `database.directUrl`, and a pooler in transaction mode does not keep it',
    'Set it in PostgreSQL: `alter role … set search_path = …`.',
  ),
]

/** Passwords hashes and sealed mails travel to the database. */
const databaseInTheClear: Rule = (settings) => {
  const { url, sslMode } = settings.database
  if (!inProduction(settings) || !isPostgres(url) || !URL.canParse(url)) return []
  const { hostname, searchParams } = new URL(url)
  const encrypted = !['unset', 'disable'].includes(sslMode) || searchParams.has('sslmode')
  if (encrypted || hostname === '' || hostname.startsWith('%2F') || LOOPBACK.test(hostname)) return []
  const problem = 'is unset, so everything travels to the database in the clear'
  const fix = 'Write `verify-full`, or `disable` on a network of your own.'
  return sslMode === 'disable' ? [] : [{ kind: 'warning', key: 'database.sslMode', problem, fix }]
}

const waitingAccounts: Rule = ({ cleanup, links }) =>
  faultIf(
    cleanup.waitingAccounts !== 0 && cleanup.waitingAccounts < links.activationLifetime,
    'cleanup.waitingAccounts',
    'is shorter than `links.activationLifetime`, so accounts would be deleted whose link is still good',
    'Write a longer time, or 0 to keep them.',
  )

const RULES: readonly Rule[] = [
  waitingAccounts,
  pooler,
  databaseInTheClear,
  secrets,
  production,
  productionHints,
  roles,
  passwordBounds,
  passwordCost,
  breachedHost,
  mailLocale,
  signingKey,
]

/** Applies every rule. `publicUrl` and `frontendUrl` are still as they were written. */
export const applyRules = (settings: Settings): readonly Finding[] => RULES.flatMap((rule) => rule(settings))
