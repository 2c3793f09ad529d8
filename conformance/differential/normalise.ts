import { type Claims, decodeToken, epoch } from './jwt.ts'
import type { ReceivedMail } from './mail-sink.ts'
import type { WireAnswer } from './target.ts'

/** Names for values that differ from server to server: the same value always gets the same name. */
export class Aliases {
  readonly #names = new Map<string, string>()
  readonly #counts = new Map<string, number>()

  /** The name of a value, made from the order of first appearance. */
  of(kind: string, value: string | number): string {
    const known = this.#names.get(`${kind} ${value}`)
    if (known !== undefined) return known
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    return this.give(kind, value, String(count))
  }

  /** Names a value by hand. */
  give(kind: string, value: string | number, label: string): string {
    const name = `<${kind} ${label}>`
    this.#names.set(`${kind} ${value}`, name)
    return name
  }
}

/** What normalisation has to know about its surroundings. */
export interface NormaliseContext {
  readonly aliases: Aliases
  readonly origins: readonly string[]
  /** What a key named `id` identifies here. */
  readonly idKind: string
}

/** An answer in comparable form. `undefined` members are left out of the comparison. */
export interface SeenAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: unknown
  readonly allow: readonly string[]
  readonly varyAccept: boolean
  readonly wwwAuthenticate: string
  readonly frameOptions: string
  readonly contentTypeOptions: string
  readonly referrerPolicy: string
  readonly emptyLength: string
  readonly location: string
}

const NONE = '(none)'

/** Brings an answer into comparable form. */
export function normaliseAnswer(answer: WireAnswer, method: string, context: NormaliseContext): SeenAnswer {
  const { headers } = answer
  const empty = answer.body.length === 0
  return {
    status: answer.status,
    contentType: contentType(headers['content-type']),
    body: method === 'OPTIONS' && answer.status === 200 ? '(optional)' : body(answer, context),
    allow: splitList(headers.allow).sort(),
    varyAccept: splitList(headers.vary).some((name) => name.toLowerCase() === 'accept'),
    wwwAuthenticate: headers['www-authenticate'] ?? NONE,
    frameOptions: String(headers['x-frame-options'] ?? NONE),
    contentTypeOptions: String(headers['x-content-type-options'] ?? NONE),
    referrerPolicy: String(headers['referrer-policy'] ?? NONE),
    emptyLength: empty && method !== 'HEAD' ? (headers['content-length'] ?? NONE) : '(not empty)',
    location: plain(headers.location ?? NONE, context),
  }
}

/** The parts that a server may do without: the order of keys, compactness, the table of OPTIONS. */
export function normaliseOptional(answer: WireAnswer, method: string, context: NormaliseContext): unknown {
  if (contentType(answer.headers['content-type']) !== 'application/json') return NONE
  const text = answer.body.toString()
  const value = parseJson(text)
  if (method === 'OPTIONS') return withoutDescriptions(value)
  const message = text.startsWith('{"detail":"JSON parse error - ')
  const compact = message || JSON.stringify(value) === text ? 'compact' : 'spaced'
  return `${compact} ${JSON.stringify(normaliseJson(value, '', context))}`
}

function body(answer: WireAnswer, context: NormaliseContext): unknown {
  if (answer.body.length === 0) return '(empty)'
  const type = contentType(answer.headers['content-type'])
  const text = answer.body.toString()
  if (type.startsWith('text/html')) return '(an HTML page)'
  if (!type.startsWith('application/json')) return text
  const value = parseJson(text)
  return value === undefined ? `(broken JSON) ${text}` : normaliseJson(value, '', context)
}

/** Replaces ids, tokens, times and origins inside a JSON value. */
export function normaliseJson(value: unknown, key: string, context: NormaliseContext): unknown {
  if (typeof value === 'string') return normaliseText(value, key, context)
  if (typeof value === 'number') return key === 'id' ? context.aliases.of(context.idKind, value) : value
  if (Array.isArray(value)) return value.map((item) => normaliseJson(item, key, context))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, normaliseJson(member, name, context)]),
  )
}

function normaliseText(text: string, key: string, context: NormaliseContext): unknown {
  if (key === 'access' || key === 'refresh') return describeToken(text, context)
  if (key === 'auth_token')
    return /^[0-9a-f]{40}$/.test(text) ? context.aliases.of('database token', text) : text
  if (key === 'created_at') return text.replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/, '<time>')
  const parseError = /^(?:JSON|Multipart form) parse error - /.exec(text)
  return parseError ? `${parseError[0]}…` : plain(text, context)
}

function plain(text: string, { origins }: NormaliseContext): string {
  return origins.reduce((shorter, origin) => shorter.replaceAll(origin, '<origin>'), text)
}

function describeToken(token: string, context: NormaliseContext): unknown {
  const decoded = decodeToken(token)
  if (!decoded) return token
  const claims = Object.entries(decoded.claims).map(([name, value]) => [
    name,
    describeClaim(name, value, context),
  ])
  return { header: decoded.header, claims: Object.fromEntries(claims) as Claims }
}

/** `iat` is deliberately not compared: the reference copies it, Doorward states its own. */
function describeClaim(name: string, value: unknown, { aliases }: NormaliseContext): unknown {
  if (name === 'exp' && typeof value === 'number') return `in ${Math.round((value - epoch()) / 60)} min`
  if (name === 'iat') return Number.isInteger(value) ? '<time>' : value
  if (name === 'jti' && typeof value === 'string') return value.replace(/^[0-9a-f]{32}$/, '<32 hex digits>')
  if (name === 'user_id' && typeof value === 'number') return aliases.of('account', value)
  if (name === 'user_id' && typeof value === 'string' && /^\d+$/.test(value))
    return `text of ${aliases.of('account', Number(value))}`
  return value
}

/** The link of a mail, taken apart. */
export interface MailLink {
  readonly path: string
  readonly uid: string
  readonly token: string
}

/** Finds the one link that carries a uid and a token. */
export function linkOf(content: string): MailLink | undefined {
  const match =
    /https?:\/\/[^/\s"'<>]+\/([^\s"'<>]*?)\/([A-Za-z0-9_-]+)\/([A-Za-z0-9_-]+)\/?(?=[\s"'<>]|$)/.exec(content)
  const [, path, uid, token] = match ?? []
  return path === undefined || uid === undefined || token === undefined ? undefined : { path, uid, token }
}

/** A mail in comparable form: whom it reached, what it is for, where its link leads. */
export function normaliseMail(mail: ReceivedMail, { aliases }: NormaliseContext): unknown {
  const link = linkOf(mail.text)
  const owner = link ? Number(Buffer.from(link.uid, 'base64url').toString()) : Number.NaN
  return {
    // which case a domain is written in changes nothing (RFC 5321 §2.3.11)
    to: mail.to.map((address) => address.replace(/@.*$/, (domain) => domain.toLowerCase())),
    kind: mailKind(mail.subject, link),
    uidOf: link ? aliases.of('account', owner) : NONE,
    htmlRepeatsTheLink: mail.html !== '' && linkOf(mail.html)?.token === link?.token,
    hasText: mail.text !== '',
    hasHtml: mail.html !== '',
  }
}

/** A mail without a link is told by its subject, whose wording differs but whose topic does not. */
function mailKind(subject: string, link: MailLink | undefined): string {
  if (link) return `link to ${link.path}`
  if (/e-?mail|username/i.test(subject)) return 'address changed'
  if (/password/i.test(subject)) return 'password changed'
  if (/activated/i.test(subject)) return 'account activated'
  return `unknown: ${subject}`
}

function contentType(header: string | undefined): string {
  if (header === undefined) return NONE
  const [type = '', ...parameters] = header.split(';').map((part) => part.trim())
  const charset = parameters.filter((parameter) => /^charset=/i.test(parameter))
  return [type, ...(type === 'text/html' ? [] : charset)].join('; ')
}

function splitList(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** Undefined for text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function withoutDescriptions(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'description' && key !== 'name'))
}
