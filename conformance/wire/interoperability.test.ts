/**
 * Tokens cross the border both ways: ours verify with jose, Python's jwt and SimpleJWT, and theirs are accepted here
 * where a secret is shared. With a key pair nobody but us can make tokens.
 */
import { execFile } from 'node:child_process'
import { createPublicKey } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import { createRemoteJWKSet, jwtVerify, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const SECRET = 'a shared secret of this test, long enough for HS256'
const key = new TextEncoder().encode(SECRET)

const python = async (code: string, ...args: string[]): Promise<string> =>
  (await run('/usr/bin/python3', ['-c', code, ...args])).stdout.trim()

const canImport = (module: string): Promise<boolean> =>
  python(`import ${module}`).then(
    () => true,
    () => false,
  )
const hasPythonJwt = await canImport('jwt, cryptography')
const hasSimpleJwt = await canImport('rest_framework_simplejwt')

let doorward: TestDoorward
let user: SignedInUser
const now = () => Math.floor(doorward.clock.now() / 1000)

const me = async (token: string): Promise<number> => {
  const headers = { authorization: `JWT ${token}` }
  return (await doorward.fetch(new Request('http://127.0.0.1:8000/auth/users/me/', { headers }))).status
}

beforeAll(async () => {
  doorward = await createTestDoorward({ preset: 'djoser', config: { secrets: { list: [SECRET] } } })
  user = await doorward.signedUpUser()
})

afterAll(() => doorward.close())

const claims = (userId: number) => ({
  token_type: 'access',
  exp: now() + 60,
  iat: now(),
  jti: 'a'.repeat(32),
  user_id: userId,
})

describe('tokens under a shared secret | jose', () => {
  it('verifies ours', async () => {
    const { payload, protectedHeader } = await jwtVerify(user.access, key, {
      currentDate: new Date(doorward.clock.now()),
    })
    expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' })
    expect(Object.keys(payload).sort()).toEqual(['exp', 'iat', 'jti', 'token_type', 'user_id'])
  })

  it('makes tokens that are good here, and with another secret none', async () => {
    const sign = (secret: Uint8Array) =>
      new SignJWT(claims(1)).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(secret)
    expect(await me(await sign(key))).toBe(200)
    expect(await me(await sign(new TextEncoder().encode(`${SECRET}!`)))).toBe(401)
  })
})

if (hasPythonJwt) {
  describe("tokens under a shared secret | Python's jwt", () => {
    it('verifies ours', async () => {
      const code =
        'import jwt,sys,json; print(json.dumps(jwt.decode(sys.argv[1], sys.argv[2], algorithms=["HS256"], options={"verify_exp": False, "verify_iat": False})))'
      expect(JSON.parse(await python(code, user.access, SECRET))).toMatchObject({
        token_type: 'access',
        user_id: 1,
      })
    })

    it('makes tokens that are good here', async () => {
      const code =
        'import jwt,sys,json; print(jwt.encode(json.loads(sys.argv[1]), sys.argv[2], algorithm="HS256"))'
      expect(await me(await python(code, JSON.stringify(claims(1)), SECRET))).toBe(200)
    })
  })
} else {
  describe("tokens under a shared secret | Python's jwt", () => {
    it('is not on this machine (Debian: python3-jwt)', () => {
      process.stdout.write("Python's jwt is not on this machine, so nothing was compared with it\n")
      expect(hasPythonJwt).toBe(false)
    })
  })
}

const HMACS = ['HS256', 'HS384', 'HS512'] as const
const KEY_PAIRS = ['EdDSA', 'ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256'] as const

/** Reads a token as Python's jwt does, and then as the class of SimpleJWT that its views use. */
const PYTHON_READS = `
import json, sys, jwt
token, key, alg, also_simple = sys.argv[1:5]
options = {"verify_exp": False, "verify_iat": False}
claims = jwt.decode(token, key, algorithms=[alg], options=options)
if also_simple == "true":
    from django.conf import settings
    settings.configure(SECRET_KEY="unused")
    from rest_framework_simplejwt.backends import ALLOWED_ALGORITHMS, TokenBackend
    if alg in ALLOWED_ALGORITHMS:
        shared = alg.startswith("HS")
        backend = TokenBackend(alg, key if shared else None, "" if shared else key)
        claims["simple"] = backend.decode(token, verify=False) == claims
        try:
            backend.decode(token[:-8] + "AAAAAAAA")
            claims["simple"] = False
        except Exception:
            pass
print(json.dumps(claims))
`

describe('tokens of every algorithm | over the wire', () => {
  const running: (() => Promise<unknown>)[] = []
  afterAll(() => Promise.all(running.map((close) => close())))

  async function start(algorithm: (typeof HMACS)[number] | (typeof KEY_PAIRS)[number]) {
    const secret = 'a shared secret of this test, which is long enough for HS512 and all the others'
    const one = await createTestDoorward({ config: { secrets: { list: [secret] }, tokens: { algorithm } } })
    const server = createServer(one.listener).listen(0, '127.0.0.1')
    await new Promise((done) => server.once('listening', done))
    running.push(() => new Promise((done) => server.close(done)).then(() => one.close()))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return { one, url, secret, person: await one.signedUpUser({ role: 'buyer' }) }
  }

  it.each(KEY_PAIRS)('%s: jose reads the keys at their address and the tokens with them', async (alg) => {
    const { one, url, person } = await start(alg)
    const keys = createRemoteJWKSet(new URL(`${url}/.well-known/jwks.json`))
    const currentDate = new Date(one.clock.now())
    const { payload, protectedHeader } = await jwtVerify(person.access, keys, {
      currentDate,
      algorithms: [alg],
    })
    expect(payload).toMatchObject({ token_type: 'access', role: 'buyer' })
    expect(protectedHeader.alg).toBe(alg)
    if (!hasPythonJwt) return
    const pem = createPublicKey(String(one.settings.tokens.signingKey)).export({
      type: 'spki',
      format: 'pem',
    })
    const read = JSON.parse(await python(PYTHON_READS, person.access, String(pem), alg, String(hasSimpleJwt)))
    expect(read).toMatchObject({ token_type: 'access', role: 'buyer' })
    expect(read.simple).not.toBe(false)
  })

  it.each(HMACS)('%s: jose and Python read ours, and ours reads theirs', async (alg) => {
    const { one, secret, person } = await start(alg)
    const shared = new TextEncoder().encode(secret)
    const currentDate = new Date(one.clock.now())
    const { payload } = await jwtVerify(person.access, shared, { currentDate, algorithms: [alg] })
    expect(payload).toMatchObject({ token_type: 'access', role: 'buyer' })
    const call = async (token: string) => {
      const headers = { authorization: `JWT ${token}` }
      return (await one.fetch(new Request('http://127.0.0.1:8000/auth/users/me/', { headers }))).status
    }
    const theirs = await new SignJWT(payload).setProtectedHeader({ alg, typ: 'JWT' }).sign(shared)
    expect(await call(theirs)).toBe(200)
    if (!hasPythonJwt) return
    const read = JSON.parse(await python(PYTHON_READS, person.access, secret, alg, String(hasSimpleJwt)))
    expect(read.simple).not.toBe(false)
    const write =
      'import jwt,sys,json; print(jwt.encode(json.loads(sys.argv[1]), sys.argv[2], algorithm=sys.argv[3]))'
    expect(await call(await python(write, JSON.stringify(payload), secret, alg))).toBe(200)
  })
})
