/** What the audit log holds after people did what people do. Over the wire, on both databases. */
import { afterAll, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../domain/audit.ts'
import { createTestDoorward, type TestDoorward } from '../testing/create-test-doorward.ts'
import { testDatabases } from '../testing/databases.ts'

const PASSWORD = 'Kiddie-Ride-4821'
const NEW_PASSWORD = 'Carousel-7391-Horse'

async function send(
  doorward: TestDoorward,
  [method, path]: readonly [string, string],
  body: object = {},
  headers: object = {},
) {
  const request = new Request(`http://127.0.0.1:8000/auth/${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'a browser',
      'x-request-id': 'r-7',
      ...headers,
    },
    body: JSON.stringify(body),
  })
  return (await doorward.fetch(request, { incoming: { socket: { remoteAddress: '192.0.2.7' } } })).status
}

for (const database of testDatabases()) {
  describe(`the audit log | what is recorded | ${database.name}`, async () => {
    const doorward = await createTestDoorward({ database: await database.url() })
    afterAll(async () => {
      await doorward.close()
      await database.close()
    })
    const entries = async (): Promise<readonly AuditEntry[]> =>
      (await doorward.deps.store.audit.list({ limit: 1000 })).toReversed()
    const of = async (email: string) => {
      const user = await doorward.deps.store.users.byEmail(email)
      return (await entries()).filter(({ userId }) => userId === user?.id)
    }
    const actions = async (email: string) => (await of(email)).map(({ action }) => action)

    it('the story: registered, activated, signed in, password changed, signed out', async () => {
      const user = await doorward.signedUpUser()
      const change = { current_password: PASSWORD, new_password: NEW_PASSWORD }
      expect(await send(doorward, ['POST', 'users/set_password/'], change, user.headers)).toBe(204)
      expect(await send(doorward, ['POST', 'jwt/logout/'], { refresh: user.refresh })).toBe(204)
      expect(await actions(user.email)).toEqual([
        'registered',
        'activated',
        'signed_in',
        'password_changed',
        'signed_out',
      ])
    })

    it('who did it, from where, and in which request', async () => {
      const user = await doorward.signedUpUser()
      await send(doorward, ['PATCH', 'users/me/'], { first_name: 'Mayana' }, user.headers)
      const last = (await of(user.email)).at(-1)
      expect(last).toMatchObject({
        action: 'profile_changed',
        userAgent: 'a browser',
        requestId: 'r-7',
        details: { fields: 'first_name' },
        address: '192.0.2.7',
        at: doorward.clock.now(),
      })
      expect(last?.actorId).toBe(last?.userId)
    })

    it('a role before and after, and which of the staff gave it', async () => {
      const [user, staff] = [await doorward.signedUpUser(), await doorward.administrator()]
      const id = (await doorward.deps.store.users.byEmail(user.email))?.id
      await send(doorward, ['PATCH', `users/${id}/`], { role: 'manager' }, staff.headers)
      await send(doorward, ['POST', `users/${id}/deactivate/`], {}, staff.headers)
      await send(doorward, ['POST', `users/${id}/reactivate/`], {}, staff.headers)
      const acts = (await of(user.email)).slice(-3)
      expect(acts.map(({ action }) => action)).toEqual(['role_changed', 'deactivated', 'reactivated'])
      expect(acts[0]?.details).toEqual({ before: 'staff', after: 'manager' })
      const { id: staffId } = (await doorward.deps.store.users.byEmail(staff.email)) ?? {}
      expect(new Set(acts.map(({ actorId }) => actorId))).toEqual(new Set([staffId]))
    })

    it('failed sign-ins, of accounts that exist and of addresses that do not, one entry each', async () => {
      const user = await doorward.signedUpUser()
      const before = (await entries()).length
      for (const email of [user.email, 'nobody@example.com']) {
        expect(await send(doorward, ['POST', 'jwt/create/'], { email, password: 'wrong' })).toBe(401)
      }
      const [known, unknown, ...rest] = (await entries()).slice(before)
      expect(known).toMatchObject({
        action: 'sign_in_failed',
        actorId: null,
        details: { reason: 'wrong_password' },
      })
      expect(known?.userId).toBe((await doorward.deps.store.users.byEmail(user.email))?.id)
      expect(unknown).toMatchObject({
        action: 'sign_in_failed',
        userId: null,
        details: { reason: 'no_account' },
      })
      expect(rest).toEqual([])
    })

    it('a stolen refresh token that comes back', async () => {
      const user = await doorward.signedUpUser()
      expect(await send(doorward, ['POST', 'jwt/refresh/'], { refresh: user.refresh })).toBe(200)
      doorward.clock.advance(31)
      expect(await send(doorward, ['POST', 'jwt/refresh/'], { refresh: user.refresh })).toBe(401)
      expect((await actions(user.email)).at(-1)).toBe('refresh_token_reused')
    })

    it('nothing of a refresh or a read, which happen all the time', async () => {
      const user = await doorward.signedUpUser()
      const before = await entries()
      expect(await send(doorward, ['POST', 'jwt/refresh/'], { refresh: user.refresh })).toBe(200)
      const me = new Request('http://127.0.0.1:8000/auth/users/me/', { headers: user.headers })
      expect((await doorward.fetch(me)).status).toBe(200)
      expect(await entries()).toEqual(before)
    })

    it('a deleted account stays in it as a number', async () => {
      const user = await doorward.signedUpUser()
      const id = (await doorward.deps.store.users.byEmail(user.email))?.id
      const gone = await send(doorward, ['DELETE', 'users/me/'], { current_password: PASSWORD }, user.headers)
      expect(gone).toBe(204)
      expect((await entries()).at(-1)).toMatchObject({ action: 'deleted', userId: id, actorId: id })
    })

    it('no address, no name, no password and no token of anybody, ever', async () => {
      const user = await doorward.signedUpUser({ first_name: 'Zephyrine' })
      await send(doorward, ['POST', 'users/reset_password/'], { email: user.email })
      const { token } = await doorward.lastLink(user.email, 'password_reset')
      const email = 'zephyrine@example.com'
      const change = { new_email: email, current_password: PASSWORD }
      expect(await send(doorward, ['POST', 'users/set_email/'], change, user.headers)).toBe(204)
      const written = JSON.stringify(await entries())
      for (const secret of [user.email, email, 'Zephyrine', PASSWORD, token, user.access, user.refresh]) {
        expect(written).not.toContain(secret)
      }
    })
  })
}
