/**
 * Makes `conformance/vectors/wycheproof.json.gz` of a checkout of Project Wycheproof (github.com/C2SP/wycheproof):
 * the vectors of the algorithms that are offered, without what is not needed to check them.
 *
 *     node scripts/trim-wycheproof.ts <checkout> <commit>
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** The files of signatures and macs, and the algorithm that each is for. */
const FILES = {
  ed25519: 'EdDSA',
  ecdsa_secp256r1_sha256_p1363: 'ES256',
  ecdsa_secp384r1_sha384_p1363: 'ES384',
  ecdsa_secp521r1_sha512_p1363: 'ES512',
  rsa_signature_2048_sha256: 'RS256',
  rsa_signature_3072_sha256: 'RS256',
  rsa_signature_2048_sha384: 'RS384',
  rsa_signature_2048_sha512: 'RS512',
  rsa_pss_2048_sha256_mgf1_32: 'PS256',
  hmac_sha256: 'HS256',
  hmac_sha384: 'HS384',
  hmac_sha512: 'HS512',
} as const

interface Test {
  readonly tcId: number
  readonly msg: string
  readonly sig?: string
  readonly tag?: string
  readonly key?: string
  readonly jws?: string
  readonly result: string
}

interface Group {
  readonly publicKeyDer?: string
  readonly public?: object
  readonly private?: object
  readonly comment?: string
  readonly tests: readonly Test[]
}

const [checkout, commit] = process.argv.slice(2)
if (!checkout || !commit) throw new TypeError('usage: trim-wycheproof.ts <checkout> <commit>')

const groupsOf = (name: string): readonly Group[] =>
  JSON.parse(readFileSync(join(checkout, 'testvectors_v1', `${name}_test.json`), 'utf8')).testGroups

const base64 = (hex = ''): string => Buffer.from(hex, 'hex').toString('base64url')

/** What is signed here is text, so a message that is none cannot be put to our verifier. */
const isText = ({ msg }: Test): boolean =>
  Buffer.from(Buffer.from(msg, 'hex').toString()).toString('hex') === msg

const signatures = Object.entries(FILES).flatMap(([file, alg]) =>
  groupsOf(file).map((group) => ({
    ...{ file, alg, key: base64(group.publicKeyDer) },
    tests: group.tests
      .filter(isText)
      .map(({ tcId, msg, sig, tag, key, result }) => [
        ...[tcId, Buffer.from(msg, 'hex').toString(), base64(sig ?? tag), result],
        ...(key === undefined ? [] : [base64(key)]),
      ]),
  })),
)

const tokens = ['json_web_signature', 'json_web_key'].flatMap((file) =>
  groupsOf(file).map((group) => ({
    ...{ file, about: group.comment, key: group.public ?? group.private },
    tests: group.tests.map(({ tcId, jws, result }) => [tcId, jws, result]),
  })),
)

const text = JSON.stringify({ source: `github.com/C2SP/wycheproof ${commit}`, signatures, tokens })
writeFileSync(
  join(import.meta.dirname, '../conformance/vectors/wycheproof.json.gz'),
  gzipSync(text, { level: 9 }),
)
