import { createHmac, randomUUID } from 'node:crypto'

/** Claims by name; anything at all, for the point is to forge wrong ones. */
export type Claims = Record<string, unknown>

/** How a forged token departs from a proper one. */
export interface ForgeOptions {
  readonly header?: Record<string, unknown>
  /** Digest of the HMAC; `none` leaves the signature empty. */
  readonly hash?: 'sha256' | 'sha384' | 'sha512' | 'none'
  /** The payload as JSON text, where claims cannot say it. */
  readonly payloadText?: string
}

/** Signs claims as given, whatever they are. */
export function forge(claims: Claims, secret: string, options: ForgeOptions = {}): string {
  const header = encode(JSON.stringify(options.header ?? { alg: 'HS256', typ: 'JWT' }))
  const payload = encode(options.payloadText ?? JSON.stringify(claims))
  const hash = options.hash ?? 'sha256'
  const mac =
    hash === 'none' ? '' : createHmac(hash, secret).update(`${header}.${payload}`).digest('base64url')
  return `${header}.${payload}.${mac}`
}

/** Seconds since 1970, plus an offset. */
export function epoch(offset = 0): number {
  return Math.floor(Date.now() / 1000) + offset
}

/** The claims of a proper access token for an account; override with `undefined` to leave one out. */
export function accessClaims(userId: unknown, override: Claims = {}): Claims {
  return {
    token_type: 'access',
    exp: epoch(3600),
    iat: epoch(),
    jti: randomUUID().replaceAll('-', ''),
    user_id: userId,
    ...override,
  }
}

/** The claims of a proper refresh token for an account. */
export function refreshClaims(userId: unknown, override: Claims = {}): Claims {
  return accessClaims(userId, { token_type: 'refresh', exp: epoch(86_400), ...override })
}

/** Header and claims of a token, unverified; undefined if it is none. */
export function decodeToken(token: string): { header: Claims; claims: Claims } | undefined {
  const [header, claims] = token.split('.')
  if (header === undefined || claims === undefined) return undefined
  try {
    return { header: parse(header), claims: parse(claims) }
  } catch {
    return undefined
  }
}

function parse(part: string): Claims {
  const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
  if (typeof value !== 'object' || value === null) throw new SyntaxError('not an object')
  return { ...value }
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url')
}
