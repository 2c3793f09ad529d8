/** The signed feed of sessions that have ended: what it says, when it answers, and who cannot speak in its name. */
import { generateKeyPairSync } from 'node:crypto'
import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import { createVerifier } from '@doorward/server/verifier'
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ORIGIN = 'http://127.0.0.1:8000'
let doorward: TestDoorward
beforeAll(async () => {
  doorward = await createTestDoorward()
})
afterAll(() => doorward.close())

const feed = (query: string, headers = {}) =>
  doorward.fetch(new Request(`${ORIGIN}/auth/revocations/${query}`, { headers }))

interface Page {
  readonly seq: number
  readonly entries: readonly (readonly [number, string, number])[]
}

async function page(query: string): Promise<Page> {
  const { token } = (await (await feed(query)).json()) as { token: string }
  return decodeJwt<Page>(token)
}

const sid = ({ access }: SignedInUser): string => String(decodeJwt(access).sid)

const signOut = ({ refresh }: SignedInUser, server = doorward) =>
  server.fetch(
    new Request(`${ORIGIN}/auth/jwt/logout/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh }),
    }),
  )

describe('the feed of sessions that have ended', () => {
  it('is signed with the key that the server publishes, for a minute, and names sessions alone', async () => {
    const user = await doorward.signedUpUser()
    await signOut(user)
    const { token } = (await (await feed('?since=0')).json()) as { token: string }
    const keys = (await (
      await doorward.fetch(new Request(`${ORIGIN}/.well-known/jwks.json`))
    ).json()) as Parameters<typeof createLocalJWKSet>[0]
    const currentDate = new Date(doorward.clock.now())
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), { currentDate })
    expect(payload.token_type).toBe('revocations')
    expect(Number(payload.exp) - Number(payload.iat)).toBe(60)
    expect(Object.keys(payload).sort()).toEqual([
      'entries',
      'exp',
      'iat',
      'jti',
      'seq',
      'since',
      'token_type',
    ])
    expect((payload as unknown as Page).entries.map(([, id]) => id)).toContain(sid(user))
  })

  it('an entry stays an hour longer than an access token and not for ever', async () => {
    const user = await doorward.signedUpUser()
    await signOut(user)
    const ids = async () => (await page('?since=0')).entries.map(([, id]) => id)
    doorward.clock.advance(300 + 3599)
    expect(await ids()).toContain(sid(user))
    doorward.clock.advance(2)
    expect(await ids()).not.toContain(sid(user))
  })

  it('says what came after a number, and nothing new by 304', async () => {
    const [first, second] = [await doorward.signedUpUser(), await doorward.signedUpUser()]
    await signOut(first)
    const { seq } = await page('?since=0')
    await signOut(second)
    const later = await page(`?since=${seq}`)
    expect(later.entries.map(([, id]) => id)).toEqual([sid(second)])
    const etag = (await feed(`?since=${seq}`)).headers.get('etag') ?? ''
    expect(etag).toBe(`"${later.seq}"`)
    const again = await feed(`?since=${later.seq}`, { 'if-none-match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('a long poll answers as soon as a session ends', async () => {
    const user = await doorward.signedUpUser()
    const { seq } = await page('?since=0')
    let isAnswered = false
    const waiting = page(`?since=${seq}&wait=25`).finally(() => {
      isAnswered = true
    })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(isAnswered).toBe(false)
    await signOut(user)
    expect((await waiting).entries.map(([, id]) => id)).toEqual([sid(user)])
  })

  it('numbers that are none count as the beginning', async () => {
    for (const query of ['?since=-1', '?since=x', '?since=1e999', '?wait=-5', '?since=0.5'])
      expect((await feed(query)).status, query).toBe(200)
  })
})

describe('a service that follows the feed', () => {
  it('hears of sessions that end after the server was restored from a backup', async () => {
    const signingKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
    const start = () => createTestDoorward({ config: { tokens: { signingKey: String(signingKey) } } })
    const [before, restored] = [await start(), await start()]
    let server = before
    const verifier = createVerifier({
      jwksUrl: `${ORIGIN}/.well-known/jwks.json`,
      revocations: { url: `${ORIGIN}/auth/revocations/` },
      clock: before.clock,
      fetch: (input, init) => server.fetch(new Request(String(input), init)),
    })
    for (let count = 0; count < 3; count += 1) await signOut(await before.signedUpUser(), before)
    const check = ({ access }: SignedInUser) => verifier.check(`JWT ${access}`, { fresh: true })
    await check(await before.signedUpUser())
    server = restored
    const user = await restored.signedUpUser()
    await check(user)
    await signOut(user, restored)
    await expect(check(user)).rejects.toMatchObject({ code: 'access_token_not_valid' })
    verifier.close()
    await Promise.all([before.close(), restored.close()])
  })
})

describe('security: who stands between a service and the server', () => {
  /** A verifier whose feed is answered by somebody else. */
  const withFeed = (answer: (query: string) => Promise<Response>) =>
    createVerifier({
      jwksUrl: `${ORIGIN}/.well-known/jwks.json`,
      revocations: { url: `${ORIGIN}/auth/revocations/` },
      clock: doorward.clock,
      fetch: async (input, init) =>
        String(input).includes('/revocations/')
          ? answer(new URL(String(input)).search)
          : doorward.fetch(new Request(String(input), init)),
    })
  const outcome = (verifier: ReturnType<typeof createVerifier>, { access }: SignedInUser) =>
    verifier.check(`Bearer ${access}`, { fresh: true }).then(
      () => 'ok',
      ({ code }) => code,
    )

  it.each([
    ['an access token of their own', async () => (await doorward.signedUpUser()).access],
    ['a refresh token', async () => (await doorward.signedUpUser()).refresh],
    ['a page that is signed by nobody', async () => 'eyJhbGciOiJub25lIn0.eyJzZXEiOjB9.'],
    ['no token at all', async () => ''],
    [
      'a page from two minutes ago',
      async () => {
        const { token } = (await (await feed('?since=0')).json()) as { token: string }
        doorward.clock.advance(120)
        return token
      },
    ],
    [
      'a true page that leaves out what came before',
      async () => {
        await signOut(await doorward.signedUpUser())
        const { seq } = await page('?since=0')
        const { token } = (await (await feed(`?since=${seq}`)).json()) as { token: string }
        return token
      },
    ],
  ])('%s is no page: nothing is accepted', async (_, make) => {
    const token = await make()
    const user = await doorward.signedUpUser()
    const verifier = withFeed(async () => Response.json({ token }))
    expect(await outcome(verifier, user)).toBe('unavailable')
    verifier.close()
  })

  it('the true page is one', async () => {
    const user = await doorward.signedUpUser()
    const verifier = withFeed((query) => feed(query))
    expect(await outcome(verifier, user)).toBe('ok')
    verifier.close()
  })
})
