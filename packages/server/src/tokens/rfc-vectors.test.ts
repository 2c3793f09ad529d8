/**
 * Known answers: the examples of the standards, and the signatures at the edge of what is valid. They are checked
 * at the raw signature of a key; the rule of the exact header, one layer above, refuses more.
 */
import { constants, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { asymmetricKey, generatePrivateKey } from './keys.ts'

const fromJwk = (key: object) => createPublicKey({ key: { ...key }, format: 'jwk' })
const bytes = (text: string | undefined) => Buffer.from(text ?? '', 'base64url')

describe('known answers | the examples of the standards', () => {
  it('RFC 8037 A.3, A.5: Ed25519 thumbprint and signature', () => {
    const publicKey = fromJwk({
      kty: 'OKP',
      crv: 'Ed25519',
      x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    })
    const key = asymmetricKey({ alg: 'EdDSA', publicKey })
    const signature = 'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg'
    expect(key.kid).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
    expect(key.verify('eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc', bytes(signature))).toBe(
      true,
    )
  })

  it('RFC 7515 A.3: ES256 signature', () => {
    const publicKey = fromJwk({
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    })
    const input =
      'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ'
    const signature = 'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q'
    expect(asymmetricKey({ alg: 'ES256', publicKey }).verify(input, bytes(signature))).toBe(true)
  })

  it('RFC 7638 §3.1: RSA thumbprint', () => {
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3' +
      'oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdA' +
      'ZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-' +
      'kEgU8awapJzKnqDKgw'
    const key = asymmetricKey({ alg: 'RS256', publicKey: fromJwk({ kty: 'RSA', e: 'AQAB', n }) })
    expect(key.kid).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs')
  })
})

/** The order of each curve's group. */
const CURVES = [
  ['ES256', 32, 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n],
  [
    'ES384',
    48,
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  ],
  [
    'ES512',
    66,
    0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  ],
] as const

describe.each(CURVES)('signatures at the edge | %s', async (alg, size, order) => {
  const privateKey = generatePrivateKey(alg)
  const key = asymmetricKey({ alg, privateKey })
  const half = (value: bigint, length: number = size) => {
    const hex = value.toString(16)
    return Buffer.from(hex.padStart(Math.max(length * 2, hex.length + (hex.length % 2)), '0'), 'hex')
  }
  const signature = bytes(await key.sign?.('input'))
  const [r, s] = [signature.subarray(0, size), signature.subarray(size)]
  const numberOf = (part: Buffer) => BigInt(`0x${part.toString('hex')}`)

  it('security: r = 0 and s = 0 are refused, alone and together (CVE-2022-21449)', () => {
    const zero = Buffer.alloc(size)
    for (const forged of [
      [zero, zero],
      [zero, s],
      [r, zero],
    ])
      expect(key.verify('input', Buffer.concat(forged))).toBe(false)
  })

  it('security: 0, 1, n−1 and n are refused in any combination', () => {
    for (const a of [0n, 1n, order - 1n, order])
      for (const b of [0n, 1n, order - 1n, order])
        expect(key.verify('input', Buffer.concat([half(a), half(b)]))).toBe(false)
  })

  it('security: r and s beyond the order are refused, also with bytes to spare', () => {
    const [bigR, bigS] = [numberOf(r) + order, numberOf(s) + order]
    for (const length of [size, size + 1]) {
      const forged = Buffer.concat([half(bigR, length), half(bigS, length)])
      expect(key.verify('input', forged)).toBe(false)
    }
    expect(
      key.verify('input', Buffer.concat([half(numberOf(r), size + 1), half(numberOf(s), size + 1)])),
    ).toBe(false)
  })

  it('security: the DER form of a good signature is refused', () => {
    const der = sign(`sha${alg.slice(2)}`, Buffer.from('input'), privateKey)
    expect(key.verify('input', der)).toBe(false)
  })
})

describe('signatures at the edge | Ed25519', () => {
  const key = asymmetricKey({ alg: 'EdDSA', privateKey: generatePrivateKey('EdDSA') })

  it('security: s + order is refused, so that a token has one signature (RFC 8032 §5.1.7)', async () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const signature = bytes(await key.sign?.('input'))
    const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`)
    const big = Buffer.from((s + order).toString(16).padStart(64, '0'), 'hex').reverse()
    expect(key.verify('input', signature)).toBe(true)
    expect(key.verify('input', Buffer.concat([signature.subarray(0, 32), big]))).toBe(false)
  })
})

describe('signatures at the edge | RSA', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pss = asymmetricKey({ alg: 'PS256', privateKey })
  const signPss = (saltLength: number, hash = 'sha256') =>
    sign(hash, Buffer.from('input'), {
      key: privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength,
    })

  it('PS256 takes a salt of 32 bytes, and security: no other (RFC 7518 §3.5)', () => {
    expect(pss.verify('input', signPss(32))).toBe(true)
    for (const saltLength of [0, 20, 31, 33, 64]) expect(pss.verify('input', signPss(saltLength))).toBe(false)
  })

  it('security: a signature of one algorithm is none of another with the same key', async () => {
    const keys = (['RS256', 'RS384', 'RS512', 'PS256'] as const).map((alg) =>
      asymmetricKey({ alg, privateKey }),
    )
    for (const signer of keys)
      for (const checker of keys)
        expect(checker.verify('input', bytes(await signer.sign?.('input')))).toBe(signer === checker)
  })

  it('security: a signature that is a multiple of the modulus away is refused', async () => {
    const key = asymmetricKey({ alg: 'RS256', privateKey })
    const signature = BigInt(`0x${bytes(await key.sign?.('input')).toString('hex')}`)
    const modulus = BigInt(`0x${bytes(key.publicJwk()?.n).toString('hex')}`)
    const hex = (signature + modulus).toString(16)
    expect(key.verify('input', Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'))).toBe(
      false,
    )
  })
})
