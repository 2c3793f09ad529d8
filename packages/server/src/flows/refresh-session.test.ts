/** Rotation as people meet it: two tabs, a lost answer, a thief. On both databases. */
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createTestDoorward, type SignedInUser, type TestDoorward } from '../testing/create-test-doorward.ts'
import { testDatabases } from '../testing/databases.ts'

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, string>>
}

async function post(doorward: TestDoorward, path: string, body: object, headers = {}): Promise<Answer> {
  const request = new Request(`http://127.0.0.1:8000/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const answer = await doorward.fetch(request)
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) }
}

const refresh = (doorward: TestDoorward, token = '') => post(doorward, 'jwt/refresh/', { refresh: token })

async function me(doorward: TestDoorward, access: string): Promise<number> {
  const headers = { authorization: `Bearer ${access}` }
  return (await doorward.fetch(new Request('http://127.0.0.1:8000/auth/users/me/', { headers }))).status
}

for (const database of testDatabases()) {
  describe(`refresh tokens | ${database.name}`, async () => {
    const doorward = await createTestDoorward({ database: await database.url() })
    afterAll(async () => {
      await doorward.close()
      await database.close()
    })
    const someone = (): Promise<SignedInUser> => doorward.signedUpUser()

    it('a refresh gives a new pair, and the new refresh token works', async () => {
      const user = await someone()
      const first = await refresh(doorward, user.refresh)
      expect(first.status).toBe(200)
      expect(first.body.refresh).not.toBe(user.refresh)
      expect((await refresh(doorward, first.body.refresh)).status).toBe(200)
      expect(await me(doorward, first.body.access ?? '')).toBe(200)
    })

    it('any number of tabs that refresh at once get the same successor, and nobody is signed out', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 2, max: 12 }),
          fc.array(fc.integer({ min: 0, max: 29 }), { minLength: 1, maxLength: 4 }),
          fc.integer({ min: 0, max: 11 }),
          async (tabs, pauses, dropped) => {
            const user = await someone()
            const answers = await Promise.all(
              Array.from({ length: tabs }, () => refresh(doorward, user.refresh)),
            )
            expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
            // some answers are lost on the way; whoever lost one asks again within the window
            let later = 0
            for (const pause of pauses) {
              const step = Math.min(pause, 29 - later)
              later += step
              doorward.clock.advance(step)
              answers.push(await refresh(doorward, user.refresh))
            }
            const kept = answers.filter((_, index) => index !== dropped % answers.length)
            expect(new Set(kept.map(({ body }) => body.refresh)).size).toBe(1)
            const child = kept[0]?.body.refresh ?? ''
            expect((await refresh(doorward, child)).status).toBe(200)
          },
        ),
        { numRuns: 15 },
      )
    })

    it('a parent outside the window ends the session, tells the owner once, and every token of it is refused', async () => {
      const user = await someone()
      const child = await refresh(doorward, user.refresh)
      doorward.clock.advance(31)
      const replay = await refresh(doorward, user.refresh)
      expect([replay.status, replay.body.code]).toEqual([401, 'refresh_token_reused'])
      const after = await refresh(doorward, child.body.refresh)
      expect([after.status, after.body.code]).toEqual([401, 'session_ended'])
      expect(await me(doorward, child.body.access ?? '')).toBe(401)
      await refresh(doorward, user.refresh)
      const mails = await doorward.mails(user.email)
      expect(mails.filter(({ kind }) => kind === 'refresh_token_reused')).toHaveLength(1)
    })

    it('a parent is outside of the window as well when the clock was set back since', async () => {
      const user = await someone()
      const { clock } = doorward
      const { now } = clock
      doorward.clock.advance(60)
      await refresh(doorward, user.refresh)
      Object.assign(clock, { now: () => now() - 31_000 })
      const replay = await refresh(doorward, user.refresh)
      Object.assign(clock, { now })
      expect([replay.status, replay.body.code]).toEqual([401, 'refresh_token_reused'])
    })

    it('a grandparent ends the session even within the window', async () => {
      const user = await someone()
      const child = await refresh(doorward, user.refresh)
      await refresh(doorward, child.body.refresh)
      expect((await refresh(doorward, user.refresh)).body.code).toBe('refresh_token_reused')
    })

    it('other sessions of the person go on when one is ended', async () => {
      const user = await someone()
      const other = await doorward.signIn(user)
      const child = await refresh(doorward, user.refresh)
      await refresh(doorward, child.body.refresh)
      await refresh(doorward, user.refresh)
      expect((await refresh(doorward, other.refresh)).status).toBe(200)
    })

    it('a token that was not used for two weeks has expired, and says so', async () => {
      const user = await someone()
      doorward.clock.advance(15 * 86_400)
      expect((await refresh(doorward, user.refresh)).body.code).toBe('refresh_token_expired')
    })

    it('a session ends ninety days after its sign-in, however busy it is', async () => {
      const user = await someone()
      let last = user.refresh
      for (let day = 10; day < 90; day += 10) {
        doorward.clock.advance(10 * 86_400)
        const { status, body } = await refresh(doorward, last)
        expect(status, `day ${day}`).toBe(200)
        last = body.refresh ?? ''
      }
      doorward.clock.advance(10 * 86_400)
      expect((await refresh(doorward, last)).status).toBe(401)
    })

    it('an access token is no refresh token, and a refresh token is no access token', async () => {
      const user = await someone()
      const wrong = await refresh(doorward, user.access)
      expect(wrong.body).toEqual({ detail: 'Token has wrong type', code: 'token_not_valid' })
      expect(await me(doorward, user.refresh)).toBe(401)
    })

    it('signing out ends the session at once: the next call is refused', async () => {
      const user = await someone()
      expect((await post(doorward, 'jwt/logout/', { refresh: user.refresh })).status).toBe(204)
      expect(await me(doorward, user.access)).toBe(401)
      expect((await refresh(doorward, user.refresh)).body.code).toBe('session_ended')
    })

    it('a password change ends the other sessions at once and keeps the one that made it', async () => {
      const user = await someone()
      const other = await doorward.signIn(user)
      const body = { current_password: user.password, new_password: 'Another-Ride-1177' }
      expect((await post(doorward, 'users/set_password/', body, user.headers)).status).toBe(204)
      expect(await me(doorward, other.access)).toBe(401)
      expect(await me(doorward, user.access)).toBe(200)
    })

    it('a password reset ends all sessions at once', async () => {
      const user = await someone()
      await post(doorward, 'users/reset_password/', { email: user.email })
      const link = await doorward.lastLink(user.email, 'password_reset')
      const body = { ...link, new_password: 'Another-Ride-1177' }
      expect((await post(doorward, 'users/reset_password_confirm/', body)).status).toBe(204)
      expect(await me(doorward, user.access)).toBe(401)
      const again = await post(doorward, 'users/reset_password_confirm/', body)
      expect(again.body).toEqual({ token: ['Invalid token for given user.'] })
    })

    it('staff switch an account off, and its tokens are refused at once', async () => {
      const user = await someone()
      const staff = await doorward.administrator()
      const meBody = await doorward.fetch(
        new Request('http://127.0.0.1:8000/auth/users/me/', { headers: user.headers }),
      )
      const { id } = (await meBody.json()) as { id: number }
      expect((await post(doorward, `users/${id}/deactivate/`, {}, user.headers)).status).toBe(403)
      expect((await post(doorward, `users/${id}/deactivate/`, {}, staff.headers)).status).toBe(200)
      expect(await me(doorward, user.access)).toBe(401)
      expect((await post(doorward, 'jwt/create/', user)).status).toBe(401)
    })

    it('the sessions of a person are listed, and one can be ended from another', async () => {
      const user = await someone()
      const other = await doorward.signIn(user)
      const list = await doorward.fetch(
        new Request('http://127.0.0.1:8000/auth/sessions/', { headers: user.headers }),
      )
      const sessions = (await list.json()) as { id: string; current: boolean }[]
      expect(sessions.map(({ current }) => current).sort()).toEqual([false, true])
      const id = sessions.find(({ current }) => !current)?.id
      const end = new Request(`http://127.0.0.1:8000/auth/sessions/${id}/`, {
        method: 'DELETE',
        headers: user.headers,
      })
      expect((await doorward.fetch(end)).status).toBe(204)
      expect(await me(doorward, other.access)).toBe(401)
      const stranger = await someone()
      const foreign = new Request(
        `http://127.0.0.1:8000/auth/sessions/${sessions.find((s) => s.current)?.id}/`,
        {
          method: 'DELETE',
          headers: stranger.headers,
        },
      )
      expect((await doorward.fetch(foreign)).status).toBe(404)
    })
  })
}
