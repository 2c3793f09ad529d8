/**
 * Signed tokens in their compact form (RFC 7515 §7.1, RFC 7519): the narrow gate that everything from outside has
 * to pass. Nothing of a token is interpreted before its signature was checked, and its header only has to be
 * equal to one that we know: `none`, `jwk`, `jku`, `x5u`, `crit` and foreign algorithms are never even read.
 */
import { decodeBase64url } from './base64url.ts'
import type { KeyRing } from './key-ring.ts'
import type { TokenKey } from './keys.ts'
import { parseStrictObject } from './strict-json.ts'

/** What a token says. */
export type Claims = Readonly<Record<string, unknown>>

/** Why a token was refused. */
export type JwtFaultReason =
  /** Longer than 8192 characters; not looked at. */
  | 'too_long'
  /** Not three parts of canonical base64url. */
  | 'malformed'
  /** No key of ours issues this header. */
  | 'unknown_header'
  /** The signature does not belong to header and payload. */
  | 'signature'
  /** Signed, but not a JSON object with distinct names. */
  | 'payload'
  /** `exp`, `nbf` or `iat` is not a number. */
  | 'invalid_time'
  /** `nbf` or `iat` is in the future. */
  | 'not_yet_valid'
  | 'expired'
  /** `iss` is missing or another. */
  | 'issuer'
  /** `aud` is missing or does not name us. */
  | 'audience'

/** Thrown for a token that is refused. It never repeats any of it. */
export class JwtFault extends Error {
  readonly reason: JwtFaultReason

  constructor(reason: JwtFaultReason) {
    super(`the token is refused: ${reason}`)
    this.name = 'JwtFault'
    this.reason = reason
  }
}

/** Longest token that is looked at, in characters: about what fits into a header of a request. */
const MAX_LENGTH = 8192

/** Signs claims. TypeError if the key only checks, or if the claims are too many for a token that is accepted. */
export async function encodeJwt(key: TokenKey, claims: Claims): Promise<string> {
  if (!key.sign) throw new TypeError('this key has no private half and cannot sign')
  const input = `${key.header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  const token = `${input}.${await key.sign(input)}`
  if (token.length > MAX_LENGTH) throw new TypeError(`the claims make a token longer than ${MAX_LENGTH}`)
  return token
}

/**
 * Checks form and signature and returns the claims; times and purpose are still to be checked. Throws `JwtFault`
 * with `too_long`, `malformed`, `unknown_header`, `signature` or `payload`.
 */
export function decodeJwt(token: string, ring: Pick<KeyRing, 'byHeader'>): Claims {
  if (token.length > MAX_LENGTH) throw new JwtFault('too_long')
  const parts = token.split('.')
  const [header, payload, signature] = parts
  if (parts.length !== 3 || !header || !payload || !signature) throw new JwtFault('malformed')
  const payloadBytes = decodeBase64url(payload)
  const signatureBytes = decodeBase64url(signature)
  if (!payloadBytes || !signatureBytes) throw new JwtFault('malformed')

  const key = ring.byHeader(header)
  if (!key) throw new JwtFault('unknown_header')
  if (!key.verify(`${header}.${payload}`, signatureBytes)) throw new JwtFault('signature')

  const claims = parseStrictObject(payloadBytes)
  if (!claims) throw new JwtFault('payload')
  return claims
}

/** What the registered claims are compared with. */
export interface TimeCheck {
  /** Seconds since 1970. */
  readonly now: number
  /** Seconds that clocks may differ. */
  readonly leeway: number
  /** What `iss` has to be; null or absent: anything. */
  readonly issuer?: string | null
  /** What `aud` has to be or contain; null or absent: anything. */
  readonly audience?: string | null
}

/**
 * Checks `iat`, `nbf`, `exp`, `iss` and `aud` in the order and by the rules of PyJWT 2.6 under SimpleJWT 5.2. A
 * claim that is missing passes (whoever needs `exp` asks for it), but `iss` and `aud` have to be there when one is
 * expected. Throws `JwtFault` with `invalid_time`, `not_yet_valid`, `expired`, `issuer` or `audience`.
 */
export function checkTimes(claims: Claims, check: TimeCheck): void {
  const { now, leeway, issuer = null, audience = null } = check
  if (claims.iat !== undefined && issuedAt(claims.iat) > now + leeway) throw new JwtFault('not_yet_valid')
  if (claims.nbf !== undefined && wholeSeconds(claims.nbf) > now + leeway) throw new JwtFault('not_yet_valid')
  if (claims.exp !== undefined && wholeSeconds(claims.exp) <= now - leeway) throw new JwtFault('expired')
  if (issuer !== null && claims.iss !== issuer) throw new JwtFault('issuer')
  if (audience !== null && !audiences(claims.aud).includes(audience)) throw new JwtFault('audience')
}

/** PyJWT compares `iat` with its fraction, and fails on text. */
function issuedAt(value: unknown): number {
  if (typeof value === 'string') throw new JwtFault('invalid_time')
  wholeSeconds(value)
  return Number(value)
}

const PYTHON_INTEGER = /^\s*[+-]?\d+(?:_\d+)*\s*$/

/**
 * A time as Python's `int()` takes it: numbers lose their fraction, booleans count 0 and 1, text may hold a
 * decimal integer. Digits of other scripts, which Python takes too, are refused, as are numbers beyond a double.
 */
function wholeSeconds(value: unknown): number {
  const number = typeof value === 'string' ? integerIn(value) : value
  if (typeof number === 'boolean') return Number(number)
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new JwtFault('invalid_time')
  return Math.trunc(number)
}

const integerIn = (text: string): number =>
  PYTHON_INTEGER.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN

/** The audiences that a token names; none if anything among them is not text. */
function audiences(aud: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  return list.every((one) => typeof one === 'string') ? list : []
}
