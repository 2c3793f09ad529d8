/** Every mode that SimpleJWT has: what its users have set there does the same here. */
import { createTestDoorward, type TestDoorward, type TestDoorwardOptions } from '@doorward/server/testing'
import { createVerifier } from '@doorward/server/verifier'
import { decodeJwt } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'

const SECRET = 'only for tests: everybody may know this secret'
const running: TestDoorward[] = []

type Config = NonNullable<TestDoorwardOptions['config']>

/** A Doorward as SimpleJWT would be, but for what the test is about. */
async function start(tokens: Config['tokens'], more: Config = {}): Promise<TestDoorward> {
  const doorward = await createTestDoorward({ preset: 'djoser', config: { ...more, tokens } })
  running.push(doorward)
  return doorward
}

afterEach(async () => {
  for (const doorward of running.splice(0)) await doorward.close()
})

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

async function ask(doorward: TestDoorward, method: string, path: string, more: RequestInit): Promise<Answer> {
  const url = `http://127.0.0.1:8000/auth/${path}`
  const answer = await doorward.fetch(new Request(url, { method, ...more }))
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) }
}

const post = (doorward: TestDoorward, path: string, body: object): Promise<Answer> =>
  ask(doorward, 'POST', path, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const refresh = (doorward: TestDoorward, token: unknown) => post(doorward, 'jwt/refresh/', { refresh: token })
const verify = (doorward: TestDoorward, token: unknown) => post(doorward, 'jwt/verify/', { token })
const me = (doorward: TestDoorward, token: unknown) =>
  ask(doorward, 'GET', 'users/me/', { headers: { authorization: `JWT ${token}` } })

const REFUSED = { detail: 'Token is invalid or expired', code: 'token_not_valid' }
const BLACKLISTED = { detail: 'Token is blacklisted', code: 'token_not_valid' }

describe('SimpleJWT | rotation', () => {
  it('off: a refresh gives an access token alone, as often as one likes', async () => {
    const doorward = await start({ rotate: false })
    const user = await doorward.signedUpUser()
    for (const _ of [1, 2]) {
      const { status, body } = await refresh(doorward, user.refresh)
      expect([status, Object.keys(body)]).toEqual([200, ['access']])
      expect((await me(doorward, body.access)).status).toBe(200)
    }
  })

  it('off, with stored sessions: the same, and the session can be ended', async () => {
    const doorward = await start({ rotate: false }, { sessions: { mode: 'stored' } })
    const user = await doorward.signedUpUser()
    for (const _ of [1, 2])
      expect(Object.keys((await refresh(doorward, user.refresh)).body)).toEqual(['access'])
    await post(doorward, 'jwt/logout/', { refresh: user.refresh })
    expect((await refresh(doorward, user.refresh)).body.code).toBe('session_ended')
  })

  it('on: a refresh gives a new refresh token with a life of its own; the old one goes on', async () => {
    const doorward = await start({ rotate: true, blacklistAfterRotation: false })
    const user = await doorward.signedUpUser()
    doorward.clock.advance(3600)
    const { body } = await refresh(doorward, user.refresh)
    const [before, after] = [decodeJwt(user.refresh), decodeJwt(String(body.refresh))]
    expect(Number(after.exp) - Number(before.exp)).toBe(3600)
    expect(after.jti).not.toBe(before.jti)
    expect((await refresh(doorward, user.refresh)).status).toBe(200)
  })

  it('with the blacklist: the old one is refused by refresh, and by verify in its own form', async () => {
    const doorward = await start({ rotate: true, blacklistAfterRotation: true })
    const user = await doorward.signedUpUser()
    const { body } = await refresh(doorward, user.refresh)
    expect(await refresh(doorward, user.refresh)).toEqual({ status: 401, body: BLACKLISTED })
    expect(await verify(doorward, user.refresh)).toEqual({
      status: 400,
      body: { non_field_errors: ['Token is blacklisted'] },
    })
    expect((await refresh(doorward, body.refresh)).status).toBe(200)
  })

  it('with the blacklist: of two refreshes at once, one gets a successor', async () => {
    const doorward = await start({ rotate: true, blacklistAfterRotation: true })
    const user = await doorward.signedUpUser()
    const both = await Promise.all([1, 2, 3, 4].map(() => refresh(doorward, user.refresh)))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401])
  })

  it('the blacklist by hand: what is on it is refused from then on', async () => {
    const doorward = await start({ blacklistEndpoint: true, blacklistAfterRotation: true })
    const user = await doorward.signedUpUser()
    const blacklist = () => post(doorward, 'jwt/blacklist/', { refresh: user.refresh })
    expect(await blacklist()).toEqual({ status: 200, body: {} })
    expect(await blacklist()).toEqual({ status: 401, body: BLACKLISTED })
    expect(await refresh(doorward, user.refresh)).toEqual({ status: 401, body: BLACKLISTED })
  })
})

describe('SimpleJWT | sliding tokens', () => {
  const sliding = { sliding: true, slidingLifetime: 300, slidingRefreshLifetime: 3600 }

  it('one token for calls and for refreshing, until the time in refresh_exp', async () => {
    const doorward = await start(sliding)
    const user = await doorward.signedUpUser()
    const first = decodeJwt(user.access)
    expect(first).toMatchObject({ token_type: 'sliding', exp: Number(first.iat) + 300 })
    expect(first.refresh_exp).toBe(Number(first.iat) + 3600)
    doorward.clock.advance(299)
    expect((await me(doorward, user.access)).status).toBe(200)
    const renewed = await post(doorward, 'jwt/refresh/', { token: user.access })
    const second = decodeJwt(String(renewed.body.token))
    expect(second).toMatchObject({ refresh_exp: first.refresh_exp, exp: Number(first.exp) + 299 })
    doorward.clock.advance(250)
    expect((await me(doorward, user.access)).status).toBe(401)
    expect((await me(doorward, renewed.body.token)).status).toBe(200)
  })

  it('past refresh_exp nothing renews it, and access tokens are not accepted', async () => {
    const doorward = await start({ ...sliding, slidingLifetime: 7200 })
    const user = await doorward.signedUpUser()
    const stored = await doorward.deps.store.users.byEmail(user.email)
    const access = await doorward.deps.tokens.issueAccess(stored, null)
    expect((await me(doorward, access)).status).toBe(401)
    doorward.clock.advance(3600)
    const late = await post(doorward, 'jwt/refresh/', { token: user.access })
    expect(late).toEqual({
      status: 401,
      body: { detail: "Token 'refresh_exp' claim has expired", code: 'token_not_valid' },
    })
  })

  it('the name of that claim can be another', async () => {
    const doorward = await start({ ...sliding, slidingRefreshExpClaim: 'until' })
    const user = await doorward.signedUpUser()
    expect(decodeJwt(user.access)).toHaveProperty('until')
    expect((await post(doorward, 'jwt/refresh/', { token: user.access })).status).toBe(200)
  })
})

describe('SimpleJWT | what a sign-in leaves', () => {
  it.each([true, false])('updateLastLogin %s', async (updateLastLogin) => {
    const doorward = await start({ updateLastLogin })
    const user = await doorward.signedUpUser()
    const { lastLogin } = (await doorward.deps.store.users.byEmail(user.email)) ?? {}
    expect(lastLogin).toBe(updateLastLogin ? doorward.clock.now() : null)
  })
})

describe('SimpleJWT | claims', () => {
  const customClaims: NonNullable<NonNullable<Config['tokens']>['customClaims']> = ({ email, profile }) => ({
    shop: `${profile.role} of ${email}`,
    exp: 1,
    token_type: 'refresh',
  })

  it.each(['stateless', 'stored'] as const)(
    'custom ones, %s: in every access token, and none that decides',
    async (mode) => {
      const doorward = await start({ customClaims }, { sessions: { mode } })
      const user = await doorward.signedUpUser({ role: 'buyer' })
      const { body } = await refresh(doorward, user.refresh)
      for (const token of [user.access, String(body.access)]) {
        const claims = decodeJwt(token)
        expect(claims).toMatchObject({ shop: `buyer of ${user.email}`, token_type: 'access' })
        expect(claims.exp).toBe(Number(claims.iat) + 3600)
        expect((await me(doorward, token)).status).toBe(200)
      }
    },
  )

  it('issuer and audience are put in, and asked for, here and in other services', async () => {
    const place = { issuer: 'https://accounts.example', audience: 'shop' }
    const doorward = await start(place)
    const user = await doorward.signedUpUser()
    expect(decodeJwt(user.access)).toMatchObject({ iss: place.issuer, aud: place.audience })
    expect(decodeJwt(user.refresh)).toMatchObject({ iss: place.issuer, aud: place.audience })
    expect((await me(doorward, user.access)).status).toBe(200)
    const { clock } = doorward
    const check = (more: object) =>
      createVerifier({ secret: SECRET, clock, ...more })
        .check(`JWT ${user.access}`)
        .then(
          () => 'ok',
          ({ code }) => code,
        )
    expect(await check(place)).toBe('ok')
    expect(await check({ ...place, audience: 'bank' })).toBe('access_token_not_valid')
    expect(await check({ ...place, issuer: 'https://evil.example' })).toBe('access_token_not_valid')
  })

  it.each([{ issuer: 'https://accounts.example' }, { audience: 'shop' }])(
    'a token of a server without %j is refused, wherever it comes in',
    async (place) => {
      const [elsewhere, here] = [await start({}), await start(place)]
      const [foreign] = [await elsewhere.signedUpUser(), await here.signedUpUser()]
      expect((await me(here, foreign.access)).status).toBe(401)
      expect(await refresh(here, foreign.refresh)).toEqual({ status: 401, body: REFUSED })
      expect(await verify(here, foreign.access)).toEqual({ status: 401, body: REFUSED })
      expect((await me(elsewhere, foreign.access)).status).toBe(200)
    },
  )

  it('leeway: a token that expired a moment ago is good still, and no longer than that', async () => {
    const doorward = await start({ leeway: 10 })
    const user = await doorward.signedUpUser()
    doorward.clock.advance(3609)
    expect((await me(doorward, user.access)).status).toBe(200)
    doorward.clock.advance(1)
    expect((await me(doorward, user.access)).status).toBe(401)
  })

  it('the name of the id of a token', async () => {
    const doorward = await start({ jtiClaim: 'token_id', rotate: true, blacklistAfterRotation: true })
    const user = await doorward.signedUpUser()
    expect(decodeJwt(user.access)).not.toHaveProperty('jti')
    expect(String(decodeJwt(user.access).token_id)).toMatch(/^[0-9a-f]{32}$/)
    expect((await refresh(doorward, user.refresh)).status).toBe(200)
    expect(await refresh(doorward, user.refresh)).toEqual({ status: 401, body: BLACKLISTED })
  })

  it('the name of the type of a token: a refresh token is no access token under it either', async () => {
    const doorward = await start({ tokenTypeClaim: 'kind' })
    const user = await doorward.signedUpUser()
    expect(decodeJwt(user.access)).toMatchObject({ kind: 'access' })
    expect(decodeJwt(user.access)).not.toHaveProperty('token_type')
    expect((await me(doorward, user.access)).status).toBe(200)
    expect((await me(doorward, user.refresh)).status).toBe(401)
    expect((await refresh(doorward, user.access)).body.detail).toBe('Token has wrong type')
    const plain = await start({})
    await plain.signedUpUser()
    expect((await me(plain, user.access)).status).toBe(401)
  })

  it('the name of the claim that says whose token it is, and what it holds', async () => {
    const doorward = await start({ userIdClaim: 'sub', userIdField: 'email' })
    const user = await doorward.signedUpUser()
    expect(decodeJwt(user.access)).toMatchObject({ sub: user.email })
    expect(decodeJwt(user.access)).not.toHaveProperty('user_id')
    expect((await me(doorward, user.access)).body.email).toBe(user.email)
    const { body } = await refresh(doorward, user.refresh)
    expect((await me(doorward, body.access)).body.email).toBe(user.email)
    const change = { new_email: 'moved@example.com', current_password: user.password }
    const authorization = `JWT ${user.access}`
    const headers = { authorization, 'content-type': 'application/json' }
    await ask(doorward, 'POST', 'users/set_email/', { headers, body: JSON.stringify(change) })
    expect((await me(doorward, user.access)).body.code).toBe('user_not_found')
  })
})
