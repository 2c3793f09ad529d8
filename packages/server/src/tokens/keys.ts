/**
 * Keys that sign and check tokens. A key has one algorithm and one header for life: what a token says about
 * itself never chooses how it is checked (RFC 8725 §3.1).
 */
import type { KeyObject } from 'node:crypto'
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import { promisify } from 'node:util'
import type { SignatureAlgorithm } from '../config/token-settings.ts'
import { Secret } from '../domain/secret.ts'
import type { AsymmetricAlgorithm, HmacAlgorithm } from './algorithms.ts'
import { ASYMMETRIC, HMACS, MIN_RSA_BITS, MIN_RSA_EXPONENT } from './algorithms.ts'
import { isGuessable } from './weak-rsa.ts'

/** A public key as other services fetch it (RFC 7517 §4). Never holds a private member. */
export interface PublicJwk {
  readonly kty: string
  readonly kid: string
  readonly use: 'sig'
  readonly alg: AsymmetricAlgorithm
  readonly crv?: string
  readonly x?: string
  readonly y?: string
  readonly n?: string
  readonly e?: string
}

/** A key that checks tokens and, unless `sign` is null, makes them. */
export interface TokenKey {
  readonly kid: string | null
  readonly alg: SignatureAlgorithm
  /** The JOSE header, base64url, of every token that this key makes. */
  readonly header: string
  /** The headers, base64url and byte for byte, of the tokens that this key checks. */
  readonly acceptedHeaders: ReadonlySet<string>
  /** Makes the signature of a signing input (RFC 7515 §2), base64url; null in a key that only checks. */
  readonly sign: ((input: string) => Promise<string>) | null
  /** Whether the signature belongs to the signing input. Never throws. */
  verify(input: string, signature: Buffer): boolean
  /** The public key, or null for a shared secret, which has none. */
  publicJwk(): PublicJwk | null
}

/** Input of `hmacKey`. */
export interface HmacKeyInput {
  /** A key object, or a text whose UTF-8 form is the key, as SimpleJWT uses it. */
  readonly secret: KeyObject | Secret
  readonly alg: HmacAlgorithm
  readonly kid?: string
  /**
   * Whether tokens are exchanged with SimpleJWT or PyJWT: no kid; the headers that PyJWT of any version and jose
   * issue are accepted; and a secret may be shorter than its algorithm asks for (Django's SECRET_KEY has 50 bytes
   * for HS512 too), so that the rules of the configuration alone decide what is too short.
   */
  readonly compatible?: boolean
  /** Secrets that signed before and still check: a header without kid cannot tell which one it was. */
  readonly formerSecrets?: readonly Secret[]
}

/** Makes a key from a shared secret. TypeError if it is too short, in PEM form, or `compatible` with a kid. */
export function hmacKey(input: HmacKeyInput): TokenKey {
  const { alg, kid = null, compatible = false } = input
  const { hash, minBytes } = HMACS[alg]
  if (compatible && kid !== null) throw new TypeError('a compatible HMAC key has no kid: its header is fixed')
  const least = compatible ? 1 : minBytes
  const current = hmacSecret(input.secret, alg, least)
  const all = [current, ...(input.formerSecrets ?? []).map((secret) => hmacSecret(secret, alg, least))]
  const mac = (key: KeyObject, text: string) => createHmac(hash, key).update(text).digest()
  const header = joseHeader(alg, kid)
  return {
    kid,
    alg,
    header,
    acceptedHeaders: new Set(compatible ? [header, ...otherSpellings(alg)] : [header]),
    sign: async (text) => mac(current, text).toString('base64url'),
    verify: (text, signature) => all.some((key) => equalBytes(mac(key, text), signature)),
    publicJwk: () => null,
  }
}

/** Without kid it reads `{"alg":…,"typ":"JWT"}`, which is what SimpleJWT issues. */
const joseHeader = (alg: SignatureAlgorithm, kid: string | null): string =>
  encodeJson({ alg, typ: 'JWT', ...(kid !== null && { kid }) })

const otherSpellings = (alg: HmacAlgorithm): readonly string[] => [
  encodeJson({ typ: 'JWT', alg }),
  encodeJson({ alg }),
]

const encodeJson = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

function hmacSecret(secret: KeyObject | Secret, alg: HmacAlgorithm, least: number): KeyObject {
  const bytes = secret instanceof Secret ? Buffer.from(secret.reveal()) : secret.export()
  if (bytes.length < least) throw new TypeError(`the secret of ${alg} needs at least ${least} bytes`)
  // a public key in this place would let everybody sign
  if (bytes.includes('-----BEGIN')) throw new TypeError(`the secret of ${alg} is a key in PEM form`)
  return createSecretKey(bytes)
}

const equalBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)

/** Input of `asymmetricKey`: at least one of the two keys. */
export interface AsymmetricKeyInput {
  readonly alg: AsymmetricAlgorithm
  /** A key object, or PEM (PKCS #8, or the older forms of RSA and EC). Without it the key only checks. */
  readonly privateKey?: KeyObject | Secret
  /** A key object, or PEM. Without it, it is taken from the private key. */
  readonly publicKey?: KeyObject | string
  /** Default: the key's SHA-256 thumbprint (RFC 7638), which any two programs agree on. */
  readonly kid?: string
}

/** On a thread of libuv's pool: a signature takes longer than the rest of a refresh, which goes on meanwhile. */
const signAside = promisify(sign)

/** Makes a key from a key pair, or from its public half. TypeError if it does not fit the algorithm or itself. */
export function asymmetricKey(input: AsymmetricKeyInput): TokenKey {
  const { alg } = input
  const { hash, options } = ASYMMETRIC[alg]
  const { privateKey, publicKey } = keyPair(input)
  checkFits(publicKey, alg)
  const jwk = publicMembers(publicKey)
  const kid = input.kid ?? thumbprint(jwk)
  const header = joseHeader(alg, kid)
  const signing = privateKey && { key: privateKey, ...options }
  const checking = { key: publicKey, ...options }
  return {
    kid,
    alg,
    header,
    acceptedHeaders: new Set([header]),
    sign:
      signing && (async (text) => (await signAside(hash, Buffer.from(text), signing)).toString('base64url')),
    verify: (text, signature) =>
      hasLengthOf(publicKey, signature) && verify(hash, Buffer.from(text), checking, signature),
    publicJwk: () => ({ ...jwk, kid, use: 'sig', alg }),
  }
}

/** OpenSSL takes an RSASSA-PSS signature without its leading zeros, too; RFC 8017 section 8.1.2 takes one length. */
function hasLengthOf({ asymmetricKeyDetails }: KeyObject, signature: Buffer): boolean {
  const bits = asymmetricKeyDetails?.modulusLength
  return bits === undefined || signature.length === Math.ceil(bits / 8)
}

function keyPair(input: AsymmetricKeyInput): { privateKey: KeyObject | null; publicKey: KeyObject } {
  const privateKey = input.privateKey ? toPrivateKey(input.privateKey) : null
  const given = input.publicKey ? toPublicKey(input.publicKey) : null
  const derived = privateKey && createPublicKey(privateKey)
  const publicKey = given ?? derived
  if (!publicKey) throw new TypeError('asymmetricKey needs a private or a public key')
  if (derived && !derived.equals(publicKey)) throw new TypeError('private and public key are not a pair')
  return { privateKey, publicKey }
}

function toPrivateKey(key: KeyObject | Secret): KeyObject {
  const parsed = key instanceof Secret ? parse('private', () => createPrivateKey(key.reveal())) : key
  if (parsed.type !== 'private') throw new TypeError(`a private key is needed, this is a ${parsed.type} one`)
  return parsed
}

function toPublicKey(key: KeyObject | string): KeyObject {
  const parsed = typeof key === 'string' ? parse('public', () => createPublicKey(key)) : key
  if (parsed.type !== 'public') throw new TypeError(`a public key is needed, this is a ${parsed.type} one`)
  return parsed
}

function parse(kind: 'private' | 'public', read: () => KeyObject): KeyObject {
  try {
    return read()
  } catch {
    // without the cause: what OpenSSL says of a private key is not for logs
    throw new TypeError(`the ${kind} key is not a key in PEM form without a passphrase`)
  }
}

function checkFits(key: KeyObject, alg: AsymmetricAlgorithm): void {
  const { keyType, curve } = ASYMMETRIC[alg]
  const { namedCurve, modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType !== keyType)
    throw new TypeError(`${alg} needs a key of type ${keyType}, this is ${key.asymmetricKeyType}`)
  if (curve && namedCurve !== curve)
    throw new TypeError(`${alg} needs a key on the curve ${curve}, this is ${namedCurve}`)
  if (keyType === 'rsa' && modulusLength < MIN_RSA_BITS)
    throw new TypeError(`${alg} needs at least ${MIN_RSA_BITS} bits, this key has ${modulusLength}`)
  if (keyType === 'rsa' && publicExponent < MIN_RSA_EXPONENT)
    throw new TypeError(`${alg} needs a public exponent of at least ${MIN_RSA_EXPONENT}`)
  if (keyType === 'rsa' && isGuessable(modulusOf(key)))
    throw new TypeError(
      `${alg} needs another key: this one was made by a library whose keys are guessed (ROCA)`,
    )
}

const modulusOf = (key: KeyObject): bigint =>
  BigInt(`0x${Buffer.from(key.export({ format: 'jwk' }).n ?? '', 'base64url').toString('hex')}`)

/** The members that make the key, in the order of their names, as the thumbprint wants them (RFC 7638 §3.2). */
function publicMembers(key: KeyObject): Pick<PublicJwk, 'kty' | 'crv' | 'x' | 'y' | 'n' | 'e'> {
  const { kty = '', crv, e, n, x, y } = key.export({ format: 'jwk' })
  if (kty === 'RSA') return { e, kty, n }
  return kty === 'EC' ? { crv, kty, x, y } : { crv, kty, x }
}

const thumbprint = (members: object): string =>
  createHash('sha256').update(JSON.stringify(members)).digest('base64url')

/** Bits of a new RSA key: what NIST SP 800-57 asks for beyond 2030. */
const NEW_RSA_BITS = 3072

/** Makes a new private key that fits the algorithm. Synchronous: RSA takes up to a second. */
export function generatePrivateKey(alg: AsymmetricAlgorithm): KeyObject {
  const { keyType, curve = '' } = ASYMMETRIC[alg]
  if (keyType === 'ed25519') return generateKeyPairSync('ed25519').privateKey
  if (keyType === 'ec') return generateKeyPairSync('ec', { namedCurve: curve }).privateKey
  return generateKeyPairSync('rsa', { modulusLength: NEW_RSA_BITS }).privateKey
}
