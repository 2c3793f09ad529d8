/** Project Wycheproof's vectors, put to the code that checks our tokens. Where we refuse what is valid, it is said. */
import { createPublicKey, createSecretKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { PublishedKey } from '../../packages/server/src/middleware/jwks.ts'
import { keysByHeader } from '../../packages/server/src/middleware/jwks.ts'
import type { AsymmetricAlgorithm, HmacAlgorithm } from '../../packages/server/src/tokens/algorithms.ts'
import { HMACS, isAsymmetric } from '../../packages/server/src/tokens/algorithms.ts'
import { decodeJwt, JwtFault } from '../../packages/server/src/tokens/jwt.ts'
import type { TokenKey } from '../../packages/server/src/tokens/keys.ts'
import { asymmetricKey, hmacKey } from '../../packages/server/src/tokens/keys.ts'

type Result = 'valid' | 'acceptable' | 'invalid'

interface Signatures {
  readonly file: string
  readonly alg: AsymmetricAlgorithm | HmacAlgorithm
  /** SubjectPublicKeyInfo; empty for macs, whose tests have a key each. */
  readonly key: string
  readonly tests: readonly (readonly [id: number, message: string, mac: string, Result, key?: string])[]
}

type Jwk = PublishedKey & { readonly kty: string; readonly k?: string }

interface Tokens {
  readonly file: string
  readonly about: string
  readonly key: Jwk | { readonly keys: readonly Jwk[] }
  readonly tests: readonly (readonly [id: number, token: string, Result])[]
}

const { signatures, tokens } = JSON.parse(
  gunzipSync(readFileSync(join(import.meta.dirname, 'wycheproof.json.gz'))).toString(),
) as { readonly signatures: readonly Signatures[]; readonly tokens: readonly Tokens[] }

const bytes = (text = ''): Buffer => Buffer.from(text, 'base64url')

function keyOf(alg: AsymmetricAlgorithm | HmacAlgorithm, key: string): TokenKey {
  if (!isAsymmetric(alg)) return hmacKey({ secret: createSecretKey(bytes(key)), alg })
  return asymmetricKey({ alg, publicKey: createPublicKey({ key: bytes(key), format: 'der', type: 'spki' }) })
}

/** The sentence in which a key is refused, or null. */
function refusalOf(step: () => unknown): string | null {
  try {
    step()
    return null
  } catch (error) {
    if (error instanceof TypeError) return error.message
    throw error
  }
}

/** Valid by the mathematics, refused by the rules for tokens; null: to be taken. */
function deliberateRefusal(alg: Signatures['alg'], key: string, mac: Buffer): string | null {
  const refusal = refusalOf(() => keyOf(alg, key))
  if (refusal !== null) return refusal
  const isShort = !isAsymmetric(alg) && mac.length < HMACS[alg].minBytes
  return isShort ? 'a mac that is cut off' : null
}

describe('Wycheproof | signatures and macs: what is valid is taken, everything else is refused', () => {
  const refused = new Set<string>()

  it.each([...new Set(signatures.map(({ file }) => file))])('%s', (file) => {
    let taken = 0
    for (const { alg, key, tests } of signatures.filter((group) => group.file === file))
      for (const [id, message, text, result, ownKey = key] of tests) {
        const why = deliberateRefusal(alg, ownKey, bytes(text))
        const found = why === null && keyOf(alg, ownKey).verify(message, bytes(text))
        expect(found, `${file} ${id}`).toBe(why === null && result === 'valid')
        if (why !== null && result === 'valid') refused.add(why)
        if (found) taken += 1
      }
    expect(taken).toBeGreaterThan(0)
  })

  it('refuses nothing valid but cut macs, keys that are too short, and the RSA exponent 3', () => {
    expect([...refused].sort()).toEqual([
      'RS256 needs a public exponent of at least 65537',
      'RS512 needs a public exponent of at least 65537',
      'a mac that is cut off',
      'the secret of HS256 needs at least 32 bytes',
      'the secret of HS384 needs at least 48 bytes',
      'the secret of HS512 needs at least 64 bytes',
    ])
  })
})

const encode = (header: object): string => Buffer.from(JSON.stringify(header)).toString('base64url')

/** The keys of a group: the public ones of a set, or else the shared secrets; they never stand in one set here. */
function keysOf({ key }: Tokens): readonly TokenKey[] {
  const set = 'keys' in key ? key.keys : [key]
  if (set.some(({ kty }) => kty !== 'oct')) return [...keysByHeader(set).values()]
  const kids = set.map(({ kid }) => kid)
  return set.flatMap(({ alg, kid, k }) => {
    const make = () =>
      hmacKey({ secret: createSecretKey(bytes(k)), alg: alg as HmacAlgorithm, kid: String(kid) })
    const isOne = kids.indexOf(kid) === kids.lastIndexOf(kid)
    return isOne && Object.hasOwn(HMACS, String(alg)) && refusalOf(make) === null ? [make()] : []
  })
}

/** Our tokens say `typ`, the vectors do not: a key accepts, as strictly, the two headers that they have instead. */
function ringOf(group: Tokens): { byHeader(header: string): TokenKey | undefined } {
  const headers = keysOf(group).flatMap((key) => {
    const { alg, kid } = key
    return [encode({ alg, kid }), encode({ kid, alg })].map((header) => [header, key] as const)
  })
  const byHeader = new Map(headers)
  return { byHeader: (header) => byHeader.get(header) }
}

/** Why a token is refused. The payloads of the vectors are no claims, which is found only behind the signature. */
function reasonOf(token: string, ring: ReturnType<typeof ringOf>): string {
  try {
    decodeJwt(token, ring)
    return 'taken'
  } catch (fault) {
    if (!(fault instanceof JwtFault)) throw fault
    return fault.reason === 'payload' ? 'taken' : fault.reason
  }
}

/** Valid by the standard, and refused here. */
const DELIBERATE: Readonly<Record<string, readonly number[]>> = {
  'an empty payload, which is no claims': [259, 264, 268, 272],
  'PS384 and PS512, which are not offered': [320, 321, 322, 323, 325, 326, 327, 328, 346, 350],
  'a key for the algorithm ES521, which does not exist': [347, 351],
  'characters that are not base64url': [372, 373],
  'a header in another spelling than its key has': [376, 377],
}

describe('Wycheproof | JSON web signatures and keys', () => {
  const outcomes = tokens.flatMap((group) => {
    const ring = ringOf(group)
    return group.tests.map(([id, token, result]) => {
      // two vectors lost the padding that made them wrong, and are the same as a valid one
      const isSame = group.tests.some((other) => other[1] === token && other[2] === 'valid')
      const isValid = result === 'valid' || isSame
      return { name: `${group.file} ${id}`, id, isValid, reason: reasonOf(token, ring) }
    })
  })

  it('every invalid one is refused', () => {
    const invalid = outcomes.filter(({ isValid }) => !isValid)
    expect(invalid.length).toBeGreaterThan(370)
    expect(invalid.filter(({ reason }) => reason === 'taken')).toEqual([])
  })

  it.each(Object.entries(DELIBERATE))('refuses also %s', (_, ids) => {
    const found = outcomes.filter(({ name, id }) => name.startsWith('json_web_signature') && ids.includes(id))
    expect(found.map(({ reason }) => reason)).not.toContain('taken')
    expect(found.map(({ isValid }) => isValid)).not.toContain(false)
  })

  it('every other valid one is taken', () => {
    const deliberate = Object.values(DELIBERATE).flat()
    const refused = outcomes.filter(({ isValid, reason }) => isValid && reason !== 'taken')
    expect(refused.map(({ id }) => id).sort()).toEqual(deliberate.sort())
    expect(outcomes.filter(({ reason }) => reason === 'taken').length).toBeGreaterThan(30)
  })
})
