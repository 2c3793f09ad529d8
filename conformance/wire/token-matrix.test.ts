/** Every kind of token at every operation of the API: the right one opens, every other is refused, each with its code. */
import {
  createTestDoorward,
  type SignedInUser,
  type TestDoorward,
  type TestDoorwardOptions,
} from '@doorward/server/testing'
import { createVerifier } from '@doorward/server/verifier'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../packages/server/src/testing/databases.ts'
import type { Route } from './routes.ts'
import { routesOf } from './routes.ts'
import type { Kind, Purpose } from './token-kinds.ts'
import { allKinds, goodTokens, invitation, isJwt, post, userOf } from './token-kinds.ts'

/** What goes into the other fields of a body that takes a token. */
const FILLING = {
  new_password: 'Another-Ride-1177',
  re_new_password: 'Another-Ride-1177',
  new_email: 'elsewhere@example.com',
  re_new_email: 'elsewhere@example.com',
}

/** The purposes that an operation takes in the field `token` or `refresh`; whatever is not named takes none of them. */
const takes = (doorward: TestDoorward): Readonly<Record<string, readonly Purpose[]>> => ({
  refresh: [doorward.settings.tokens.sliding ? 'sliding' : 'refresh'],
  blacklist: ['refresh'],
  signOut: ['refresh'],
  verify: ['access', 'refresh', 'sliding'],
  activate: ['activation'],
  acceptInvitation: ['invitation'],
  resetPassword: ['password_reset'],
  resetEmail: ['email_reset'],
})

interface Outcome {
  readonly status: number
  readonly code: string | undefined
}

async function send(
  doorward: TestDoorward,
  route: Pick<Route, 'method' | 'path'>,
  body: object,
  headers: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const { method } = route
  const hasBody = method !== 'GET'
  const type: Record<string, string> = hasBody ? { 'content-type': 'application/json' } : {}
  const request = new Request(`http://127.0.0.1:8000${route.path.replace(/\{\w+\}/g, '1')}`, {
    method,
    headers: { accept: 'application/problem+json', ...type, ...headers },
    ...(hasBody && { body: JSON.stringify(body) }),
  })
  const answer = await doorward.fetch(request)
  const text = await answer.text()
  return { status: answer.status, code: text === '' ? undefined : JSON.parse(text).code }
}

/** Why a signed token is refused where one purpose is asked for; null: it is not. */
function jwtRefusal({ purpose, fault }: Kind, wanted: readonly Purpose[], ended: string): string | null {
  if (!isJwt(purpose) || fault === 'another key' || fault === 'tampered') return 'token_invalid'
  if (fault === 'expired') return 'token_expired'
  if (!wanted.includes(purpose)) return 'token_wrong_type'
  return fault === 'ended' ? ended : null
}

const headerRefusal = (doorward: TestDoorward, scheme: string, kind: Kind): string | null => {
  if (scheme !== 'Token')
    return jwtRefusal(kind, [doorward.settings.tokens.sliding ? 'sliding' : 'access'], 'token_revoked')
  return kind.purpose === 'database' && kind.fault === null ? null : 'database_token_invalid'
}

function linkRefusal({ purpose, fault }: Kind, wanted: readonly Purpose[]): string | null {
  if (!wanted.includes(purpose)) return 'invalid_link_token'
  // nobody invited this person
  if (purpose === 'invitation') return 'invalid_link_token'
  // the account is active by now, which is all that its old link can be told
  if (purpose === 'activation' && fault === null) return 'stale_token'
  return fault === null ? null : 'invalid_link_token'
}

/** What an operation answers to a kind of token in its body; null: it is taken. */
function bodyRefusal(doorward: TestDoorward, route: Route, kind: Kind): string | null {
  const wanted = takes(doorward)[route.id] ?? []
  if (route.fields.includes('uid')) return linkRefusal(kind, wanted)
  if (route.id === 'verify') return jwtRefusal(kind, wanted, 'token_revoked')
  const why = jwtRefusal(kind, wanted, route.id === 'refresh' ? 'session_ended' : 'not refused')
  const saysMore = route.id === 'refresh' && wanted.includes('refresh')
  const isStored = doorward.settings.sessions.mode === 'stored'
  return why === 'token_expired' && saysMore && isStored ? 'refresh_token_expired' : why
}

const tokenField = ({ fields }: Route): string | undefined =>
  fields.find((field) => field === 'refresh' || field === 'token')

type Installation = readonly [name: string, options: () => Promise<TestDoorwardOptions>]

const databases = testDatabases()
const INSTALLATIONS: readonly Installation[] = [
  ...databases.map(
    (database): Installation => [
      `secure default, ${database.name}`,
      async () => ({ database: await database.url() }),
    ],
  ),
  ['preset djoser', async () => ({ preset: 'djoser' })],
  ['sliding tokens', async () => ({ config: { tokens: { sliding: true } } })],
]
afterAll(() => Promise.all(databases.map((database) => database.close())))

for (const [name, options] of INSTALLATIONS) {
  describe(`tokens and operations | ${name}`, () => {
    let doorward: TestDoorward
    let person: SignedInUser
    let all: readonly Kind[]
    let routes: readonly Route[]

    beforeAll(async () => {
      const { config, ...rest } = await options()
      // otherwise a sign-in as recent as this one stands for the password that is left out
      doorward = await createTestDoorward({ ...rest, config: { ...config, sessions: { recentSignIn: 0 } } })
      person = await doorward.signedUpUser()
      routes = routesOf(doorward)
      all = await allKinds(doorward, person)
    })
    afterAll(() => doorward.close())

    const schemes = () => [...doorward.settings.api.headerTypes, 'Token']

    it('in the header: every operation that looks at it refuses all but an access and a database token', async () => {
      const heeding = routes.filter(({ heedsCredentials }) => heedsCredentials)
      expect(heeding.length).toBeGreaterThan(15)
      for (const route of heeding)
        for (const scheme of schemes())
          for (const kind of all) {
            const code = headerRefusal(doorward, scheme, kind)
            if (code === null) continue
            const outcome = await send(doorward, route, {}, { authorization: `${scheme} ${kind.token}` })
            expect(outcome, `${route.id}: ${scheme} ${kind.name}`).toEqual({ status: 401, code })
          }
    })

    it('in the header: an access or a database token opens every operation that looks at it', async () => {
      for (const route of routes.filter(({ heedsCredentials }) => heedsCredentials))
        for (const scheme of schemes()) {
          const { access, database } = await signedInAnew()
          const token = scheme === 'Token' ? database : access
          const outcome = await send(doorward, route, {}, { authorization: `${scheme} ${token}` })
          expect(outcome.status, `${route.id}: ${scheme}`).not.toBe(401)
        }
    })

    const signedInAnew = async () => {
      const tokens = await goodTokens(doorward, await doorward.signedUpUser())
      return { ...tokens, access: doorward.settings.tokens.sliding ? tokens.sliding : tokens.access }
    }

    it('in the header: operations that do not look at it answer as if there were none', async () => {
      for (const route of routes.filter(({ heedsCredentials }) => !heedsCredentials)) {
        const without = await send(doorward, route, {}, {})
        for (const kind of all) {
          const outcome = await send(doorward, route, {}, { authorization: `JWT ${kind.token}` })
          expect(outcome, `${route.id}: ${kind.name}`).toEqual(without)
        }
      }
    })

    it('in the body: an operation takes the one kind that it is for, and refuses every other', async () => {
      const asking = routes.filter((route) => tokenField(route) !== undefined && route.id !== 'signOut')
      expect(asking.map(({ id }) => id)).toEqual(expect.arrayContaining(['refresh', 'verify', 'activate']))
      for (const route of asking)
        for (const kind of all) {
          const code = bodyRefusal(doorward, route, kind)
          if (code === null || code === 'not refused') continue
          const body = { ...FILLING, uid: kind.uid, [tokenField(route) ?? '']: kind.token }
          const outcome = await send(doorward, route, body, {})
          expect(outcome.status, `${route.id}: ${kind.name}`).toBeGreaterThanOrEqual(400)
          // an operation that takes none of these kinds may refuse them in words of its own
          if (takes(doorward)[route.id]) expect(outcome.code, `${route.id}: ${kind.name}`).toBe(code)
        }
    })

    it('in the body: the right kind is taken', async () => {
      for (const [id, purposes] of Object.entries(takes(doorward)))
        for (const purpose of purposes) {
          const route = routes.find((one) => one.id === id)
          if (!route) continue
          const { email } = await doorward.register()
          const link =
            (purpose === 'activation' && (await doorward.lastLink(email, 'activation'))) ||
            (purpose === 'invitation' && (await invitation(doorward)))
          const tokens = link ? null : await signedInAnew()
          const good = link || { uid: tokens?.uid, token: tokens?.[purpose] }
          const body = { ...FILLING, uid: good.uid, [tokenField(route) ?? '']: good.token }
          const isSpare = doorward.settings.tokens.sliding && purpose === 'refresh'
          if (isSpare) continue
          const outcome = await send(doorward, route, { ...body, new_email: `new-${email}` }, {})
          expect(outcome.status, `${id}: ${purpose}: ${outcome.code}`).toBeLessThan(300)
        }
    })

    it('in the cookie: refresh takes a refresh token alone, and nothing but sign-out looks there too', async () => {
      const delivers = doorward.settings.sessions.cookieDelivery && !doorward.settings.tokens.sliding
      for (const route of routes.filter(({ id }) => id !== 'signOut')) {
        const without = await send(doorward, route, {}, {})
        const looks = route.id === 'refresh' && delivers
        for (const kind of all) {
          const code = looks ? bodyRefusal(doorward, route, kind) : without.code
          if (code === null) continue
          const outcome = await send(doorward, route, {}, { cookie: `doorward-refresh=${kind.token}` })
          expect(outcome, `${route.id}: ${kind.name}`).toEqual({ status: looks ? 401 : without.status, code })
        }
      }
    })

    it('signing out with a token of another kind signs nobody out', async () => {
      const route = routes.find(({ id }) => id === 'signOut')
      if (!route) return expect(doorward.settings.sessions.mode).toBe('stateless')
      const user = await userOf(doorward, person)
      const sessions = () => doorward.deps.store.sessions.listOf(user.id, doorward.clock.now())
      await doorward.signIn(person)
      const before = await sessions()
      for (const kind of all) {
        if (kind.purpose === 'refresh' && kind.fault === null) continue
        const body = await send(doorward, route, { refresh: kind.token }, {})
        const cookie = await send(doorward, route, {}, { cookie: `doorward-refresh=${kind.token}` })
        expect([body.status, cookie.status], kind.name).toEqual([204, 204])
      }
      expect(before.length).toBeGreaterThan(0)
      expect(await sessions()).toEqual(before)
    })

    it("of another user: no path with somebody else's id opens", async () => {
      const victim = await doorward.signedUpUser()
      const user = await userOf(doorward, victim)
      const sessions = await doorward.deps.store.sessions.listOf(user.id, doorward.clock.now())
      for (const route of routes.filter(({ path }) => path.includes('{')))
        for (const id of [String(user.id), ...sessions.map((session) => session.id)]) {
          const path = route.path.replace(/\{\w+\}/g, id)
          const { headers } = await doorward.signIn(person)
          const outcome = await send(doorward, { ...route, path }, FILLING, headers)
          expect([403, 404], `${route.id}: ${outcome.status}`).toContain(outcome.status)
        }
      expect((await post(doorward, 'jwt/verify/', { token: victim.access })).status).toBe(200)
    })

    it('a verifier in another service takes access tokens alone', async () => {
      const taken: string[] = []
      const { settings, clock } = doorward
      const get: typeof fetch = (url, init) => doorward.fetch(new Request(url as string, init))
      const isShared = settings.tokens.algorithm.startsWith('HS')
      const verifier = createVerifier({
        ...(isShared
          ? { secret: settings.secrets.list[0] ?? '' }
          : { jwksUrl: 'http://127.0.0.1:8000/.well-known/jwks.json' }),
        ...(settings.sessions.mode === 'stored' && {
          revocations: { url: 'http://127.0.0.1:8000/auth/revocations/' },
        }),
        clock,
        fetch: get,
      })
      for (const kind of all) {
        const why = jwtRefusal(kind, ['access'], 'token_revoked')
        // refresh tokens have a key of their own, which no other service knows
        const isForeign = !isShared && kind.purpose === 'refresh'
        const found = await verifier.check(`JWT ${kind.token}`).then(
          () => null,
          (error: { code: string; reason?: { code: string } }) => error.reason?.code ?? error.code,
        )
        expect(found, kind.name).toBe(isForeign ? 'token_invalid' : why)
        if (found === null) taken.push(kind.name)
      }
      expect(taken).toEqual(['access'])
      verifier.close()
    })
  })
}
