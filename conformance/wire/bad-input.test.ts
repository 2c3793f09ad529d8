/** Bad input to every route: a clear refusal, never a crash, and nothing changes in the database. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Route } from './routes.ts'
import { routesOf } from './routes.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

/** Bodies that no route can take, whatever its fields are. */
const BODIES: readonly (readonly [
  string,
  string | Uint8Array<ArrayBuffer>,
  Readonly<Record<string, string>>,
])[] = [
  ['broken JSON', '{"email":', JSON_TYPE],
  ['a list', '[]', JSON_TYPE],
  ['a text', '"x"', JSON_TYPE],
  ['null', 'null', JSON_TYPE],
  ['invalid UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), JSON_TYPE],
  ['10 MB', `{"email":"${'x'.repeat(10_000_000)}"}`, JSON_TYPE],
  ['another content type', 'email=x', { 'content-type': 'text/plain' }],
  ['a broken multipart form', '--x\r\nnonsense', { 'content-type': 'multipart/form-data' }],
]

/** Values that no field can take. */
const VALUES: readonly (readonly [string, unknown])[] = [
  ['blank', ' '],
  ['null', null],
  ['a list', []],
  ['an object', {}],
  ['yes', true],
  ['NUL inside', 'a\0b'],
  ['too long', 'x'.repeat(5000)],
  ['a lone surrogate', '\ud800'],
]

/** Routes that have a body but need nothing in it, so an odd field is passed over. */
const NEEDS_NOTHING = new Set([
  ...['signOut', 'patchMe', 'patchUser', 'updateAccount', 'deactivateAccount', 'endSession'],
])

for (const preset of [undefined, 'djoser'] as const) {
  describe(`bad input | ${preset ?? 'secure default'}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'doorward-bad-input-'))
    const file = join(folder, 'doorward.db')
    let doorward: TestDoorward
    let user: SignedInUser
    let staff: SignedInUser
    let onlooker: DatabaseSync
    let routes: readonly Route[]

    beforeAll(async () => {
      doorward = await createTestDoorward({
        preset,
        database: `sqlite:${file}`,
        // otherwise a sign-in as recent as this one stands for the password that is left out
        config: { sessions: { recentSignIn: 0 } },
      })
      user = await doorward.signedUpUser()
      staff = await doorward.administrator()
      onlooker = new DatabaseSync(file, { readOnly: true })
      routes = routesOf(doorward)
    })

    afterAll(async () => {
      onlooker.close()
      await doorward.close()
      rmSync(folder, { recursive: true })
    })

    /** Everything that is stored, but for the log of what was refused. */
    const dump = (): string => {
      const tables = onlooker.prepare("select name from sqlite_master where type = 'table'").all()
      const names = tables.map(({ name }) => String(name)).filter((name) => name !== 'audit')
      const rows = (name: string) => onlooker.prepare(`select * from "${name}"`).all()
      return JSON.stringify(names.flatMap(rows).filter(({ name }) => name !== 'audit'))
    }

    const send = async (
      route: Pick<Route, 'method' | 'path'>,
      body: string | Uint8Array<ArrayBuffer> | null,
      headers: Readonly<Record<string, string>> = JSON_TYPE,
      as: SignedInUser = staff,
    ) => {
      const url = `http://127.0.0.1:8000${route.path.replace('{id}', '1')}`
      const init = { method: route.method, headers: { ...as.headers, ...headers } }
      const answer = await doorward.fetch(new Request(url, { ...init, ...(body !== null && { body }) }))
      return { status: answer.status, text: await answer.text() }
    }

    const withBody = () => routes.filter(({ fields }) => fields.length > 0)

    it('a body that cannot be read is refused by every route, and nothing is stored', async () => {
      const before = dump()
      for (const route of withBody()) {
        for (const [what, body, headers] of BODIES) {
          const { status, text } = await send(route, body, headers)
          const expected = what === '10 MB' ? [413] : what === 'another content type' ? [415] : [400]
          expect(expected, `${route.id}: ${what}: ${text}`).toContain(status)
          expect(Object.keys(JSON.parse(text)).length).toBeGreaterThan(0)
        }
      }
      expect(dump()).toBe(before)
    })

    it('a field that is absent or holds what it cannot hold is refused by name, and nothing is stored', async () => {
      const before = dump()
      for (const route of withBody()) {
        if (NEEDS_NOTHING.has(route.id)) continue
        for (const [what, value] of [['absent', undefined] as const, ...VALUES]) {
          if (value === null && route.nullable.length === route.fields.length) continue
          const body = Object.fromEntries(route.fields.map((field) => [field, value]))
          const { status, text } = await send(route, JSON.stringify(body))
          expect([400, 401, 403], `${route.id}: ${what}: ${text}`).toContain(status)
          expect(text, `${route.id}: ${what}`).not.toBe('')
        }
      }
      expect(dump()).toBe(before)
    })

    it('a method that a route does not have is 405 and says which there are', async () => {
      for (const path of new Set(routes.map((route) => route.path))) {
        const url = `http://127.0.0.1:8000${path.replace('{id}', '1')}`
        const answer = await doorward.fetch(new Request(url, { method: 'PURGE', headers: staff.headers }))
        expect([answer.status, await answer.json()], path).toEqual([
          405,
          { detail: 'Method "PURGE" not allowed.' },
        ])
        expect(answer.headers.get('allow')).toContain('OPTIONS')
      }
    })

    it('without a token, or with a broken one, every route that needs one is 401', async () => {
      const open = new Set([
        'listUsers',
        'readMe',
        'changePassword',
        'readUser',
        'deleteUser',
        'signOutDatabaseToken',
      ])
      for (const route of routes.filter(({ id }) => open.has(id))) {
        const none = await send(route, null, {}, { ...user, headers: { authorization: '' } })
        const broken = await send(route, null, {}, { ...user, headers: { authorization: 'JWT x' } })
        expect([none.status, broken.status], route.id).toEqual([401, 401])
      }
    })

    it('links: unknown uid, tampered token, another purpose, expired and used ones are refused, and nothing is stored', async () => {
      const { email } = await doorward.register()
      const link = await doorward.lastLink(email, 'activation')
      const post = (path: string, body: object) =>
        send({ method: 'POST', path: `/auth/users/${path}/` }, JSON.stringify(body), JSON_TYPE, {
          ...user,
          headers: { authorization: '' },
        })
      const before = dump()
      const password = { new_password: 'Another-Ride-1177', re_new_password: 'Another-Ride-1177' }
      const uidRefused = { uid: ["Invalid user id or user doesn't exist."] }
      const tokenRefused = { token: ['Invalid token for given user.'] }
      expect(JSON.parse((await post('activation', { ...link, uid: 'OTk5OTk' })).text)).toEqual(uidRefused)
      expect(JSON.parse((await post('activation', { ...link, uid: '!!' })).text)).toEqual(uidRefused)
      const tampered = { ...link, token: `${link.token.slice(0, -1)}${link.token.endsWith('0') ? '1' : '0'}` }
      expect(JSON.parse((await post('activation', tampered)).text)).toEqual(tokenRefused)
      expect(JSON.parse((await post('reset_password_confirm', { ...link, ...password })).text)).toEqual(
        tokenRefused,
      )
      const address = { ...link, new_email: 'new@example.com' }
      expect(JSON.parse((await post('reset_email_confirm', address)).text)).toEqual(tokenRefused)
      expect(dump()).toBe(before)
      expect((await post('activation', link)).status).toBe(204)
      const used = dump()
      expect(JSON.parse((await post('activation', link)).text)).toEqual({
        detail: 'Stale token for given user.',
      })
      expect(dump()).toBe(used)
      await post('reset_password', { email })
      const reset = await doorward.lastLink(email, 'password_reset')
      doorward.clock.advance(4 * 86_400)
      expect(JSON.parse((await post('reset_password_confirm', { ...reset, ...password })).text)).toEqual(
        tokenRefused,
      )
    })

    it('inactive and deleted accounts get in nowhere', async () => {
      const inactive = await doorward.register()
      const post = (path: string, body: object, as = user) =>
        send({ method: 'POST', path: `/auth/${path}` }, JSON.stringify(body), JSON_TYPE, as)
      expect((await post('jwt/create/', inactive)).status).toBe(401)
      const gone = await doorward.signedUpUser()
      const removed = await send(
        { method: 'DELETE', path: '/auth/users/me/' },
        JSON.stringify({ current_password: gone.password }),
        JSON_TYPE,
        gone,
      )
      expect(removed.status).toBe(204)
      expect((await send({ method: 'GET', path: '/auth/users/me/' }, null, {}, gone)).status).toBe(401)
      expect((await post('jwt/refresh/', { refresh: gone.refresh })).status).toBe(401)
      expect((await post('jwt/create/', gone)).status).toBe(401)
    })
  })
}
