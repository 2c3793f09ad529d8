/** Tokens cross the border both ways: ours verify with jose and with Python's jwt, and theirs are accepted here. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import { jwtVerify, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const SECRET = 'a shared secret of this test, long enough for HS256'
const key = new TextEncoder().encode(SECRET)

const python = async (code: string, ...args: string[]): Promise<string> =>
  (await run('/usr/bin/python3', ['-c', code, ...args])).stdout.trim()

const hasPythonJwt = await python('import jwt').then(
  () => true,
  () => false,
)

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
