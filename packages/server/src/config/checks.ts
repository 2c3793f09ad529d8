/** Checks of single settings that the table in `schema.ts` names: addresses, paths, headers, networks, mails. */
import { accessSync, constants, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { isEmailAddress } from '../domain/email-address.ts'
import { BUILT_IN_FIELDS } from '../domain/profile-field.ts'
import { parseLimit } from '../domain/throttle.ts'
import type { Objection } from './descriptors.ts'

/** No objection if the value will do; one otherwise. */
export const unless = (good: boolean, problem: string, fix: string): readonly Objection[] =>
  good ? [] : [{ problem, fix }]

/**
 * An absolute http(s) address that paths can be appended to; empty for "not set". Credentials would end up in
 * every mail, and what follows a `?` or `#` would swallow the paths.
 */
export function baseUrl(text: string): readonly Objection[] {
  if (text === '') return []
  const fix = 'Write an address like `https://accounts.example.org`.'
  const url = URL.parse(text)
  if (!url || !/^https?:\/\//i.test(text)) return unless(false, 'is not an absolute http(s) address', fix)
  if (url.username || url.password) return unless(false, 'carries credentials', fix)
  return unless(!/[?#\s]/.test(text), 'has more than scheme, host and path', fix)
}

/** A token that stands alone between outsiders and the metrics must be long enough not to be guessed. */
export const metricsToken = (token: string | null): readonly Objection[] =>
  unless(
    token === null || /^[\w.~+/=-]{16,}$/.test(token),
    'is shorter than 16 characters, or has others than letters, digits and `-._~+/=`',
    'Write a random one, such as the output of `openssl rand -hex 32`.',
  )

/** Origins as browsers send them (RFC 6454 §6.2). `*` is refused: the API is called with credentials. */
export const origins = (texts: readonly string[]): readonly Objection[] =>
  unless(
    texts.every((text) => /^https?:/.test(text) && URL.parse(text)?.origin === text),
    'has an entry that is not an origin',
    'Write scheme, host and port without a path, such as `https://app.example.org`; `*` is not possible.',
  )

/** A colour that shades can be made from. */
export const accentColor = (text: string): readonly Objection[] =>
  unless(/^#[0-9a-f]{6}$/i.test(text), 'is not a colour', 'Write six hexadecimal digits, such as `#2450c4`.')

/** An http(s) address, or a path of this host, to link to from a page; empty for none. */
export function pageAddress(text: string): readonly Objection[] {
  const isPath = /^\/(?![/\\])[^\s\\]*$/.test(text)
  const isAddress = /^https?:\/\//i.test(text) && URL.canParse(text) && !/[\s;,]/.test(text)
  return unless(
    text === '' || isPath || isAddress,
    'is neither an http(s) address nor a path',
    'Write an address like `https://example.org/terms`, or a path like `/terms`.',
  )
}

/** A path for links, relative to the front end, that says where uid and token go. */
export function linkPath(path: string): readonly Objection[] {
  const fix = 'Write a path such as `activate/{uid}/{token}`.'
  const names: readonly string[] = path.match(/\{[^}]*\}/g) ?? []
  if (!names.includes('{uid}') || !names.includes('{token}'))
    return unless(false, 'does not contain {uid} and {token}', fix)
  if (names.length > 2) return unless(false, 'contains more than one {uid} and one {token}', fix)
  return unless(!/^\/|^[a-z][a-z0-9+.-]*:|\s/i.test(path), 'is not relative to `server.frontendUrl`', fix)
}

/** A path to mount at: `/auth`, `/api/v1/auth`. */
export const mountPath = (path: string): readonly Objection[] =>
  unless(
    /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)+$/.test(path),
    'is not a path with a slash at the start and none at the end',
    'Write a path such as `/auth`.',
  )

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** A header's name (RFC 9110 §5.1), in the one spelling that all are compared in. */
export const headerToken = (name: string): readonly Objection[] =>
  unless(
    TOKEN.test(name) && name === name.toLowerCase(),
    'is not the name of a header in small letters',
    'Write a name such as `authorization`; requests may spell it as they like.',
  )

/** Schemes of the Authorization header (RFC 9110 §11.1); at least one, or no token would be accepted. */
export const headerTokens = (names: readonly string[]): readonly Objection[] =>
  unless(
    names.length > 0 && names.every((name) => TOKEN.test(name)),
    'is not a list of schemes of the Authorization header',
    'Write words without spaces, such as `JWT,Bearer`.',
  )

/** Roles, in the length that the column has. */
export const roleNames = (roles: readonly string[]): readonly Objection[] =>
  unless(
    roles.every((role) => role.trim() !== '' && role.length <= 30),
    'has a role that is blank or too long',
    'Write roles of 1 to 30 characters.',
  )

/** Only the fields that every account has; the declared ones say `required` themselves. */
export const builtInFields = (names: readonly string[]): readonly Objection[] =>
  unless(
    names.every((name) => BUILT_IN_FIELDS.includes(name)),
    'names a field that is not built in',
    `Write some of: ${BUILT_IN_FIELDS.join(', ')}. Fields of your own say \`required\` in \`users.fields\`.`,
  )

/** Whether a text is a network in CIDR form (RFC 4632 §3.1, RFC 4291 §2.3). */
function isNetwork(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/')
  const version = isIP(address)
  return (
    version !== 0 &&
    rest.length === 0 &&
    /^\d{1,3}$/.test(prefix) &&
    Number(prefix) <= (version === 4 ? 32 : 128)
  )
}

/** A number of proxies, or their networks; empty for none. */
export const proxies = (text: string): readonly Objection[] =>
  unless(
    /^\d{0,2}$/.test(text) || text.split(',').every((network) => isNetwork(network.trim())),
    'is neither a number of proxies nor a list of networks',
    'Write a number such as `1`, or networks such as `10.0.0.0/8,fd00::/8`.',
  )

/** A name or address to listen on. */
export const hostName = (text: string): readonly Objection[] =>
  unless(
    isIP(text) !== 0 || (/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(text) && URL.canParse(`http://${text}`)),
    'is not a name or address to listen on',
    'Write an address such as `127.0.0.1`, or `0.0.0.0` for all.',
  )

/** Where the database is. */
export const databaseUrl = (text: string): readonly Objection[] =>
  unless(
    /^sqlite:./.test(text) || (/^postgres(?:ql)?:\/\//.test(text) && URL.canParse(text)),
    'is not the address of a database',
    'Write `sqlite:./data/doorward.db` or `postgres://user:password@host:5432/name`.',
  )

/** The name of a schema, written so that it never needs quotes. */
export const schemaName = (name: string | null): readonly Objection[] =>
  unless(
    name === null || /^[a-z_][a-z0-9_]{0,62}$/.test(name),
    'is not a name of small letters, digits and `_`',
    'Write a name such as `doorward`.',
  )

/** Certificates in PEM form (RFC 7468 §5). */
export const pemCertificates = (text: string | null): readonly Objection[] =>
  unless(
    text === null || text.includes('-----BEGIN CERTIFICATE-----'),
    'is not a certificate in PEM form',
    'Write the text of the certificate, or name its file in DATABASE_SSL_CA_FILE.',
  )

/** Where mails are handed over. */
export const smtpUrl = (text: string | null): readonly Objection[] =>
  unless(
    text === null || (/^smtps?:\/\//.test(text) && !!URL.parse(text)?.hostname),
    'is not the address of a mail server',
    'Write `smtp://user:password@host:587` or `smtps://user:password@host:465`.',
  )

/** Where counters are kept that several instances share, or null for none. */
export const redisUrl = (text: string | null): readonly Objection[] => {
  const url = text === null ? null : URL.parse(text)
  return unless(
    text === null || (/^rediss?:\/\//.test(text) && !!url?.hostname && /^\/?\d*$/.test(url.pathname)),
    'is not the address of a Redis',
    'Write `redis://:password@host:6379` or `rediss://…` for TLS; `/` and the number of a database may follow.',
  )
}

/** How often something may be tried. */
export const limit = (text: string): readonly Objection[] =>
  unless(
    parseLimit(text) !== null,
    'is not a limit',
    'Write a number of attempts, the time in which they are all forgiven, the first and the longest wait, such as `5 per 1h, then 2s to 15m`.',
  )

/** One line without control characters, because it goes into subjects of mails. */
export const oneLine = (text: string): readonly Objection[] =>
  unless(
    text.trim() !== '' && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text),
    'is not one line of text',
    'Write a name without line breaks.',
  )

/** An address to send from, bare or as `Name <address>` (RFC 5322 §3.4). */
export function mailAddress(text: string): readonly Objection[] {
  const inBrackets = /^[^<>]*<([^<>]+)>$/.exec(text)?.[1]
  return unless(
    isEmailAddress(inBrackets ?? text) && !/\p{Cc}/u.test(text),
    'is not an e-mail address',
    'Write `accounts@example.org` or `Example <accounts@example.org>`.',
  )
}

/** A file that is there and may be read, or null for none. */
export const readableFile = (path: string | null): readonly Objection[] =>
  unless(
    path === null || isReadable(path),
    'names a file that cannot be read',
    'Write the path of a file that the server may read.',
  )

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** A function, or null for none. */
export const functionOrNull = (value: unknown): readonly Objection[] =>
  unless(
    value === null || typeof value === 'function',
    'is not a function',
    'Write a function, or leave it out.',
  )
