/** The table of signature algorithms (RFC 7518 §3.1, RFC 8037 §3.1): what each needs of its key. */
import { constants } from 'node:crypto'
import type { SignatureAlgorithm } from '../config/token-settings.ts'

/** Algorithms with one shared secret: whoever checks can also sign. */
export type HmacAlgorithm = Extract<SignatureAlgorithm, `HS${string}`>

/** Algorithms with a private and a public key. */
export type AsymmetricAlgorithm = Exclude<SignatureAlgorithm, HmacAlgorithm>

/** Hash of each HMAC algorithm, and the fewest bytes of a key (RFC 7518 §3.2). */
export const HMACS = {
  HS256: { hash: 'sha256', minBytes: 32 },
  HS384: { hash: 'sha384', minBytes: 48 },
  HS512: { hash: 'sha512', minBytes: 64 },
} as const satisfies Record<HmacAlgorithm, { hash: string; minBytes: number }>

/** What an asymmetric algorithm needs: type of key, curve, hash, and how `node:crypto` is to sign. */
export interface AsymmetricSpec {
  readonly keyType: 'ed25519' | 'ec' | 'rsa'
  /** OpenSSL's name of the curve, for `ec`. */
  readonly curve?: string
  /** Null where the algorithm fixes it (Ed25519). */
  readonly hash: string | null
  readonly options: {
    readonly dsaEncoding?: 'ieee-p1363'
    readonly padding?: number
    readonly saltLength?: number
  }
}

/** Fewest bits of an RSA key (RFC 7518 §3.3). */
export const MIN_RSA_BITS = 2048

/** Smallest public exponent of an RSA key (FIPS 186-5 §5.4); with 1, everybody can sign. */
export const MIN_RSA_EXPONENT = 65_537n

const ecdsa = (curve: string, hash: string): AsymmetricSpec => ({
  keyType: 'ec',
  curve,
  hash,
  options: { dsaEncoding: 'ieee-p1363' },
})
const pkcs1 = (hash: string): AsymmetricSpec => ({
  keyType: 'rsa',
  hash,
  options: { padding: constants.RSA_PKCS1_PADDING },
})

/** The asymmetric algorithms. The salt of PS256 is as long as its hash, neither more nor less (RFC 7518 §3.5). */
export const ASYMMETRIC: Readonly<Record<AsymmetricAlgorithm, AsymmetricSpec>> = {
  EdDSA: { keyType: 'ed25519', hash: null, options: {} },
  ES256: ecdsa('prime256v1', 'sha256'),
  ES384: ecdsa('secp384r1', 'sha384'),
  ES512: ecdsa('secp521r1', 'sha512'),
  RS256: pkcs1('sha256'),
  RS384: pkcs1('sha384'),
  RS512: pkcs1('sha512'),
  PS256: {
    keyType: 'rsa',
    hash: 'sha256',
    options: {
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    },
  },
}

/** Whether the algorithm has a private and a public key. */
export const isAsymmetric = (alg: string): alg is AsymmetricAlgorithm => Object.hasOwn(ASYMMETRIC, alg)
